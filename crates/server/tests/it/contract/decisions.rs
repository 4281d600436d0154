//! What the office decides: who may, what becomes of the item, and how the phone hears of it.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::wire::office::ReadingRow;
use shared::wire::receipt::VerdictName::{Accepted, Held};

use super::contract;
use crate::util::items::{reading, with};
use crate::util::{Caller, TestApp};

contract!(
    a_reading_that_is_sent_back_asks_for_a_new_one_on_the_phone,
    a_new_reading_answers_the_request,
    a_skip_answers_the_request_too,
    a_decision_on_what_has_changed_is_refused,
    only_the_office_decides_and_only_on_what_it_may_see,
    an_exchange_that_is_sent_back_is_undone,
    the_office_hears_of_a_decision_and_the_audit_keeps_it,
);

async fn send_back(office: &Caller, item: &Value, revision: u32, reason: &str) -> crate::util::Answer {
    let path = format!("/api/readings/{}/decision", item["id"].as_str().unwrap());
    let body = json!({ "decision": "send_back", "revision": revision, "reason": reason });
    office.post(&path, body.to_string().into_bytes(), &[]).await
}

async fn a_reading_that_is_sent_back_asks_for_a_new_one_on_the_phone(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let item = reading(&ana, 1, 101, 1234);
    ana.send_item(&item).await;
    let cursor = ana.list(None).await.cursor;
    let answer = send_back(&rita, &item, 1, " The photo shows 1324. ").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.json::<Vec<ReadingRow>>()[0].state, "sent_back");
    for list in [ana.list(Some(&cursor)).await, ana.list(None).await] {
        let decision = &list.decisions[0];
        assert_eq!(
            (
                decision.state.as_str(),
                decision.reason.as_deref(),
                decision.by.as_str()
            ),
            ("sent_back", Some("The photo shows 1324."), "rita")
        );
        let row = list.rows.iter().find(|row| row.id == "101").unwrap();
        assert_eq!(row.reread.as_deref(), Some("The photo shows 1324."));
        assert!(row.latest.is_none() && row.official.is_empty());
    }
}

async fn a_new_reading_answers_the_request(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let item = reading(&ana, 1, 101, 1234);
    ana.send_item(&item).await;
    send_back(&rita, &item, 1, "Look again").await;
    let cursor = ana.list(None).await.cursor;
    let verdict = ana.send_item(&reading(&ana, 2, 101, 1324)).await;
    assert_eq!(verdict.verdict, Accepted);
    let list = ana.list(Some(&cursor)).await;
    assert!(list.rows[0].reread.is_none());
    assert_eq!(
        list.rows[0].latest.as_ref().map(|it| it.value.as_str()),
        Some("1324")
    );
}

async fn a_skip_answers_the_request_too(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let item = reading(&ana, 1, 101, 1234);
    ana.send_item(&item).await;
    send_back(&rita, &item, 1, "Look again").await;
    let skip = with(
        &reading(&ana, 2, 101, 0),
        json!({ "value": null, "skip_reason": "no_access" }),
    );
    assert_eq!(ana.send_item(&skip).await.verdict, Accepted);
    let list = ana.list(None).await;
    let row = list.rows.iter().find(|row| row.id == "101").unwrap();
    assert_eq!(
        (row.reread.as_deref(), row.official[0].state.as_str()),
        (None, "skipped")
    );
    assert_eq!(row.official[0].skip_reason.as_deref(), Some("no_access"));
    for (skip, expected) in [("no_access", 1), ("any", 1), ("dangerous", 0)] {
        let page = rita.get(&format!("/api/readings?skip={skip}"), &[]).await;
        assert_eq!(page.json::<Value>()["total"], expected, "{skip}");
    }
}

