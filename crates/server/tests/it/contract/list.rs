//! The list that phones work from.

use std::collections::BTreeMap;

use axum::http::{StatusCode, header};
use serde_json::json;
use shared::wire::list::{MeterPointRow, RoundList};

use super::contract;
use crate::util::TestApp;
use crate::util::items::{reading, with};

contract!(
    the_list_has_every_meter_point_that_the_person_may_see,
    a_list_of_many_portions_is_one_list,
    a_delta_on_top_of_the_list_equals_the_list,
    a_cursor_of_another_life_or_assignment_replaces_the_list,
    an_unchanged_list_is_not_sent_again,
    decisions_travel_to_the_person_who_read,
    statistics_count_the_last_twelve_months,
    listeners_are_told_what_arrives_in_commit_order,
);

async fn the_list_has_every_meter_point_that_the_person_may_see(app: TestApp) {
    let (ana, ben) = (app.technician("ana").await, app.technician_of("ben", "HV").await);
    let list = ana.list(None).await;
    assert!(list.full);
    assert_eq!((list.properties.len(), list.rows.len()), (2, 61));
    let row = list.rows.iter().find(|row| row.unit_no == "101").unwrap();
    assert_eq!(
        (row.meter_serial.as_str(), row.dials, row.initial_value.as_str()),
        ("E101", 5, "1000")
    );
    assert_eq!(
        (row.tenancies[0].name.as_str(), row.labels[0].as_str()),
        ("Tenant of 101", "M:101")
    );
    assert!(row.latest.is_none() && row.official.is_empty());
    let of_ben = ben.list(None).await;
    assert_eq!((of_ben.properties.len(), of_ben.rows.len()), (1, 1));
    assert_eq!(of_ben.properties[0].zone_offsets.len(), 13);
    let periods: Vec<_> = of_ben.properties[0]
        .periods
        .iter()
        .map(|it| it.period.as_str())
        .collect();
    assert_eq!(periods, ["2026-10", "2026-11"]);
}

async fn a_list_of_many_portions_is_one_list(app: TestApp) {
    for sql in [
        "WITH RECURSIVE n(i) AS (SELECT 1001 UNION ALL SELECT i + 1 FROM n WHERE i < 3500)
        INSERT INTO unit (id, property_id, building, building_normal, unit_no, unit_normal, route_seq)
        SELECT i, 2, '', '', CAST(i AS TEXT), CAST(i AS TEXT), i FROM n",
        "INSERT INTO meter_point (id, unit_id, utility) SELECT id, id, 'water' FROM unit WHERE id > 1000",
    ] {
        app.execute(sql).await;
    }
    let ana = app.technician("ana").await;
    ana.send_item(&reading(&ana, 1, 101, 1234)).await;
    let list = ana.list(None).await;
    assert_eq!((list.rows.len(), list.properties.len()), (2561, 2));
    let walked: Vec<_> = list.rows[61..].iter().map(|row| row.unit_no.as_str()).collect();
    let expected: Vec<_> = (1001..=3500).map(|unit| unit.to_string()).collect();
    assert_eq!(walked, expected);
    assert!(ana.list(Some(&list.cursor)).await.rows.is_empty());
}

async fn a_delta_on_top_of_the_list_equals_the_list(app: TestApp) {
    let ana = app.technician("ana").await;
    let mut held = by_id(ana.list(None).await);
    let mut cursor = ana.list(None).await.cursor;
    let item = reading(&ana, 1, 101, 1234);
    let october = json!({ "read_at": "2026-10-27T09:14:03+10:00", "period": "2026-10" });
    let before = with(&reading(&ana, 3, 102, 1000), october);
    ana.send_items(&[item.clone(), before, reading(&ana, 2, 102, 1300)])
        .await;
    for step in 0..3 {
        if step == 1 {
            ana.send_item(&with(
                &item,
                json!({ "revision": 2, "void": true, "value": null }),
            ))
            .await;
        }
        if step == 2 {
            let change = app.state.store.last_change_seq().await.unwrap() + 1;
            assert_eq!(change, 6);
            app.execute("UPDATE meter_point SET removed_at = 1, changed_seq = 6 WHERE id = 160")
                .await;
            app.execute("UPDATE counter SET value = 6 WHERE name = 'change'")
                .await;
        }
        let delta = ana.list(Some(&cursor)).await;
        assert!(!delta.full && delta.rows.len() <= 2, "{}", delta.rows.len());
        cursor = delta.cursor.clone();
        for id in &delta.removed {
            held.remove(id);
        }
        held.extend(by_id(delta));
        assert_eq!(held, by_id(ana.list(None).await));
    }
    assert_eq!(held.len(), 60);
    assert!(held["101"].latest.is_none(), "a void leaves nothing official");
    let latest = held["102"].latest.as_ref().unwrap();
    assert_eq!(
        (latest.value.as_str(), latest.read_at.as_str()),
        ("1300", "2026-11-27T09:14:03+10:00")
    );
    assert_eq!(
        (held["102"].consumption.as_deref(), held["102"].official.len()),
        (Some("300"), 2)
    );
}

