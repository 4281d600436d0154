//! The office says what a value should have been: a new revision, and what the phone says afterwards is held.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::wire::office::ReadingRow;
use shared::wire::receipt::VerdictName::{Accepted, Held};

use super::approvals::{approve, decide};
use super::contract;
use crate::util::items::{reading, with};
use crate::util::{Answer, Caller, TestApp};

contract!(
    a_correction_is_a_revision_beside_the_original,
    a_correction_is_refused_without_reason_and_in_a_closed_period,
    what_the_phone_sends_after_a_correction_is_held_and_nothing_is_lost,
    a_phone_and_the_office_at_the_same_moment_lose_nothing,
    the_running_numbers_of_the_phone_are_not_disturbed,
);

async fn correct(office: &Caller, item: &Value, revision: u32, value: &str) -> Answer {
    let body = json!({
        "decision": "correct", "revision": revision, "value": value, "reason": "The photo shows it",
    });
    decide(office, item, body).await
}

async fn a_correction_is_a_revision_beside_the_original(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let item = with(
        &reading(&ana, 1, 101, 1234),
        json!({ "flags": ["high"], "remarks": "Dog", "photos": ["a".repeat(64)] }),
    );
    ana.send_item(&item).await;
    approve(&rita, &item, 1).await;
    let cursor = ana.list(None).await.cursor;
    for _ in 0..2 {
        let answer = correct(&rita, &item, 1, "1243").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let rows: Vec<ReadingRow> = answer.json();
        let seen: Vec<_> = rows
            .iter()
            .map(|it| {
                (
                    it.revision,
                    it.state.as_str(),
                    it.value.as_deref(),
                    it.source.as_str(),
                )
            })
            .collect();
        assert_eq!(
            seen,
            [
                (2, "received", Some("1243"), "office"),
                (1, "superseded", Some("1234"), "phone")
            ]
        );
        let new = &rows[0];
        assert_eq!((new.captured_by.as_str(), new.remarks.as_str()), ("ana", "Dog"));
        assert_eq!((new.photos, new.flags.len()), (1, 0));
        assert_eq!(new.decision_reason.as_deref(), Some("The photo shows it"));
        assert_eq!(rows[1].decisions.len(), 2, "approved, corrected");
    }
    let list = ana.list(Some(&cursor)).await;
    let row = list.rows.iter().find(|row| row.id == "101").unwrap();
    assert_eq!(row.latest.as_ref().map(|it| it.value.as_str()), Some("1243"));
    let last = list.decisions.last().unwrap();
    assert_eq!((last.revision, last.state.as_str()), (2, "received"));
    // The office's list shows one row, and by the filter who made it.
    let page: Value = rita.get("/api/readings?source=office", &[]).await.json();
    assert_eq!(page["total"], 1);
}

async fn a_correction_is_refused_without_reason_and_in_a_closed_period(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let item = reading(&ana, 1, 101, 1234);
    ana.send_item(&item).await;
    let no_reason = json!({ "decision": "correct", "revision": 1, "value": "5", "reason": " " });
    let no_value = json!({ "decision": "correct", "revision": 1, "value": "many", "reason": "x" });
    for wrong in [no_reason, no_value] {
        assert_eq!(decide(&rita, &item, wrong).await.status, StatusCode::BAD_REQUEST);
    }
    let code = async |answer: Answer| (answer.status.as_u16(), answer.problem_code());
    assert_eq!(
        code(correct(&rita, &item, 1, "123456789").await).await,
        (409, "out_of_range".into())
    );
    assert_eq!(correct(&ana, &item, 1, "5").await.status, StatusCode::FORBIDDEN);
    app.execute("INSERT INTO period_state VALUES (1, '2026-11', 'closed', 0, 'rita')")
        .await;
    assert_eq!(
        code(correct(&rita, &item, 1, "1243").await).await,
        (409, "period_closed".into())
    );
    assert_eq!(app.texts("SELECT state FROM item").await, ["received"]);
}

async fn what_the_phone_sends_after_a_correction_is_held_and_nothing_is_lost(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let item = reading(&ana, 1, 101, 1234);
    ana.send_item(&item).await;
    correct(&rita, &item, 1, "1243").await;
    // The phone knew nothing of it, and counts its own edits: 2 is taken, 3 is not.
    for (revision, value) in [(2, "1240"), (3, "1241")] {
        let edit = with(&item, json!({ "revision": revision, "value": value }));
        for _ in 0..2 {
            let verdict = ana.send_item(&edit).await;
            assert_eq!(
                (verdict.verdict, verdict.code.as_deref()),
                (Held, Some("office_revision")),
                "{revision}"
            );
        }
    }
    // The first one again is in the books, as history.
    assert_eq!(ana.send_item(&item).await.verdict, Accepted);
    let values = "SELECT CAST(value_micro / 1000000 AS TEXT) || ' ' || state FROM item ORDER BY receipt_seq";
    assert_eq!(
        app.texts(values).await,
        ["1234 superseded", "1243 received", "1240 held", "1241 held"]
    );
}

async fn a_phone_and_the_office_at_the_same_moment_lose_nothing(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    for turn in 0..6_u32 {
        let item = reading(&ana, u64::from(turn) + 1, 101, 1234);
        let item = with(&item, json!({ "kind": "check" }));
        ana.send_item(&item).await;
        let edit = with(&item, json!({ "revision": 2, "value": "1240" }));
        let (answer, verdict) = tokio::join!(correct(&rita, &item, 1, "1243"), ana.send_item(&edit));
        let of_item = rita
            .get(&format!("/api/readings/{}", item["id"].as_str().unwrap()), &[])
            .await;
        let rows: Vec<ReadingRow> = of_item.json();
        let value = |value: &str| rows.iter().find(|it| it.value.as_deref() == Some(value));
        let edited = value("1240").expect("what the phone said is there");
        if answer.status == StatusCode::OK {
            assert_eq!((verdict.verdict, edited.state.as_str()), (Held, "held"));
            assert_eq!(value("1243").unwrap().state, "received");
        } else {
            assert_eq!(answer.problem_code(), "other_revision");
            assert_eq!((verdict.verdict, edited.state.as_str()), (Accepted, "received"));
        }
    }
}

async fn the_running_numbers_of_the_phone_are_not_disturbed(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let item = reading(&ana, 1, 101, 1234);
    ana.send_item(&item).await;
    correct(&rita, &item, 1, "1243").await;
    let check = ana.check(2).await;
    assert_eq!((check.received, check.missing), (1, vec![(2, 2)]));
}
