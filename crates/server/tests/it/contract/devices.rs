//! The office's list of phones.

use axum::http::StatusCode;
use serde_json::json;
use shared::id::DeviceId;
use shared::wire::devices::{DeviceList, DeviceRow, DeviceWarning};
use shared::wire::receipt::VerdictName;
use shared::wire::session::RoleName;

use super::contract;
use crate::util::items::reading;
use crate::util::{Caller, TestApp};

contract!(
    a_phone_that_never_reported_is_listed_with_what_arrived,
    each_person_on_a_shared_phone_has_a_row,
    what_waits_too_long_is_warned_of_and_comes_first,
    a_gap_is_warned_of_until_it_is_filled,
    the_set_time_counts,
    an_admin_revokes_a_phone_and_takes_it_back_in,
    a_set_time_beyond_a_month_or_under_an_hour_is_refused,
);

const HOUR_MS: i64 = 60 * 60 * 1_000;

async fn devices(app: &TestApp) -> DeviceList {
    let name = "rita";
    let known = app
        .number("SELECT COUNT(*) FROM account WHERE name = 'rita'")
        .await;
    let rita = match known {
        0 => app.reviewer(name).await,
        _ => app.sign_in(name).await,
    };
    let answer = rita.get("/api/devices", &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

/// What the phone says of its queue; read so many hours ago.
async fn report(app: &TestApp, phone: &Caller, device_total: u64, waiting: u64, hours_ago: i64) {
    let read_at = app.clock.now().plus_ms(-hours_ago * HOUR_MS).to_rfc3339();
    let body = json!({ "device_total": device_total, "waiting": waiting, "oldest_read_at": read_at,
        "app_version": "0.1.0", "storage": "protected" });
    let path = format!("/api/devices/{}/check", phone.device);
    let answer = phone.post(&path, body.to_string().into_bytes(), &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

async fn only_row(app: &TestApp) -> DeviceRow {
    let mut rows = devices(app).await.devices;
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

async fn a_phone_that_never_reported_is_listed_with_what_arrived(app: TestApp) {
    let ana = app.technician("ana").await;
    ana.send_items(&[reading(&ana, 1, 101, 1234), reading(&ana, 4, 104, 1234)])
        .await;
    let row = only_row(&app).await;
    assert_eq!((row.username.as_str(), row.device_id), ("ana", ana.device));
    assert_eq!((row.device_total, row.received), (4, 2));
    assert_eq!(row.missing, [(2, 3)]);
    assert_eq!(row.enrolled_at, app.clock.now().to_rfc3339());
    assert_eq!((row.last_contact_at, row.revoked_at), (None, None));
    // What it has is not known yet.
    assert_eq!(row.warning, DeviceWarning::None);
}

async fn each_person_on_a_shared_phone_has_a_row(app: TestApp) {
    let ana = app.technician("ana").await;
    app.account("ben", shared::wire::session::RoleName::Technician, &[])
        .await;
    let ben = app.sign_in_on("ben", ana.device).await;
    report(&app, &ana, 3, 3, 1).await;
    report(&app, &ben, 7, 7, 1).await;
    app.execute("UPDATE device SET revoked_at = 1795737600000").await;
    let mut rows = devices(&app).await.devices;
    rows.sort_by(|a, b| a.username.cmp(&b.username));
    let seen: Vec<_> = rows
        .iter()
        .map(|row| (row.username.as_str(), row.device_total, row.waiting))
        .collect();
    assert_eq!(seen, [("ana", 3, 3), ("ben", 7, 7)]);
    assert!(rows.iter().all(|row| row.revoked_at.is_some()));
    assert_eq!(
        (rows[0].app_version.as_str(), rows[0].storage.as_str()),
        ("0.1.0", "protected")
    );
}

async fn what_waits_too_long_is_warned_of_and_comes_first(app: TestApp) {
    let ana = app.technician("ana").await;
    let ben = app.technician("ben").await;
    report(&app, &ana, 2, 2, 25).await;
    report(&app, &ben, 2, 2, 23).await;
    let list = devices(&app).await;
    assert_eq!(list.old_after_hours, 24);
    let seen: Vec<_> = list
        .devices
        .iter()
        .map(|row| (row.username.as_str(), row.warning))
        .collect();
    assert_eq!(
        seen,
        [("ana", DeviceWarning::OldReadings), ("ben", DeviceWarning::None)]
    );
    assert_eq!(
        list.devices[0].oldest_read_at,
        Some(app.clock.now().plus_ms(-25 * HOUR_MS).to_rfc3339())
    );
    // Nothing more is heard of Ben's.
    app.clock.set(app.clock.now().plus_ms(24 * HOUR_MS));
    let list = devices(&app).await;
    assert!(
        list.devices
            .iter()
            .all(|row| row.warning == DeviceWarning::OldReadings)
    );
}

async fn a_gap_is_warned_of_until_it_is_filled(app: TestApp) {
    let ana = app.technician("ana").await;
    ana.send_items(&[reading(&ana, 1, 101, 1234), reading(&ana, 5, 105, 1234)])
        .await;
    report(&app, &ana, 5, 3, 0).await;
    assert_eq!(only_row(&app).await.warning, DeviceWarning::None);
    report(&app, &ana, 5, 1, 0).await;
    let row = only_row(&app).await;
    assert_eq!((row.warning, row.missing), (DeviceWarning::Gaps, vec![(2, 4)]));
    // Numbers given after its last report may well be on it.
    ana.send_items(&[2, 3, 4, 9].map(|seq| reading(&ana, seq, 100 + seq as u32, 1234)))
        .await;
    let row = only_row(&app).await;
    assert_eq!((row.warning, row.missing), (DeviceWarning::None, vec![(6, 8)]));
    assert_eq!((row.device_total, row.received), (9, 6));
}

async fn the_set_time_counts(app: TestApp) {
    let ana = app.technician("ana").await;
    report(&app, &ana, 1, 1, 3).await;
    assert_eq!(only_row(&app).await.warning, DeviceWarning::None);
    let admin = app.person("admin", RoleName::Admin, &[]).await;
    let set = admin
        .put("/api/settings/devices", &json!({ "old_after_hours": 2 }))
        .await;
    assert_eq!(set.status, StatusCode::NO_CONTENT, "{}", set.text());
    let list = devices(&app).await;
    assert_eq!(list.old_after_hours, 2);
    assert_eq!(list.devices[0].warning, DeviceWarning::OldReadings);
}

async fn an_admin_revokes_a_phone_and_takes_it_back_in(app: TestApp) {
    let ana = app.technician("ana").await;
    let admin = app.person("admin", RoleName::Admin, &[]).await;
    let path = format!("/api/devices/{}/revocation", ana.device);
    let send = async |seq: u64| ana.send_item(&reading(&ana, seq, 100 + seq as u32, 1_234)).await;
    assert_eq!(send(1).await.verdict, VerdictName::Accepted);
    for _ in 0..2 {
        assert_eq!(admin.put(&path, &json!({})).await.status, StatusCode::NO_CONTENT);
    }
    let held = send(2).await;
    assert_eq!(
        (held.verdict, held.code.as_deref()),
        (VerdictName::Held, Some("device_revoked"))
    );
    assert_eq!(
        only_row(&app).await.revoked_at,
        Some(app.clock.now().to_rfc3339())
    );
    assert_eq!(admin.delete(&path).await.status, StatusCode::NO_CONTENT);
    assert_eq!(send(3).await.verdict, VerdictName::Accepted);
    assert_eq!(only_row(&app).await.revoked_at, None);
    // Said once for each change, by whom.
    let audit = app
        .texts("SELECT actor || ' ' || action || ' ' || subject FROM audit WHERE action LIKE 'device_re%' ORDER BY seq")
        .await;
    let of_ana = |action: &str| format!("admin {action} {}", ana.device);
    assert_eq!(audit, [of_ana("device_revoke"), of_ana("device_readmit")]);
    let unknown = format!("/api/devices/{}/revocation", DeviceId::default());
    assert_eq!(
        admin.put(&unknown, &json!({})).await.problem(),
        (404, "not_found".into())
    );
}

async fn a_set_time_beyond_a_month_or_under_an_hour_is_refused(app: TestApp) {
    let admin = app.person("admin", RoleName::Admin, &[]).await;
    for hours in [0, 745] {
        let answer = admin
            .put("/api/settings/devices", &json!({ "old_after_hours": hours }))
            .await;
        assert_eq!(answer.problem(), (400, "bad_request".into()), "{hours}");
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM setting").await, 0);
}
