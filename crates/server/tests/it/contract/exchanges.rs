//! Meters that are exchanged in the field: what the portfolio and the phones' list become.

use serde_json::{Value, json};
use shared::wire::list::MeterPointRow;
use shared::wire::receipt::VerdictName::{Accepted, Held};

use super::contract;
use crate::util::items::{reading, with};
use crate::util::{Caller, TestApp};

contract!(
    an_exchange_ends_the_old_meter_and_begins_the_new_one,
    a_replayed_exchange_changes_the_portfolio_once,
    the_next_reading_compares_with_the_new_meter_and_counts_both,
    an_exchange_and_a_reading_of_the_new_meter_in_one_batch_belong_together,
    an_exchange_that_is_taken_back_leaves_the_portfolio_as_it_was,
    an_edited_exchange_takes_the_place_of_the_first,
    an_exchange_whose_meter_was_read_is_not_taken_back_by_itself,
    a_new_serial_that_the_portfolio_has_elsewhere_is_held,
    an_exchange_is_in_the_audit,
);

const METERS: &str = "SELECT serial || ' ' || dials || '.' || decimals || ' from ' || installed_on || ' at '
    || (initial_micro / 1000000) || COALESCE(' to ' || removed_on || ' at ' || (final_micro / 1000000), '')
    FROM meter WHERE meter_point_id = 101 ORDER BY installed_on";

fn exchange(caller: &Caller, seq: u64, unit: u32, serial: &str, last: &str) -> Value {
    with(
        &reading(caller, seq, unit, 0),
        json!({ "value": null, "exchange": [
            { "kind": "meter_removed", "meter_serial": format!("E{unit}"), "value": last },
            { "kind": "meter_installed", "meter_serial": serial, "value": "3.5", "dials": 6, "decimals": 1 },
        ] }),
    )
}

fn of_new(caller: &Caller, seq: u64, value: &str) -> Value {
    with(
        &reading(caller, seq, 101, 0),
        json!({ "value": value, "meter_serial": "n101", "read_at": "2026-11-27T18:00:00+10:00" }),
    )
}

fn october(caller: &Caller, seq: u64, value: u64) -> Value {
    with(
        &reading(caller, seq, 101, value),
        json!({ "read_at": "2026-10-27T09:14:03+10:00", "period": "2026-10" }),
    )
}

async fn row(caller: &Caller, since: Option<&str>) -> MeterPointRow {
    let list = caller.list(since).await;
    list.rows.into_iter().find(|row| row.id == "101").unwrap()
}

async fn an_exchange_ends_the_old_meter_and_begins_the_new_one(app: TestApp) {
    let ana = app.technician("ana").await;
    let cursor = ana.list(None).await.cursor;
    let verdict = ana.send_item(&exchange(&ana, 1, 101, "N101", "1100")).await;
    assert_eq!(verdict.verdict, Accepted, "{verdict:?}");
    assert_eq!(
        app.texts(METERS).await,
        [
            "E101 5.0 from 2024-07-28 at 1000 to 2026-11-27 at 1100",
            "N101 6.1 from 2026-11-27 at 3"
        ]
    );
    let row = row(&ana, Some(&cursor)).await;
    assert_eq!(
        (row.meter_serial.as_str(), row.dials, row.initial_value.as_str()),
        ("N101", 6, "3.5")
    );
    assert!(row.latest.is_none() && row.taken_over.is_some());
    let on_meter =
        "SELECT i.kind || ' ' || m.serial FROM item i JOIN meter m ON m.id = i.meter_id ORDER BY receipt_seq";
    assert_eq!(
        app.texts(on_meter).await,
        ["meter_removed E101", "meter_installed N101"]
    );
}

async fn a_replayed_exchange_changes_the_portfolio_once(app: TestApp) {
    let ana = app.technician("ana").await;
    let item = exchange(&ana, 1, 101, "N101", "1100");
    let first = ana.send_item(&item).await;
    let before = app.texts(METERS).await;
    assert_eq!(ana.send_item(&item).await, first);
    assert_eq!(
        ana.send_items(&[item.clone(), item]).await,
        [first.clone(), first]
    );
    assert_eq!(app.texts(METERS).await, before);
}

async fn the_next_reading_compares_with_the_new_meter_and_counts_both(app: TestApp) {
    let ana = app.technician("ana").await;
    ana.send_item(&october(&ana, 1, 1040)).await;
    ana.send_item(&exchange(&ana, 2, 101, "N101", "1100")).await;
    assert_eq!(
        row(&ana, None).await.taken_over.map(|it| it.carried).as_deref(),
        Some("60")
    );
    let verdict = ana.send_item(&of_new(&ana, 3, "10")).await;
    assert_eq!(verdict.verdict, Accepted, "{verdict:?}");
    let row = row(&ana, None).await;
    assert_eq!(row.latest.map(|it| it.value).as_deref(), Some("10.0"));
    // 60 on the old meter, 6.5 on the new one.
    assert_eq!(row.consumption.as_deref(), Some("66.5"));
    let old = with(&of_new(&ana, 4, "1130"), json!({ "meter_serial": "E101" }));
    assert_eq!(ana.send_item(&old).await.code.as_deref(), Some("meter_mismatch"));
}

