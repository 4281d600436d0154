//! The office's list: what its rows show of what was captured, and the filters that find it.

use serde_json::{Value, json};
use shared::wire::office::{ReadingRow, ReadingsPage};

use super::contract;
use crate::util::items::{reading, with};
use crate::util::{Caller, TestApp};

contract!(
    a_roll_over_is_shown_as_one_and_found_as_one,
    what_could_not_be_read_is_found_by_its_reason,
    kinds_and_photos_are_found,
    a_row_tells_who_decided_and_why,
);

async fn found(office: &Caller, query: &str) -> Vec<ReadingRow> {
    let answer = office.get(&format!("/api/readings?{query}"), &[]).await;
    let page: ReadingsPage = answer.json();
    assert_eq!(page.total, i64::try_from(page.rows.len()).unwrap(), "{query}");
    page.rows
}

/// Units, or kinds, whatever tells the rows apart.
async fn check(office: &Caller, query: &str, tell: fn(&ReadingRow) -> &str, expected: &[&str]) {
    let rows = found(office, query).await;
    let mut seen: Vec<&str> = rows.iter().map(tell).collect();
    seen.sort_unstable();
    assert_eq!(seen, expected, "{query}");
}

fn unit(row: &ReadingRow) -> &str {
    &row.unit_no
}

fn kind(row: &ReadingRow) -> &str {
    &row.kind
}

fn in_october(item: &Value) -> Value {
    with(
        item,
        json!({ "period": "2026-10", "read_at": "2026-10-27T09:14:03+10:00" }),
    )
}

async fn a_roll_over_is_shown_as_one_and_found_as_one(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let before = |seq, unit| in_october(&reading(&ana, seq, unit, 99_990));
    let answered = |seq, unit, value, answer: &str, remarks: &str| {
        with(
            &reading(&ana, seq, unit, value),
            json!({ "answers": [answer], "remarks": remarks }),
        )
    };
    ana.send_items(&[before(1, 101), before(2, 102), before(3, 103)])
        .await;
    ana.send_items(&[
        answered(4, 101, 5, "rolled_over", ""),
        answered(5, 102, 99_980, "verified", "not \"rolled_over\""),
        // Too far for a roll-over: answered so, and typed again without seeing the first.
        with(
            &answered(6, 103, 70_000, "verified", ""),
            json!({ "answers": ["rolled_over", "verified"] }),
        ),
    ])
    .await;
    check(&rita, "flag=rolled_over", unit, &["101"]).await;
    check(&rita, "flag=lower", unit, &["102", "103"]).await;
    let rolled = &found(&rita, "unit=101&period=2026-11").await[0];
    assert_eq!(
        (&rolled.flags[..], rolled.consumption.as_deref()),
        (&["rolled_over".to_owned()][..], Some("15"))
    );
    check(&rita, "flag=any&period=2026-11", unit, &["101", "102", "103"]).await;
    check(&rita, "flag=any&unit=104", unit, &[]).await;
}

async fn what_could_not_be_read_is_found_by_its_reason(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let skip = |seq, unit, reason: &str| {
        with(
            &reading(&ana, seq, unit, 0),
            json!({ "value": null, "skip_reason": reason, "remarks": "dog in the yard" }),
        )
    };
    ana.send_items(&[
        skip(1, 101, "no_access"),
        skip(2, 102, "dangerous"),
        reading(&ana, 3, 103, 1234),
    ])
    .await;
    check(&rita, "skip=any", unit, &["101", "102"]).await;
    check(&rita, "skip=dangerous", unit, &["102"]).await;
    check(&rita, "skip=dangerous&unit=101", unit, &[]).await;
    let row = &found(&rita, "skip=no_access").await[0];
    assert_eq!(
        (row.skip_reason.as_deref(), row.value.as_deref()),
        (Some("no_access"), None)
    );
}

async fn kinds_and_photos_are_found(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let exchange = with(
        &reading(&ana, 1, 101, 0),
        json!({ "value": null, "photos": ["a".repeat(64), "b".repeat(64)], "exchange": [
            { "kind": "meter_removed", "meter_serial": "E101", "value": "1100" },
            { "kind": "meter_installed", "meter_serial": "N101", "value": "3" },
        ] }),
    );
    let moved = |seq, unit, kind: &str| with(&reading(&ana, seq, unit, 1234), json!({ "kind": kind }));
    ana.send_items(&[
        exchange,
        moved(2, 102, "move_in"),
        moved(3, 103, "move_out"),
        with(
            &reading(&ana, 4, 104, 1234),
            json!({ "photos": ["c".repeat(64)] }),
        ),
    ])
    .await;
    check(
        &rita,
        "kind=exchange",
        kind,
        &["meter_installed", "meter_removed"],
    )
    .await;
    check(&rita, "kind=move", kind, &["move_in", "move_out"]).await;
    check(&rita, "kind=move_out", kind, &["move_out"]).await;
    check(&rita, "photo=any", unit, &["101", "104"]).await;
    let photos: Vec<u32> = found(&rita, "photo=any")
        .await
        .iter()
        .map(|row| row.photos)
        .collect();
    assert_eq!(photos, [1, 2]);
}

async fn a_row_tells_who_decided_and_why(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let item = reading(&ana, 1, 101, 1234);
    ana.send_item(&item).await;
    assert_eq!(found(&rita, "unit=101").await[0].decided_by, None);
    let path = format!("/api/readings/{}/decision", item["id"].as_str().unwrap());
    let body = json!({ "decision": "send_back", "revision": 1, "reason": "Look again" });
    rita.post(&path, body.to_string().into_bytes(), &[]).await;
    let row = &found(&rita, "unit=101").await[0];
    let decided = [&row.decided_by, &row.decision_reason, &row.decided_at];
    let now = app.clock.now().to_rfc3339();
    assert_eq!(
        decided.map(|it| it.as_deref().unwrap_or_default()),
        ["rita", "Look again", now.as_str()]
    );
}
