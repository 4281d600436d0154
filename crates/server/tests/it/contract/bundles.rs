//! Files that a phone exported and the office brings in (situation 22).

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::id::DeviceId;
use shared::wire::bundle::{BundleAnswer, BundleDevice};
use shared::wire::receipt::VerdictName;
use uuid::Uuid;

use super::contract;
use crate::util::items::{reading, with};
use crate::util::{Caller, TestApp};

contract!(
    a_bundle_is_judged_like_a_batch_of_its_person,
    a_bundle_imported_again_and_by_two_offices_at_once_gets_the_same_receipts,
    the_phone_itself_gets_the_receipts_of_the_bundle,
    a_bundle_of_a_phone_that_is_not_enrolled_is_held_with_an_audit_entry,
    a_bundle_of_a_revoked_phone_is_held_with_an_audit_entry,
    a_bundle_with_items_of_two_people_is_refused,
    a_file_that_is_no_bundle_is_refused,
    the_importer_is_told_nothing_of_properties_that_are_not_theirs,
);

fn bundle(ana: &Caller, items: &[Value]) -> Value {
    json!({
        "format": "meterline-bundle", "version": 1, "device_id": ana.device, "captured_by": ana.name,
        "device_total": items.len(), "clock_offset_ms": 0, "exported_at": "2026-11-27T10:00:00+10:00",
        "app_version": "0.1.0", "readings": items,
    })
}

fn readings(ana: &Caller, count: u32) -> Vec<Value> {
    (1..=count)
        .map(|seq| reading(ana, seq.into(), 100 + seq, 1_234))
        .collect()
}