async fn a_decision_on_what_has_changed_is_refused(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let item = reading(&ana, 1, 101, 1234);
    ana.send_item(&item).await;
    ana.send_item(&with(&item, json!({ "revision": 2, "value": "1235" })))
        .await;
    let refused = |answer: crate::util::Answer| (answer.status.as_u16(), answer.problem_code());
    assert_eq!(
        refused(send_back(&rita, &item, 1, "x").await),
        (409, "other_revision".into())
    );
    assert_eq!(
        refused(send_back(&rita, &item, 2, "  ").await),
        (400, "bad_request".into())
    );
    assert_eq!(send_back(&rita, &item, 2, "x").await.status, StatusCode::OK);
    // Its answer was lost.
    assert_eq!(send_back(&rita, &item, 2, "x").await.status, StatusCode::OK);
    let ben = app.reviewer("ben").await;
    assert_eq!(
        refused(send_back(&ben, &item, 2, "x").await),
        (409, "not_received".into())
    );
    let other = reading(&ana, 2, 102, 1234);
    ana.send_item(&other).await;
    app.execute("INSERT INTO period_state VALUES (1, '2026-11', 'closed', 0, 'rita')")
        .await;
    assert_eq!(
        refused(send_back(&rita, &other, 1, "x").await),
        (409, "period_closed".into())
    );
}

async fn only_the_office_decides_and_only_on_what_it_may_see(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let item = reading(&ana, 1, 101, 1234);
    ana.send_item(&item).await;
    assert_eq!(send_back(&ana, &item, 1, "x").await.status, StatusCode::FORBIDDEN);
    app.execute("UPDATE account SET all_properties = 0").await;
    app.execute("INSERT INTO account_property (account_id, property_id) SELECT id, 2 FROM account")
        .await;
    assert_eq!(
        send_back(&rita, &item, 1, "x").await.status,
        StatusCode::NOT_FOUND
    );
    let unknown = reading(&ana, 2, 101, 1234);
    assert_eq!(
        send_back(&rita, &unknown, 1, "x").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(app.texts("SELECT state FROM item").await, ["received"]);
}

async fn an_exchange_that_is_sent_back_is_undone(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let exchange = with(
        &reading(&ana, 1, 101, 0),
        json!({ "value": null, "exchange": [
            { "kind": "meter_removed", "meter_serial": "E101", "value": "1100" },
            { "kind": "meter_installed", "meter_serial": "N101", "value": "3" },
        ] }),
    );
    ana.send_item(&exchange).await;
    let on_new = with(
        &reading(&ana, 2, 101, 9),
        json!({ "meter_serial": "N101", "read_at": "2026-11-27T18:00:00+10:00" }),
    );
    ana.send_item(&on_new).await;
    let refused = send_back(&rita, &exchange, 1, "Which meter?").await;
    assert_eq!(refused.problem_code(), "meter_in_use");
    send_back(&rita, &on_new, 1, "Which meter?").await;
    let answer = send_back(&rita, &exchange, 1, "Which meter?").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let meters = "SELECT serial FROM meter WHERE meter_point_id = 101 AND removed_on IS NULL";
    assert_eq!(app.texts(meters).await, ["E101"]);
    let verdict = ana.send_item(&with(&on_new, json!({ "revision": 2 }))).await;
    assert_eq!(
        (verdict.verdict, verdict.code.as_deref()),
        (Held, Some("meter_mismatch"))
    );
}

async fn the_office_hears_of_a_decision_and_the_audit_keeps_it(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let item = reading(&ana, 1, 101, 1234);
    ana.send_item(&item).await;
    let (_, mut events) = app.state.events.listen(None);
    send_back(&rita, &item, 1, "Look again").await;
    // The arrival may be told only now, after its receipt.
    loop {
        let event = serde_json::to_value(&*events.recv().await.unwrap().event).unwrap();
        match event["row"]["state"].as_str() {
            Some("sent_back") => break,
            state => assert_eq!(state, Some("received"), "{event}"),
        }
    }
    let who = app.texts("SELECT actor || ' ' || action FROM audit").await;
    assert_eq!(who, ["rita reading_send_back"]);
    let detail: serde_json::Value =
        serde_json::from_str(&app.texts("SELECT detail FROM audit").await[0]).unwrap();
    assert_eq!(detail, json!({ "reason": "Look again", "revision": 1 }));
}