async fn an_exchange_and_a_reading_of_the_new_meter_in_one_batch_belong_together(app: TestApp) {
    let ana = app.technician("ana").await;
    let verdicts = ana
        .send_items(&[
            exchange(&ana, 1, 101, "N101", "1100"),
            of_new(&ana, 2, "10"),
            exchange(&ana, 3, 102, "N102", "1100"),
        ])
        .await;
    assert!(verdicts.iter().all(|it| it.verdict == Accepted), "{verdicts:?}");
    let of_new = "SELECT m.serial FROM item i JOIN meter m ON m.id = i.meter_id WHERE i.kind = 'regular'";
    assert_eq!(app.texts(of_new).await, ["N101"]);
    assert_eq!(
        row(&ana, None).await.latest.map(|it| it.value).as_deref(),
        Some("10.0")
    );
}

async fn an_exchange_that_is_taken_back_leaves_the_portfolio_as_it_was(app: TestApp) {
    let ana = app.technician("ana").await;
    ana.send_item(&october(&ana, 1, 1040)).await;
    let before = (app.texts(METERS).await, row(&ana, None).await);
    let item = exchange(&ana, 2, 101, "N101", "1100");
    ana.send_item(&item).await;
    let cursor = ana.list(None).await.cursor;
    let void = with(&item, json!({ "revision": 2, "void": true, "exchange": null }));
    let verdict = ana.send_item(&void).await;
    assert_eq!(verdict.verdict, Accepted, "{verdict:?}");
    assert_eq!((app.texts(METERS).await, row(&ana, Some(&cursor)).await), before);
    // Both revisions and the void in one transaction come to the same.
    let item = exchange(&ana, 3, 101, "N101", "1100");
    let void = with(&item, json!({ "revision": 2, "void": true, "exchange": null }));
    ana.send_items(&[item, void]).await;
    assert_eq!((app.texts(METERS).await, row(&ana, None).await), before);
}

async fn an_edited_exchange_takes_the_place_of_the_first(app: TestApp) {
    let ana = app.technician("ana").await;
    let item = exchange(&ana, 1, 101, "N1O1", "1100");
    ana.send_item(&item).await;
    let edited = with(
        &exchange(&ana, 1, 101, "N101", "1105"),
        json!({ "id": item["id"], "revision": 2 }),
    );
    let verdict = ana.send_item(&edited).await;
    assert_eq!(verdict.verdict, Accepted, "{verdict:?}");
    assert_eq!(
        app.texts(METERS).await,
        [
            "E101 5.0 from 2024-07-28 at 1000 to 2026-11-27 at 1105",
            "N101 6.1 from 2026-11-27 at 3"
        ]
    );
    let on_meter = "SELECT i.kind || ' ' || m.serial FROM item i JOIN meter m ON m.id = i.meter_id
        WHERE i.state = 'received' ORDER BY receipt_seq";
    assert_eq!(
        app.texts(on_meter).await,
        ["meter_removed E101", "meter_installed N101"]
    );
}

async fn an_exchange_whose_meter_was_read_is_not_taken_back_by_itself(app: TestApp) {
    let ana = app.technician("ana").await;
    let item = exchange(&ana, 1, 101, "N101", "1100");
    ana.send_item(&item).await;
    ana.send_item(&of_new(&ana, 2, "10")).await;
    let meters = app.texts(METERS).await;
    let void = with(&item, json!({ "revision": 2, "void": true, "exchange": null }));
    let verdict = ana.send_item(&void).await;
    assert_eq!(
        (verdict.verdict, verdict.code.as_deref()),
        (Held, Some("meter_in_use"))
    );
    assert_eq!(app.texts(METERS).await, meters);
}

async fn a_new_serial_that_the_portfolio_has_elsewhere_is_held(app: TestApp) {
    let ana = app.technician("ana").await;
    let meters = app.texts(METERS).await;
    for (seq, serial) in [(1, "e102"), (2, "E101")] {
        let verdict = ana.send_item(&exchange(&ana, seq, 101, serial, "1100")).await;
        assert_eq!(
            (verdict.verdict, verdict.code.as_deref()),
            (Held, Some("serial_taken"))
        );
    }
    assert_eq!(app.texts(METERS).await, meters);
}

async fn an_exchange_is_in_the_audit(app: TestApp) {
    let ana = app.technician("ana").await;
    let item = exchange(&ana, 1, 101, "N101", "1100");
    ana.send_items(&[item.clone(), item.clone()]).await;
    ana.send_item(&with(
        &item,
        json!({ "revision": 2, "void": true, "exchange": null }),
    ))
    .await;
    assert_eq!(
        app.texts("SELECT actor || ' ' || action || ' ' || subject FROM audit ORDER BY seq")
            .await,
        ["ana meter_exchange N101", "ana meter_exchange_undone n101"]
    );
}