async fn import(office: &Caller, bundle: &Value) -> BundleAnswer {
    let answer = office
        .post("/api/bundles", bundle.to_string().into_bytes(), &[])
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

async fn audit(app: &TestApp) -> Vec<String> {
    app.texts("SELECT actor || ' ' || action || ' ' || detail FROM audit ORDER BY seq")
        .await
}

async fn a_bundle_is_judged_like_a_batch_of_its_person(app: TestApp) {
    let ana = app.technician_of("ana", "GC A").await;
    let rita = app.reviewer("rita").await;
    let mut items = readings(&ana, 3);
    // Judged by Ana's assignment and not by Rita's.
    items.push(with(
        &reading(&ana, 4, 9, 1_234),
        json!({ "property_code": "HV", "meter_serial": "E900" }),
    ));
    items.push(with(&reading(&ana, 5, 105, 1), json!({ "value": 17 })));
    let answer = import(&rita, &bundle(&ana, &items)).await;
    assert_eq!(answer.device, BundleDevice::Enrolled);
    let found: Vec<_> = answer
        .verdicts
        .iter()
        .map(|it| (it.verdict, it.code.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            (VerdictName::Accepted, None),
            (VerdictName::Accepted, None),
            (VerdictName::Accepted, None),
            (VerdictName::Held, Some("not_assigned")),
            (VerdictName::Rejected, Some("malformed")),
        ]
    );
    assert_eq!(
        app.texts("SELECT DISTINCT captured_by || ' ' || source FROM item")
            .await,
        ["ana import"]
    );
    assert_eq!(ana.check(5).await.missing, []);
    let rows = audit(&app).await;
    assert_eq!(rows.len(), 1);
    assert!(
        rows[0].starts_with("rita bundle_import") && rows[0].contains(r#""new_items":5"#),
        "{rows:?}"
    );
}

async fn a_bundle_imported_again_and_by_two_offices_at_once_gets_the_same_receipts(app: TestApp) {
    let ana = app.technician("ana").await;
    let (rita, sam) = (app.reviewer("rita").await, app.reviewer("sam").await);
    let bundle = bundle(&ana, &readings(&ana, 20));
    let (first, second) = tokio::join!(import(&rita, &bundle), import(&sam, &bundle));
    assert_eq!(first, second);
    assert_eq!(import(&rita, &bundle).await, first);
    assert_eq!(app.number("SELECT COUNT(*) FROM item").await, 20);
    assert_eq!(app.number("SELECT COUNT(*) FROM sent_item").await, 20);
    let rows = audit(&app).await;
    let new = |count: &str| rows.iter().filter(|it| it.contains(count)).count();
    assert_eq!(
        (new(r#""new_items":20"#), new(r#""new_items":0"#)),
        (1, 2),
        "{rows:?}"
    );
}

async fn the_phone_itself_gets_the_receipts_of_the_bundle(app: TestApp) {
    let ana = app.technician("ana").await;
    let rita = app.reviewer("rita").await;
    let items = readings(&ana, 10);
    let before = ana.send_items(&items[..4]).await;
    let imported = import(&rita, &bundle(&ana, &items)).await.verdicts;
    assert_eq!(imported[..4], before);
    assert_eq!(ana.send_items(&items).await, imported);
    assert_eq!(app.number("SELECT COUNT(*) FROM item").await, 10);
}

async fn a_bundle_of_a_phone_that_is_not_enrolled_is_held_with_an_audit_entry(app: TestApp) {
    let mut ana = app.technician("ana").await;
    ana.device = DeviceId(Uuid::new_v4());
    check_held(&app, &ana, BundleDevice::Unknown, "device_unknown").await;
}

async fn a_bundle_of_a_revoked_phone_is_held_with_an_audit_entry(app: TestApp) {
    let ana = app.technician("ana").await;
    app.execute("UPDATE device SET revoked_at = 1").await;
    check_held(&app, &ana, BundleDevice::Revoked, "device_revoked").await;
}

async fn check_held(app: &TestApp, ana: &Caller, device: BundleDevice, code: &str) {
    let rita = app.reviewer("rita").await;
    let bundle = bundle(ana, &readings(ana, 3));
    let answer = import(&rita, &bundle).await;
    assert_eq!(answer.device, device);
    for verdict in &answer.verdicts {
        assert_eq!(
            (verdict.verdict, verdict.code.as_deref()),
            (VerdictName::Held, Some(code))
        );
        assert!(verdict.receipt.is_some());
    }
    assert_eq!(import(&rita, &bundle).await, answer);
    assert_eq!(
        app.number("SELECT COUNT(*) FROM item WHERE official_key IS NULL")
            .await,
        3
    );
    let actions = app.texts("SELECT action FROM audit ORDER BY seq").await;
    // The second time brings nothing new, but that it was brought is told.
    assert_eq!(actions, ["bundle_import", "device_not_trusted", "bundle_import"]);
    assert_eq!(
        app.texts("SELECT actor || ' ' || subject FROM audit WHERE action = 'device_not_trusted'")
            .await,
        [format!("rita {}", ana.device)]
    );
}

async fn a_bundle_with_items_of_two_people_is_refused(app: TestApp) {
    let ana = app.technician("ana").await;
    app.technician("ben").await;
    let rita = app.reviewer("rita").await;
    let mut items = readings(&ana, 2);
    items.push(with(
        &reading(&ana, 3, 103, 1_234),
        json!({ "captured_by": "ben" }),
    ));
    let answer = rita
        .post("/api/bundles", bundle(&ana, &items).to_string().into_bytes(), &[])
        .await;
    assert_eq!(
        (answer.status, answer.problem_code().as_str()),
        (StatusCode::FORBIDDEN, "wrong_person")
    );
    assert_eq!(app.number("SELECT COUNT(*) FROM item").await, 0);
    assert_eq!(audit(&app).await, [] as [&str; 0]);
}

async fn a_file_that_is_no_bundle_is_refused(app: TestApp) {
    let ana = app.technician("ana").await;
    let rita = app.reviewer("rita").await;
    let good = bundle(&ana, &readings(&ana, 1));
    let too_many: Vec<Value> = (0..501).map(|_| json!({})).collect();
    for (change, status, code, said) in [
        (
            json!({ "format": "other" }),
            400,
            "bad_request",
            "that a phone exported",
        ),
        (json!({ "version": 2 }), 400, "bad_request", "Update the server"),
        (
            json!({ "captured_by": "nobody" }),
            400,
            "bad_request",
            "no account nobody",
        ),
        (json!({ "readings": null }), 400, "bad_json", "readings"),
        (json!({ "readings": too_many }), 413, "too_many_items", "500"),
    ] {
        let body = with(&good, change).to_string().into_bytes();
        let answer = rita.post("/api/bundles", body, &[]).await;
        assert_eq!(
            (answer.status.as_u16(), answer.problem_code().as_str()),
            (status, code)
        );
        assert!(answer.text().contains(said), "{}", answer.text());
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM item").await, 0);
}

async fn the_importer_is_told_nothing_of_properties_that_are_not_theirs(app: TestApp) {
    let ana = app.technician("ana").await;
    app.account("rita", shared::wire::session::RoleName::Reviewer, &["HV"])
        .await;
    let rita = app.sign_in("rita").await;
    ana.send_item(&reading(&ana, 1, 101, 1_111)).await;
    let rival = bundle(&ana, &[reading(&ana, 2, 101, 2_222)]);
    let verdict = import(&rita, &rival).await.verdicts.remove(0);
    assert_eq!((verdict.verdict, verdict.existing), (VerdictName::Conflict, None));
    let sam = app.reviewer("sam").await;
    let verdict = import(&sam, &rival).await.verdicts.remove(0);
    assert_eq!(verdict.existing.unwrap().value, "1111");
}
