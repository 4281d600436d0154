//! Two values of which only one can be official: shown side by side, decided in three ways, and heard of on both phones.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::wire::office::ReadingRow;
use shared::wire::open_decisions::{ConflictRow, ConflictsPage, OpenDecisions};
use shared::wire::receipt::VerdictName::{Accepted, Conflict, Held};

use super::contract;
use crate::util::items::{reading, with};
use crate::util::{Answer, Caller, TestApp};

contract!(
    a_conflict_shows_both_values_side_by_side,
    the_first_is_kept_and_the_second_phone_hears_of_it,
    the_second_takes_the_place_and_both_phones_hear_of_it,
    both_are_kept_and_the_second_is_a_check,
    two_contents_of_one_revision_are_a_conflict_of_their_own,
    moves_of_one_day_find_each_other,
    pages_go_on_where_the_last_one_ended,
    what_somebody_else_decided_or_changed_is_refused,
    nobody_decides_what_they_may_not_see,
);

async fn conflicts(office: &Caller, query: &str) -> ConflictsPage {
    let answer = office.get(&format!("/api/conflicts?{query}"), &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

async fn resolve(office: &Caller, conflict: &ConflictRow, resolution: &str) -> Answer {
    let path = format!("/api/conflicts/{}/resolution", conflict.second.receipt_seq);
    let first = conflict.first.as_ref().map(|it| it.id);
    let body = json!({ "resolution": resolution, "first": first });
    office.post(&path, body.to_string().into_bytes(), &[]).await
}

/// Ana's value is the official one, ben's contradicts it an hour later.
async fn contradicted(app: &TestApp) -> (Caller, Caller, Caller, Value, Value) {
    let (ana, ben) = (app.technician("ana").await, app.technician("ben").await);
    let rita = app.reviewer("rita").await;
    let earlier = json!({ "read_at": "2026-11-27T08:14:03+10:00" });
    let (one, other) = (
        with(&reading(&ana, 1, 101, 1234), earlier),
        reading(&ben, 1, 101, 1300),
    );
    assert_eq!(ana.send_item(&one).await.verdict, Accepted);
    assert_eq!(ben.send_item(&other).await.verdict, Conflict);
    (ana, ben, rita, one, other)
}

fn states(list: &shared::wire::list::RoundList) -> Vec<(u32, &str)> {
    let of = |it: &'_ shared::wire::list::Decision| it.revision;
    list.decisions
        .iter()
        .map(|it| (of(it), it.state.as_str()))
        .collect()
}

async fn a_conflict_shows_both_values_side_by_side(app: TestApp) {
    let (_, _, rita, one, other) = contradicted(&app).await;
    let page = conflicts(&rita, "").await;
    assert_eq!((page.total, page.rows.len(), page.next), (1, 1, None));
    let row = &page.rows[0];
    let first = row.first.as_ref().unwrap();
    assert_eq!(
        (json!(first.id), json!(row.second.id)),
        (one["id"].clone(), other["id"].clone())
    );
    assert_eq!(
        (
            first.captured_by.as_str(),
            row.second.captured_by.as_str(),
            row.same_item
        ),
        ("ana", "ben", false)
    );
    let counts: OpenDecisions = rita.get("/api/open-decisions", &[]).await.json();
    assert_eq!((counts.conflicts, counts.inbox), (1, 0));
    assert_eq!(conflicts(&rita, "property=whs").await.total, 0);
    assert_eq!(conflicts(&rita, "property=gc+a").await.total, 1);
}

async fn the_first_is_kept_and_the_second_phone_hears_of_it(app: TestApp) {
    let (_, ben, rita, _, other) = contradicted(&app).await;
    let cursor = ben.list(None).await.cursor;
    let row = &conflicts(&rita, "").await.rows[0];
    for _ in 0..2 {
        let answer = resolve(&rita, row, "keep_first").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(answer.json::<Vec<ReadingRow>>()[0].state, "dismissed");
    }
    assert_eq!(states(&ben.list(Some(&cursor)).await), [(1, "dismissed")]);
    assert_eq!(conflicts(&rita, "").await.total, 0);
    assert_eq!(ben.send_item(&other).await.verdict, Held, "needs nothing more");
    let told = app.texts("SELECT actor || ' ' || action FROM audit").await;
    assert_eq!(told, ["rita conflict_keep_first"]);
}

async fn the_second_takes_the_place_and_both_phones_hear_of_it(app: TestApp) {
    let (ana, ben, rita, _, other) = contradicted(&app).await;
    let (anas, bens) = (ana.list(None).await.cursor, ben.list(None).await.cursor);
    let row = &conflicts(&rita, "").await.rows[0];
    for _ in 0..2 {
        let answer = resolve(&rita, row, "take_second").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let rows: Vec<ReadingRow> = answer.json();
        assert_eq!(
            (rows[0].state.as_str(), rows[0].value.as_deref()),
            ("received", Some("1300"))
        );
        assert_eq!(rows[0].previous_value.as_deref(), Some("1000"), "not the first");
    }
    assert_eq!(states(&ana.list(Some(&anas)).await), [(1, "superseded")]);
    let list = ben.list(Some(&bens)).await;
    assert_eq!(states(&list), [(1, "superseded"), (2, "received")]);
    let point = list.rows.iter().find(|row| row.id == "101").unwrap();
    assert_eq!(point.latest.as_ref().map(|it| it.value.as_str()), Some("1300"));
    assert_eq!(ben.send_item(&other).await.verdict, Accepted, "in the books");
}

async fn both_are_kept_and_the_second_is_a_check(app: TestApp) {
    let (_, _, rita, _, _) = contradicted(&app).await;
    let row = &conflicts(&rita, "").await.rows[0];
    let rows: Vec<ReadingRow> = resolve(&rita, row, "keep_both").await.json();
    assert_eq!(
        (rows[0].state.as_str(), rows[0].kind.as_str()),
        ("received", "check")
    );
    let official = "SELECT CAST(value_micro / 1000000 AS TEXT) || ' ' || kind FROM item WHERE state = 'received' \
        ORDER BY receipt_seq";
    assert_eq!(app.texts(official).await, ["1234 regular", "1300 check"]);
}

async fn two_contents_of_one_revision_are_a_conflict_of_their_own(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    for (seq, unit, resolution, official) in [(1, 101, "keep_first", "1234"), (2, 102, "take_second", "1300")]
    {
        let item = reading(&ana, seq, unit, 1234);
        ana.send_item(&item).await;
        let rival = with(&item, json!({ "value": "1300" }));
        assert_eq!(ana.send_item(&rival).await.verdict, Conflict);
        let page = conflicts(&rita, "").await;
        let row = page.rows.last().unwrap();
        assert!(row.same_item && row.first.as_ref().unwrap().value.as_deref() == Some("1234"));
        let both = resolve(&rita, row, "keep_both").await;
        assert_eq!(both.problem_code(), "same_item");
        let answer = resolve(&rita, row, resolution).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let rows: Vec<ReadingRow> = answer.json();
        let counts: Vec<_> = rows.iter().filter(|it| it.state == "received").collect();
        assert_eq!(counts[0].value.as_deref(), Some(official));
        assert_eq!(conflicts(&rita, "").await.total, 0);
        let told = ana.list(None).await.decisions;
        assert!(told.iter().any(|it| json!(it.id) == item["id"]), "{told:?}");
    }
}

async fn moves_of_one_day_find_each_other(app: TestApp) {
    let (ana, ben) = (app.technician("ana").await, app.technician("ben").await);
    let rita = app.reviewer("rita").await;
    let moved = json!({ "kind": "move_out" });
    let one = with(&reading(&ana, 1, 101, 1234), moved.clone());
    let other = with(&reading(&ben, 1, 101, 1300), moved);
    ana.send_item(&one).await;
    assert_eq!(ben.send_item(&other).await.verdict, Conflict);
    let row = &conflicts(&rita, "").await.rows[0];
    assert_eq!(row.first.as_ref().map(|it| json!(it.id)), Some(one["id"].clone()));
    let answer = resolve(&rita, row, "take_second").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

async fn pages_go_on_where_the_last_one_ended(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    ana.send_item(&reading(&ana, 1, 101, 1234)).await;
    for seq in 2..=6 {
        ana.send_item(&reading(&ana, seq, 101, 1300 + seq)).await;
    }
    let mut seen = Vec::new();
    let mut after = String::new();
    loop {
        let page = conflicts(&rita, &format!("limit=2{after}")).await;
        assert_eq!(page.total, 5);
        seen.extend(page.rows.iter().map(|it| it.second.receipt_seq));
        let Some(next) = page.next else { break };
        after = format!("&after={next}");
    }
    assert_eq!(seen, [2, 3, 4, 5, 6]);
    let wrong = rita.get("/api/conflicts?limit=201", &[]).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

async fn what_somebody_else_decided_or_changed_is_refused(app: TestApp) {
    let (ana, _, rita, one, _) = contradicted(&app).await;
    let sam = app.reviewer("sam").await;
    let row = &conflicts(&rita, "").await.rows[0];
    // The first is edited, so that what rita looked at is there no more: the item is the same, and so is her choice.
    ana.send_item(&with(&one, json!({ "revision": 2, "void": true, "value": null })))
        .await;
    ana.send_item(&reading(&ana, 2, 101, 1250)).await;
    let refused = resolve(&rita, row, "take_second").await;
    assert_eq!(
        (refused.status.as_u16(), refused.problem_code()),
        (409, "other_value".into())
    );
    let row = &conflicts(&rita, "").await.rows[0];
    assert_eq!(
        row.first.as_ref().and_then(|it| it.value.as_deref()),
        Some("1250")
    );
    let (one, other) = tokio::join!(
        resolve(&rita, row, "keep_first"),
        resolve(&sam, row, "take_second")
    );
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let loser = if one.status == StatusCode::OK { other } else { one };
    assert_eq!(loser.problem_code(), "not_received");
}

async fn nobody_decides_what_they_may_not_see(app: TestApp) {
    let (ana, _, rita, _, _) = contradicted(&app).await;
    let row = &conflicts(&rita, "").await.rows[0];
    assert_eq!(
        resolve(&ana, row, "keep_first").await.status,
        StatusCode::FORBIDDEN
    );
    app.execute("UPDATE account SET all_properties = 0").await;
    app.execute("INSERT INTO account_property (account_id, property_id) SELECT id, 2 FROM account")
        .await;
    assert_eq!(conflicts(&rita, "").await.total, 0);
    assert_eq!(
        resolve(&rita, row, "keep_first").await.status,
        StatusCode::NOT_FOUND
    );
    let none = ConflictRow::default();
    assert_eq!(
        resolve(&rita, &none, "keep_first").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(resolve(&rita, row, "toss").await.status, StatusCode::BAD_REQUEST);
}