async fn a_cursor_of_another_life_or_assignment_replaces_the_list(app: TestApp) {
    let ana = app.technician("ana").await;
    ana.send_item(&reading(&ana, 1, 101, 1234)).await;
    let cursor = ana.list(None).await.cursor;
    assert!(!ana.list(Some(&cursor)).await.full);
    let (rest, number) = cursor.rsplit_once('.').unwrap();
    let ahead = format!("{rest}.{}", number.parse::<i64>().unwrap() + 1);
    let (_, of_this_life) = cursor.split_once('.').unwrap();
    let of_another_life = format!("0.{of_this_life}");
    for stale in [ahead.as_str(), of_another_life.as_str(), "", "x", "a.b.c"] {
        let list = ana.list(Some(stale)).await;
        assert!(list.full && list.rows.len() == 61, "{stale}");
    }
    app.execute("UPDATE account SET all_properties = 0").await;
    app.execute("INSERT INTO account_property (account_id, property_id) SELECT id, 2 FROM account")
        .await;
    let list = ana.list(Some(&cursor)).await;
    assert!(list.full && list.rows.len() == 1);
}

async fn an_unchanged_list_is_not_sent_again(app: TestApp) {
    let ana = app.technician("ana").await;
    let first = ana.get("/api/latest-tenant-readings", &[]).await;
    let tag = first.headers[header::ETAG].to_str().unwrap().to_owned();
    let again = ana
        .get("/api/latest-tenant-readings", &[("if-none-match", &tag)])
        .await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    ana.send_item(&reading(&ana, 1, 101, 1234)).await;
    let changed = ana
        .get("/api/latest-tenant-readings", &[("if-none-match", &tag)])
        .await;
    assert_eq!(changed.status, StatusCode::OK);
}

async fn decisions_travel_to_the_person_who_read(app: TestApp) {
    let (ana, ben) = (app.technician("ana").await, app.technician("ben").await);
    let verdict = ana.send_item(&reading(&ana, 1, 101, 1234)).await;
    let cursor = ana.list(None).await.cursor;
    app.execute(
        "UPDATE item SET state = 'sent_back', decided_by = 'rita', decided_at = 1795741200000,
            decision_reason = 'blurred', updated_seq = 2",
    )
    .await;
    app.execute("UPDATE counter SET value = 2 WHERE name = 'change'")
        .await;
    for list in [ana.list(Some(&cursor)).await, ana.list(None).await] {
        let decision = &list.decisions[0];
        assert_eq!((decision.id, decision.state.as_str()), (verdict.id, "sent_back"));
        assert_eq!(
            (decision.by.as_str(), decision.reason.as_deref()),
            ("rita", Some("blurred"))
        );
    }
    assert!(ben.list(None).await.decisions.is_empty());
}

async fn statistics_count_the_last_twelve_months(app: TestApp) {
    let ana = app.technician("ana").await;
    app.set_clock("2026-11-30T10:00:00+10:00");
    let items: Vec<_> = (0..14_u64)
        .map(|index| {
            let (year, month) = (2025 + (index + 9) / 12, (index + 9) % 12 + 1);
            let changes = json!({
                "read_at": format!("{year}-{month:02}-10T09:00:00+10:00"), "period": format!("{year}-{month:02}"),
            });
            with(&reading(&ana, index + 1, 101, 1000 + 30 * index), changes)
        })
        .collect();
    ana.send_items(&items).await;
    let list = ana.list(None).await;
    let row = list.rows.iter().find(|row| row.unit_no == "101").unwrap();
    assert_eq!(row.statistics.readings, 12);
    // 330 in the 334 days from 2025-12-10 to 2026-11-10 (335 days).
    assert_eq!(row.statistics.mean_per_day_micro, 985_075);
    assert_eq!(
        row.official
            .iter()
            .map(|it| it.period.as_str())
            .collect::<Vec<_>>(),
        ["2026-09", "2026-10", "2026-11"]
    );
}

async fn listeners_are_told_what_arrives_in_commit_order(app: TestApp) {
    let ana = app.technician("ana").await;
    let (_, mut events) = app.state.events.listen(None);
    ana.send_items(&[reading(&ana, 1, 101, 1234), reading(&ana, 2, 102, 1234)])
        .await;
    ana.send_item(&reading(&ana, 3, 103, 1234)).await;
    let mut told = Vec::new();
    while told.len() < 3 {
        let event = events.recv().await.unwrap();
        let text = serde_json::to_value(&*event.event).unwrap();
        told.push((event.seq, text["row"]["unit_no"].as_str().unwrap().to_owned()));
    }
    assert_eq!(told, [(1, "101".into()), (2, "102".into()), (3, "103".into())]);
}

fn by_id(list: RoundList) -> BTreeMap<String, MeterPointRow> {
    list.rows.into_iter().map(|row| (row.id.clone(), row)).collect()
}
