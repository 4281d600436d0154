//! What a phone meets when its session, its person or its standing changed meanwhile: nothing it has is lost by that.

use axum::http::StatusCode;
use server::accounts;
use shared::id::DeviceId;
use shared::wire::receipt::VerdictName;
use uuid::Uuid;

use super::contract;
use crate::util::app::NOW;
use crate::util::items::reading;
use crate::util::{Caller, TestApp};

contract!(
    a_new_password_ends_the_sessions_of_all_phones_and_stores_nothing_of_them,
    a_drain_goes_on_after_signing_in_again,
    another_person_on_the_phone_sends_nothing_of_the_first_ones,
    what_a_revoked_phone_sends_is_held_with_one_audit_entry_a_batch,
    what_an_unknown_phone_sends_is_held_with_an_audit_entry,
    a_revoked_phone_gets_no_list_and_its_end_check_still_adds_up,
);

async fn post(caller: &Caller, items: &[serde_json::Value]) -> (u16, String) {
    let answer = caller.post("/api/readings", caller.batch(items), &[]).await;
    (answer.status.as_u16(), answer.problem_code())
}

async fn a_new_password_ends_the_sessions_of_all_phones_and_stores_nothing_of_them(app: TestApp) {
    let first = app.technician("ana").await;
    let second = app.sign_in("ana").await;
    accounts::set_password(&app.store, NOW, "ana", "another-long-password")
        .await
        .unwrap();
    for phone in [&first, &second] {
        let items = [reading(phone, 1, 101, 1_234)];
        assert_eq!(post(phone, &items).await, (401, "sign_in_needed".into()));
        let list = phone.get("/api/latest-tenant-readings", &[]).await;
        assert_eq!(list.status, StatusCode::UNAUTHORIZED);
        let check = format!("/api/devices/{}/check", phone.device);
        let body = br#"{"device_total":1,"waiting":1}"#.to_vec();
        assert_eq!(
            phone.post(&check, body, &[]).await.status,
            StatusCode::UNAUTHORIZED
        );
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM item").await, 0);
}

async fn a_drain_goes_on_after_signing_in_again(app: TestApp) {
    let ana = app.technician("ana").await;
    let items: Vec<_> = (1..=4_u32)
        .map(|seq| reading(&ana, seq.into(), 100 + seq, 1_234))
        .collect();
    let before = ana.send_items(&items[..2]).await;
    app.execute("DELETE FROM session").await;
    assert_eq!(post(&ana, &items).await, (401, "sign_in_needed".into()));
    // The same person on the same phone: the queue it had is the one it has.
    let again = app.sign_in_on("ana", ana.device).await;
    let after = again.send_items(&items).await;
    assert_eq!(after[..2], before);
    assert_eq!(again.check(4).await.received, 4);
    assert_eq!(app.number("SELECT COUNT(*) FROM item").await, 4);
}

async fn another_person_on_the_phone_sends_nothing_of_the_first_ones(app: TestApp) {
    let ana = app.technician("ana").await;
    app.account("ben", shared::wire::session::RoleName::Technician, &[])
        .await;
    let ben = app.sign_in_on("ben", ana.device).await;
    let items = [reading(&ben, 1, 101, 1_234), reading(&ana, 1, 102, 1_234)];
    assert_eq!(post(&ben, &items).await, (403, "wrong_person".into()));
    assert_eq!(app.number("SELECT COUNT(*) FROM item").await, 0);
    ben.send_items(&items[..1]).await;
    // Their running numbers are counted apart.
    assert_eq!(ben.check(1).await.missing, []);
    assert_eq!(ana.check(1).await.missing, [(1, 1)]);
}

async fn what_a_revoked_phone_sends_is_held_with_one_audit_entry_a_batch(app: TestApp) {
    let ana = app.technician("ana").await;
    ana.send_item(&reading(&ana, 1, 101, 1_234)).await;
    app.execute("UPDATE device SET revoked_at = 1").await;
    check_held(&app, &ana, "device_revoked", 2).await;
}

async fn what_an_unknown_phone_sends_is_held_with_an_audit_entry(app: TestApp) {
    let mut ana = app.technician("ana").await;
    ana.device = DeviceId(Uuid::new_v4());
    check_held(&app, &ana, "device_unknown", 1).await;
}

async fn check_held(app: &TestApp, ana: &Caller, code: &str, seq: u64) {
    let items = [reading(ana, seq, 110, 1_234), reading(ana, seq + 1, 111, 1_234)];
    let held = ana.send_items(&items).await;
    for verdict in &held {
        assert_eq!(
            (verdict.verdict, verdict.code.as_deref()),
            (VerdictName::Held, Some(code))
        );
    }
    // A replay is nothing new.
    assert_eq!(ana.send_items(&items).await, held);
    let rows = app
        .texts("SELECT actor || ' ' || action || ' ' || subject || ' ' || detail FROM audit")
        .await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(
        rows[0].starts_with(&format!("ana device_not_trusted {} ", ana.device)),
        "{rows:?}"
    );
    assert!(rows[0].contains(r#""new_items":2"#), "{rows:?}");
}

async fn a_revoked_phone_gets_no_list_and_its_end_check_still_adds_up(app: TestApp) {
    let ana = app.technician("ana").await;
    app.execute("UPDATE device SET revoked_at = 1").await;
    let list = ana.get("/api/latest-tenant-readings", &[]).await;
    assert_eq!(
        (list.status, list.problem_code().as_str()),
        (StatusCode::FORBIDDEN, "device_revoked")
    );
    ana.send_item(&reading(&ana, 1, 101, 1_234)).await;
    let check = ana.check(1).await;
    assert_eq!((check.received, check.missing), (1, vec![]));
    // Another phone of the same person is not concerned.
    assert_eq!(app.sign_in("ana").await.list(None).await.rows.len(), 61);
}
