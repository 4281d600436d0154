//! Which meter points a period counts: those where a meter sits on one of its days.

use serde_json::json;
use shared::wire::periods::PeriodDetail;

use super::contract;
use crate::util::items::{reading, with};
use crate::util::{Caller, TestApp};

contract!(
    a_period_counts_a_meter_point_while_a_meter_sits_there_and_what_it_holds_with_it,
    a_meter_that_is_moved_counts_where_it_sits,
);

/// Meter points and those that were read, of the property `HV`.
async fn counted(rita: &Caller) -> (u64, u64) {
    let answer = rita.get("/api/periods/HV/2026-11", &[]).await;
    let detail: PeriodDetail = answer.json();
    (detail.summary.counts.points, detail.summary.counts.read)
}

/// One reading has come; who counts.
async fn with_a_reading(app: &TestApp) -> Caller {
    let ana = app.technician("ana").await;
    let place = json!({
        "property_code": "HV", "unit_no": "9", "meter_serial": "E900", "read_at": "2026-11-26T23:14:03+01:00",
    });
    ana.send_item(&with(&reading(&ana, 1, 900, 1234), place)).await;
    app.reviewer("rita").await
}

async fn a_period_counts_a_meter_point_while_a_meter_sits_there_and_what_it_holds_with_it(app: TestApp) {
    let rita = with_a_reading(&app).await;
    assert_eq!(counted(&rita).await, (1, 1));
    for (change, expected) in [
        (
            "UPDATE meter SET removed_on = '2026-10-31' WHERE id = 900",
            (0, 0),
        ),
        // On one day of the month is enough, and two meters are one meter point.
        (
            "UPDATE meter SET removed_on = '2026-11-01' WHERE id = 900",
            (1, 1),
        ),
        (
            "INSERT INTO meter (id, meter_point_id, serial, serial_normal, dials, installed_on)
            VALUES (901, 900, 'E901', 'e901', 5, '2026-11-30')",
            (1, 1),
        ),
        (
            "UPDATE meter SET removed_on = '2026-10-31' WHERE id = 900",
            (1, 1),
        ),
        (
            "UPDATE meter SET installed_on = '2026-12-01' WHERE id = 901",
            (0, 0),
        ),
        ("UPDATE meter SET removed_on = NULL WHERE id = 900", (1, 1)),
        ("UPDATE meter_point SET removed_at = 1 WHERE id = 900", (0, 0)),
    ] {
        app.execute(change).await;
        assert_eq!(counted(&rita).await, expected, "{change}");
    }
}

async fn a_meter_that_is_moved_counts_where_it_sits(app: TestApp) {
    let rita = with_a_reading(&app).await;
    app.execute("UPDATE meter SET meter_point_id = 101 WHERE id = 900")
        .await;
    assert_eq!(counted(&rita).await, (0, 0));
}
