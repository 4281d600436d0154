//! What is held until the office decides: booked as a new revision by the office, or dismissed with a reason.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::wire::office::ReadingRow;
use shared::wire::open_decisions::{InboxPage, MeterPointHit};
use shared::wire::receipt::VerdictName::Held;

use super::approvals::approve;
use super::contract;
use crate::util::items::{reading, with};
use crate::util::{Answer, Caller, TestApp};

contract!(
    an_unknown_label_is_booked_where_the_office_finds_it,
    what_is_held_is_dismissed_only_with_a_reason,
    nothing_is_booked_into_a_closed_period,
    a_later_revision_takes_the_place_of_the_approved_one_or_is_dismissed,
    what_is_booked_elsewhere_may_be_a_conflict,
    nobody_books_where_they_may_not_see,
    meter_points_are_found_by_unit_tenant_meter_and_label,
);

async fn inbox(office: &Caller) -> Vec<ReadingRow> {
    let answer = office.get("/api/inbox", &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let page: InboxPage = answer.json();
    assert_eq!(page.total, i64::try_from(page.rows.len()).unwrap());
    page.rows
}

async fn decide(office: &Caller, row: &ReadingRow, body: Value) -> Answer {
    let path = format!("/api/inbox/{}/decision", row.receipt_seq);
    office.post(&path, body.to_string().into_bytes(), &[]).await
}

fn book_at(point: u32) -> Value {
    json!({ "decision": "book", "meter_point_id": point.to_string() })
}

fn unknown_label(caller: &Caller, device_seq: u64, value: u64) -> Value {
    let gone = json!({
        "property_code": null, "building": null, "unit_no": null, "utility": null, "meter_serial": null,
        "label_text": "GCX|101", "flags": ["unknown_label"],
    });
    with(&reading(caller, device_seq, 101, value), gone)
}

async fn an_unknown_label_is_booked_where_the_office_finds_it(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let item = unknown_label(&ana, 1, 1234);
    assert_eq!(ana.send_item(&item).await.verdict, Held);
    let row = inbox(&rita).await.remove(0);
    assert_eq!(
        (row.code.as_deref(), row.label_text.as_deref()),
        (Some("unknown_label"), Some("GCX|101"))
    );
    let nowhere = decide(&rita, &row, json!({ "decision": "book" })).await;
    assert_eq!(nowhere.problem_code(), "not_bookable");
    let cursor = ana.list(None).await.cursor;
    for _ in 0..2 {
        let answer = decide(&rita, &row, book_at(101)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let rows: Vec<ReadingRow> = answer.json();
        let new = &rows[0];
        assert_eq!(
            (
                new.state.as_str(),
                new.unit_no.as_str(),
                new.meter_serial.as_str(),
                new.flags.len()
            ),
            ("received", "101", "E101", 0)
        );
        assert_eq!((new.source.as_str(), new.captured_by.as_str()), ("office", "ana"));
        assert_eq!(
            rows[1].label_text.as_deref(),
            Some("GCX|101"),
            "what came stays readable"
        );
    }
    assert!(inbox(&rita).await.is_empty());
    let list = ana.list(Some(&cursor)).await;
    assert_eq!(
        list.decisions.last().map(|it| it.state.as_str()),
        Some("received")
    );
    assert_eq!(
        list.rows[0].latest.as_ref().map(|it| it.value.as_str()),
        Some("1234")
    );
}

async fn what_is_held_is_dismissed_only_with_a_reason(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    ana.send_item(&unknown_label(&ana, 1, 1234)).await;
    let row = inbox(&rita).await.remove(0);
    let empty = decide(&rita, &row, json!({ "decision": "dismiss", "reason": " " })).await;
    assert_eq!(empty.status, StatusCode::BAD_REQUEST);
    let body = json!({ "decision": "dismiss", "reason": "Not one of ours" });
    for _ in 0..2 {
        let answer = decide(&rita, &row, body.clone()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
    let decision = ana.list(None).await.decisions.remove(0);
    assert_eq!(
        (decision.state.as_str(), decision.reason.as_deref()),
        ("dismissed", Some("Not one of ours"))
    );
    let late = decide(&rita, &row, book_at(101)).await;
    assert_eq!(
        (late.status.as_u16(), late.problem_code()),
        (409, "not_received".into())
    );
}

async fn nothing_is_booked_into_a_closed_period(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    app.execute("INSERT INTO period_state VALUES (1, '2026-11', 'closed', 0, 'rita')")
        .await;
    ana.send_item(&reading(&ana, 1, 101, 1234)).await;
    ana.send_item(&unknown_label(&ana, 2, 1234)).await;
    let rows = inbox(&rita).await;
    assert_eq!(rows[0].code.as_deref(), Some("period_closed"));
    for row in &rows {
        let answer = decide(&rita, row, book_at(101)).await;
        assert_eq!(
            (answer.status.as_u16(), answer.problem_code()),
            (409, "period_closed".into())
        );
    }
    app.execute("UPDATE period_state SET state = 'open'").await;
    let answer = decide(&rita, &rows[0], json!({ "decision": "book" })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

async fn a_later_revision_takes_the_place_of_the_approved_one_or_is_dismissed(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    for (seq, unit, dismiss) in [(1, 101, true), (2, 102, false)] {
        let item = reading(&ana, seq, unit, 1234);
        ana.send_item(&item).await;
        approve(&rita, &item, 1).await;
        ana.send_item(&with(&item, json!({ "revision": 2, "value": "1240" })))
            .await;
        let row = inbox(&rita).await.remove(0);
        assert_eq!(row.code.as_deref(), Some("already_approved"));
        let body = if dismiss {
            json!({ "decision": "dismiss", "reason": "The first is right" })
        } else {
            json!({ "decision": "book" })
        };
        let answer = decide(&rita, &row, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
    let official = "SELECT CAST(value_micro / 1000000 AS TEXT) || ' ' || state FROM item
        WHERE state IN ('received', 'approved') ORDER BY receipt_seq";
    assert_eq!(app.texts(official).await, ["1234 approved", "1240 received"]);
    // The list shows what counts, not what was dismissed.
    let page: Value = rita.get("/api/readings?technician=ana", &[]).await.json();
    let rows = page["rows"].as_array().unwrap();
    let mut values: Vec<_> = rows.iter().map(|it| it["value"].as_str().unwrap()).collect();
    values.sort_unstable();
    assert_eq!(values, ["1234", "1240"]);
}

async fn what_is_booked_elsewhere_may_be_a_conflict(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    ana.send_item(&reading(&ana, 1, 101, 1300)).await;
    ana.send_item(&unknown_label(&ana, 2, 1234)).await;
    let row = inbox(&rita).await.remove(0);
    let rows: Vec<ReadingRow> = decide(&rita, &row, book_at(101)).await.json();
    assert_eq!(rows[0].state, "conflict");
    let conflicts: Value = rita.get("/api/conflicts", &[]).await.json();
    assert_eq!(conflicts["rows"][0]["first"]["value"], "1300");
}

async fn nobody_books_where_they_may_not_see(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    ana.send_item(&unknown_label(&ana, 1, 1234)).await;
    app.execute("UPDATE account SET all_properties = 0").await;
    app.execute("INSERT INTO account_property (account_id, property_id) SELECT id, 2 FROM account")
        .await;
    // What an unknown label belongs to is for the whole office to find out.
    let row = inbox(&rita).await.remove(0);
    assert_eq!(
        decide(&rita, &row, book_at(101)).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        decide(&ana, &row, book_at(101)).await.status,
        StatusCode::FORBIDDEN
    );
    let hits: Vec<MeterPointHit> = rita.get("/api/meter-points?q=101", &[]).await.json();
    assert!(hits.is_empty());
}

async fn meter_points_are_found_by_unit_tenant_meter_and_label(app: TestApp) {
    let rita = app.reviewer("rita").await;
    for q in ["101", "e101"] {
        let hits: Vec<MeterPointHit> = rita.get(&format!("/api/meter-points?q={q}"), &[]).await.json();
        assert_eq!(hits[0].id, "101", "{q}: {hits:?}");
        assert_eq!(hits[0].meter_serial, "E101");
    }
    let none: Vec<MeterPointHit> = rita.get("/api/meter-points?q=", &[]).await.json();
    assert!(none.is_empty());
    let many: Vec<MeterPointHit> = rita.get("/api/meter-points?q=1", &[]).await.json();
    assert!(many.len() <= 20);
}
