//! Approving one reading or many, and undoing it.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::wire::office::{DecisionsAnswer, ReadingRow};
use shared::wire::receipt::VerdictName::Held;

use super::contract;
use crate::util::items::{reading, with};
use crate::util::{Answer, Caller, TestApp};

contract!(
    an_approval_travels_to_the_phone_and_stands_in_the_history,
    the_same_approval_again_is_answered_alike_and_somebody_elses_is_refused,
    of_two_who_decide_at_the_same_moment_one_wins,
    clean_readings_are_approved_together_and_the_rest_is_named,
    undo_takes_back_exactly_those_and_phones_hear_of_it,
    nobody_approves_what_they_may_not_see,
    what_many_may_be_named_is_bounded,
    the_list_shows_what_no_check_was_raised_for,
);

const STATES: &str = "SELECT state FROM item ORDER BY receipt_seq";

pub(super) async fn decide(office: &Caller, item: &Value, decision: Value) -> Answer {
    let path = format!("/api/readings/{}/decision", item["id"].as_str().unwrap());
    office.post(&path, decision.to_string().into_bytes(), &[]).await
}

pub(super) async fn approve(office: &Caller, item: &Value, revision: u32) -> Answer {
    decide(
        office,
        item,
        json!({ "decision": "approve", "revision": revision }),
    )
    .await
}

async fn decide_all(office: &Caller, decision: &str, items: &[&Value]) -> Answer {
    let readings: Vec<Value> = items
        .iter()
        .map(|it| json!({ "id": it["id"], "revision": 1 }))
        .collect();
    let body = json!({ "decision": decision, "readings": readings });
    office
        .post("/api/readings/decisions", body.to_string().into_bytes(), &[])
        .await
}

async fn an_approval_travels_to_the_phone_and_stands_in_the_history(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let item = with(&reading(&ana, 1, 101, 1234), json!({ "flags": ["high"] }));
    ana.send_item(&item).await;
    let cursor = ana.list(None).await.cursor;
    let answer = approve(&rita, &item, 1).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let row = answer.json::<Vec<ReadingRow>>().remove(0);
    assert_eq!(
        (row.state.as_str(), row.decided_by.as_deref()),
        ("approved", Some("rita"))
    );
    for list in [ana.list(Some(&cursor)).await, ana.list(None).await] {
        let decision = &list.decisions[0];
        assert_eq!(
            (decision.state.as_str(), decision.by.as_str()),
            ("approved", "rita")
        );
        assert_eq!(decision.reason, None);
    }
    decide(&rita, &item, json!({ "decision": "take_back", "revision": 1 })).await;
    let rows: Vec<ReadingRow> = approve(&rita, &item, 1).await.json();
    let steps: Vec<_> = rows[0]
        .decisions
        .iter()
        .map(|it| format!("{} {} {}", it.step, it.state, it.by))
        .collect();
    assert_eq!(
        steps,
        [
            "approve approved rita",
            "take_back received rita",
            "approve approved rita"
        ]
    );
    let told = app
        .texts("SELECT actor || ' ' || action FROM audit ORDER BY seq")
        .await;
    assert_eq!(
        told,
        [
            "rita reading_approve",
            "rita reading_take_back",
            "rita reading_approve"
        ]
    );
    // What the phone says now is for the office to decide.
    let edit = with(&item, json!({ "revision": 2, "value": "1235" }));
    assert_eq!(ana.send_item(&edit).await.verdict, Held);
}

async fn the_same_approval_again_is_answered_alike_and_somebody_elses_is_refused(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let ben = app.reviewer("ben").await;
    let item = reading(&ana, 1, 101, 1234);
    ana.send_item(&item).await;
    let first: Vec<ReadingRow> = approve(&rita, &item, 1).await.json();
    let again: Vec<ReadingRow> = approve(&rita, &item, 1).await.json();
    assert_eq!(first, again);
    let late = approve(&ben, &item, 1).await;
    assert_eq!(
        (late.status.as_u16(), late.problem_code()),
        (409, "not_received".into())
    );
    let undo = decide(&ben, &item, json!({ "decision": "take_back", "revision": 1 })).await;
    assert_eq!(undo.problem_code(), "not_your_approval");
    assert_eq!(app.number("SELECT CAST(COUNT(*) AS BIGINT) FROM audit").await, 1);
}

async fn of_two_who_decide_at_the_same_moment_one_wins(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let ben = app.reviewer("ben").await;
    let item = reading(&ana, 1, 101, 1234);
    ana.send_item(&item).await;
    let sent_back = json!({ "decision": "send_back", "revision": 1, "reason": "Look again" });
    let (one, other) = tokio::join!(approve(&rita, &item, 1), decide(&ben, &item, sent_back));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let loser = if one.status == StatusCode::OK { other } else { one };
    assert_eq!(loser.problem_code(), "not_received");
}

