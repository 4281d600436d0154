//! What the office enters itself: readings that were phoned in, and meters that it replaces. The same intake as for phones.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::wire::imports::ImportProblem;
use shared::wire::office::ReadingsPage;
use shared::wire::receipt::VerdictName::{Accepted, Conflict, Held};
use shared::wire::receipt::WireVerdict;
use shared::wire::session::RoleName;
use uuid::Uuid;

use super::contract;
use crate::util::items::{reading, with};
use crate::util::{Answer, Caller, TestApp};

contract!(
    a_reading_that_was_phoned_in_is_in_the_books_with_its_reason,
    sent_twice_it_is_filed_once,
    another_value_is_a_conflict_and_a_closed_period_holds_it,
    a_slip_of_the_keyboard_is_told_and_nothing_is_filed,
    a_meter_is_replaced_as_a_technician_would_have_done,
    a_replacement_that_cannot_be_is_told_and_nothing_is_filed,
    nobody_enters_where_they_may_not_see,
);

fn entry(value: &str) -> Value {
    json!({
        "id": Uuid::now_v7(), "meter_point_id": "101", "meter_serial": "E101", "on": "2026-11-26", "at": "09:30",
        "value": value, "reason": "Phoned in by the tenant",
    })
}

fn exchange() -> Value {
    json!({
        "id": Uuid::now_v7(), "meter_point_id": "101", "removed_serial": "E101", "final_value": "1250", "serial": "N101",
        "dials": "6", "decimals": "1", "initial_value": "0.5", "on": "2026-11-26", "reason": "Broken glass",
    })
}

async fn enter(office: &Caller, body: &Value) -> Answer {
    office
        .post("/api/office-readings", body.to_string().into_bytes(), &[])
        .await
}

async fn replace(admin: &Caller, body: &Value) -> Answer {
    admin
        .post("/api/portfolio/exchanges", body.to_string().into_bytes(), &[])
        .await
}

fn verdict(answer: &Answer) -> WireVerdict {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

fn faults(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.text()
    );
    let problem: ImportProblem = answer.json();
    problem
        .faults
        .into_iter()
        .map(|it| (it.column, it.code))
        .collect()
}

fn fault(column: &str, code: &str) -> Vec<(String, String)> {
    vec![(column.to_owned(), code.to_owned())]
}

const ITEMS: &str = "SELECT COUNT(*) FROM item";
const AUDIT: &str = "SELECT actor || ' ' || action || ' ' || subject FROM audit ORDER BY seq";

async fn a_reading_that_was_phoned_in_is_in_the_books_with_its_reason(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let cursor = ana.list(None).await.cursor;
    let told = verdict(&enter(&rita, &entry("1234")).await);
    assert_eq!(
        (told.verdict, told.period.as_deref()),
        (Accepted, Some("2026-11"))
    );
    let page: ReadingsPage = rita.get("/api/readings?source=office", &[]).await.json();
    let row = &page.rows[0];
    assert_eq!(
        (row.value.as_deref(), &*row.state, &*row.read_at, &*row.remarks),
        (
            Some("1234"),
            "received",
            "2026-11-26T09:30:00+10:00",
            "Phoned in by the tenant"
        )
    );
    let news = ana.list(Some(&cursor)).await;
    assert_eq!(news.rows[0].latest.as_ref().unwrap().value, "1234");
    let audit = app.texts(AUDIT).await;
    assert!(audit.contains(&"rita office_entry E101".to_owned()), "{audit:?}");
}

async fn sent_twice_it_is_filed_once(app: TestApp) {
    let rita = app.reviewer("rita").await;
    let body = entry("1234");
    let first = verdict(&enter(&rita, &body).await);
    let again = verdict(&enter(&rita, &body).await);
    assert_eq!((again.verdict, again.receipt), (Accepted, first.receipt));
    assert_eq!(app.number(ITEMS).await, 1);
    assert_eq!(
        app.number("SELECT COUNT(*) FROM audit WHERE action = 'office_entry'")
            .await,
        1
    );
}

async fn another_value_is_a_conflict_and_a_closed_period_holds_it(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    ana.send_item(&reading(&ana, 1, 101, 1300)).await;
    assert_eq!(verdict(&enter(&rita, &entry("1234")).await).verdict, Conflict);
    app.execute("INSERT INTO period_state (property_id, period, state, changed_at, changed_by) VALUES (1, '2026-10', 'closed', 1, 'rita')").await;
    let late = with(&entry("1200"), json!({ "on": "2026-10-29" }));
    let told = verdict(&enter(&rita, &late).await);
    assert_eq!(
        (told.verdict, told.code.as_deref()),
        (Held, Some("period_closed"))
    );
}