async fn clean_readings_are_approved_together_and_the_rest_is_named(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let clean = reading(&ana, 1, 101, 1234);
    let flagged = with(&reading(&ana, 2, 102, 1234), json!({ "flags": ["high"] }));
    let second = reading(&ana, 3, 101, 1300);
    let unknown = reading(&ana, 4, 103, 1);
    ana.send_items(&[clean.clone(), flagged.clone(), second.clone()])
        .await;
    let asked = [&clean, &flagged, &second, &unknown, &clean];
    for _ in 0..2 {
        let answer = decide_all(&rita, "approve", &asked).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let answer: DecisionsAnswer = answer.json();
        let done: Vec<String> = answer.done.iter().map(|it| it.id.to_string()).collect();
        assert_eq!(done, [clean["id"].as_str().unwrap()]);
        let refused: Vec<&str> = answer.refused.iter().map(|it| it.code.as_str()).collect();
        assert_eq!(refused, ["flagged", "not_received", "not_found"]);
    }
    assert_eq!(app.texts(STATES).await, ["approved", "received", "conflict"]);
}

async fn undo_takes_back_exactly_those_and_phones_hear_of_it(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let items: Vec<Value> = [(1, 101), (2, 102), (3, 103)]
        .map(|(seq, unit)| reading(&ana, seq, unit, 1234))
        .to_vec();
    ana.send_items(&items).await;
    let [a, b, c] = &items[..] else { unreachable!() };
    approve(&rita, c, 1).await;
    decide_all(&rita, "approve", &[a, b]).await;
    let cursor = ana.list(None).await.cursor;
    // One was edited on the phone since: that waits for the office, and so its approval stands.
    ana.send_item(&with(b, json!({ "revision": 2, "value": "1235" })))
        .await;
    let answer: DecisionsAnswer = decide_all(&rita, "take_back", &[a, b]).await.json();
    assert_eq!(answer.done.len(), 1);
    assert_eq!(answer.refused[0].code, "other_revision");
    assert_eq!(
        app.texts(STATES).await,
        ["received", "approved", "approved", "held"]
    );
    let list = ana.list(Some(&cursor)).await;
    let heard: Vec<&str> = list.decisions.iter().map(|it| it.state.as_str()).collect();
    assert_eq!(heard, ["received"]);
    let told = app
        .texts("SELECT action || ' ' || subject FROM audit ORDER BY seq")
        .await;
    assert_eq!(told[1], "reading_approve 2 readings");
}

async fn nobody_approves_what_they_may_not_see(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let item = reading(&ana, 1, 101, 1234);
    ana.send_item(&item).await;
    assert_eq!(approve(&ana, &item, 1).await.status, StatusCode::FORBIDDEN);
    let many = decide_all(&ana, "approve", &[&item]).await;
    assert_eq!(many.status, StatusCode::FORBIDDEN);
    app.execute("UPDATE account SET all_properties = 0").await;
    app.execute("INSERT INTO account_property (account_id, property_id) SELECT id, 2 FROM account")
        .await;
    assert_eq!(approve(&rita, &item, 1).await.status, StatusCode::NOT_FOUND);
    let answer: DecisionsAnswer = decide_all(&rita, "approve", &[&item]).await.json();
    assert_eq!(answer.refused[0].code, "not_found");
    assert_eq!(app.texts(STATES).await, ["received"]);
}

async fn what_many_may_be_named_is_bounded(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let item = reading(&ana, 1, 101, 1234);
    assert_eq!(decide_all(&rita, "approve", &[]).await.status.as_u16(), 400);
    assert_eq!(
        decide_all(&rita, "send_back", &[&item]).await.status.as_u16(),
        400
    );
    let many = vec![&item; 501];
    assert_eq!(decide_all(&rita, "approve", &many).await.status.as_u16(), 413);
}

async fn the_list_shows_what_no_check_was_raised_for(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let clean = reading(&ana, 1, 101, 1234);
    let flagged = with(&reading(&ana, 2, 102, 1234), json!({ "flags": ["high"] }));
    ana.send_items(&[clean.clone(), flagged]).await;
    let skip = json!({ "value": null, "skip_reason": "no_access" });
    ana.send_item(&with(&reading(&ana, 3, 103, 0), skip)).await;
    let page = rita.get("/api/readings?flag=clean&state=received", &[]).await;
    let page: Value = page.json();
    assert_eq!(
        (&page["total"], &page["rows"][0]["id"]),
        (&json!(1), &clean["id"])
    );
}