async fn a_slip_of_the_keyboard_is_told_and_nothing_is_filed(app: TestApp) {
    let rita = app.reviewer("rita").await;
    for (changes, column, code) in [
        (json!({ "value": "123456" }), "value", "more_digits"),
        (json!({ "value": "12.5" }), "value", "more_decimals"),
        (json!({ "value": "many" }), "value", "no_value"),
        (json!({ "on": "2026-11-28" }), "on", "read_in_future"),
        (
            json!({ "on": "2026-11-27", "at": "23:00" }),
            "at",
            "read_in_future",
        ),
        (json!({ "on": "yesterday" }), "on", "no_day"),
        (json!({ "on": "2024-01-01" }), "on", "not_in_service"),
        (json!({ "at": "noon" }), "at", "no_time"),
        (json!({ "reason": " " }), "reason", "empty"),
        (json!({ "period": "2026-08" }), "period", "period_too_far"),
    ] {
        let refused = enter(&rita, &with(&entry("1234"), changes)).await;
        assert_eq!(faults(&refused), fault(column, code));
    }
    let other = enter(&rita, &with(&entry("1234"), json!({ "meter_serial": "E102" }))).await;
    assert_eq!(other.problem_code(), "books_changed");
    assert_eq!(app.number(ITEMS).await, 0);
    // Today without a time is now, as noon is still to come.
    let now = enter(
        &rita,
        &with(&entry("1234"), json!({ "on": "2026-11-27", "at": null })),
    )
    .await;
    assert_eq!(verdict(&now).verdict, Accepted);
}

async fn a_meter_is_replaced_as_a_technician_would_have_done(app: TestApp) {
    let (ana, adam) = (app.technician("ana").await, app.admin("adam").await);
    let october = json!({ "read_at": "2026-10-27T09:14:03+10:00", "period": "2026-10" });
    ana.send_item(&with(&reading(&ana, 1, 101, 1100), october)).await;
    let cursor = ana.list(None).await.cursor;
    let told = verdict(&replace(&adam, &exchange()).await);
    assert_eq!(told.verdict, Accepted, "{told:?}");
    let meters = "SELECT serial || ' ' || dials || '.' || decimals || ' ' || installed_on || COALESCE(' ' || removed_on, '') \
        FROM meter WHERE meter_point_id = 101 ORDER BY installed_on";
    assert_eq!(
        app.texts(meters).await,
        ["E101 5.0 2024-07-28 2026-11-26", "N101 6.1 2026-11-26"]
    );
    let news = ana.list(Some(&cursor)).await;
    let row = &news.rows[0];
    assert_eq!(
        (&*row.meter_serial, row.dials, row.decimals, &*row.initial_value),
        ("N101", 6, 1, "0.5")
    );
    // What is read next counts what both have shown.
    let next = with(
        &reading(&ana, 2, 101, 0),
        json!({ "value": "10.5", "meter_serial": "N101", "read_at": "2026-11-27T09:14:03+10:00" }),
    );
    assert_eq!(ana.send_item(&next).await.verdict, Accepted);
    let used = "SELECT CAST(consumption_micro / 1000000 AS TEXT) FROM item WHERE meter_serial = 'N101' AND kind = 'regular'";
    assert_eq!(app.texts(used).await, ["160"]);
    let audit = app.texts(AUDIT).await;
    assert!(audit.contains(&"adam office_entry E101".to_owned()), "{audit:?}");
    assert!(
        audit.contains(&"adam meter_exchange N101".to_owned()),
        "{audit:?}"
    );
}

async fn a_replacement_that_cannot_be_is_told_and_nothing_is_filed(app: TestApp) {
    let (ana, adam) = (app.technician("ana").await, app.admin("adam").await);
    ana.send_item(&reading(&ana, 1, 101, 1200)).await;
    for (changes, column, code) in [
        (json!({ "serial": "e102" }), "serial", "serial_taken"),
        (json!({ "on": "2026-11-26" }), "on", "read_since"),
        (json!({ "final_value": "123456" }), "final_value", "more_digits"),
        (
            json!({ "initial_value": "0.55" }),
            "initial_value",
            "more_decimals",
        ),
        (json!({ "dials": "0" }), "dials", "no_number"),
        (json!({ "reason": "" }), "reason", "empty"),
    ] {
        let body = with(&with(&exchange(), json!({ "on": "2026-11-27" })), changes);
        assert_eq!(faults(&replace(&adam, &body).await), fault(column, code));
    }
    let other = with(&exchange(), json!({ "removed_serial": "E999" }));
    assert_eq!(replace(&adam, &other).await.problem_code(), "books_changed");
    assert_eq!(app.number(ITEMS).await, 1);
}

async fn nobody_enters_where_they_may_not_see(app: TestApp) {
    app.account("hugo", RoleName::Admin, &["HV"]).await;
    let hugo = app.sign_in("hugo").await;
    assert_eq!(enter(&hugo, &entry("1234")).await.problem_code(), "not_found");
    assert_eq!(replace(&hugo, &exchange()).await.problem_code(), "not_found");
    let nowhere = with(&entry("1234"), json!({ "meter_point_id": "x" }));
    assert_eq!(enter(&hugo, &nowhere).await.problem_code(), "not_found");
}
