//! The office's first page: what a property used, and what arrived today.

use axum::http::{StatusCode, header};
use serde_json::json;
use shared::wire::dashboard::{Arrivals, Consumption, MonthConsumption};
use shared::wire::receipt::VerdictName;
use shared::wire::session::RoleName;

use super::contract;
use crate::util::items::{reading, with};
use crate::util::{Caller, TestApp};

contract!(
    consumption_is_the_exact_sum_of_official_values_of_thirteen_months,
    sums_beyond_a_register_do_not_overflow,
    a_chart_is_a_picture_in_the_colours_that_are_asked_for,
    nobody_sees_the_consumption_of_a_property_that_is_not_theirs,
    what_arrived_from_phones_since_a_moment_is_counted_for_the_callers_properties,
);

const GARDEN: &str = "/api/consumption?property=gc+a&period=2026-11";

async fn consumption(office: &Caller, path: &str) -> Consumption {
    let answer = office.get(path, &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

fn month(period: &str, consumption: &str, values: i64) -> MonthConsumption {
    MonthConsumption {
        period: period.into(),
        consumption: Some(consumption.into()),
        values,
    }
}

/// Two meters in two months: 101 used 137 and then 13, 102 used 200 after its first reading.
async fn reads(app: &TestApp) -> Caller {
    let ana = app.technician("ana").await;
    let october = json!({ "read_at": "2026-10-27T09:14:03+10:00", "period": "2026-10" });
    let september = json!({ "read_at": "2026-09-27T09:14:03+10:00", "period": "2026-09" });
    ana.send_item(&with(&reading(&ana, 1, 101, 1100), september))
        .await;
    ana.send_item(&with(&reading(&ana, 2, 101, 1237), october.clone()))
        .await;
    ana.send_item(&with(&reading(&ana, 3, 102, 1100), october)).await;
    ana.send_item(&reading(&ana, 4, 101, 1250)).await;
    ana.send_item(&reading(&ana, 5, 102, 1300)).await;
    ana
}

async fn consumption_is_the_exact_sum_of_official_values_of_thirteen_months(app: TestApp) {
    let (ana, rita) = (reads(&app).await, app.reviewer("rita").await);
    // Two values for one month are in conflict: the second one does not count.
    ana.send_item(&reading(&ana, 6, 102, 4000)).await;
    // What a check finds used is used once, and the next regular reading has it.
    let check = json!({ "kind": "check", "read_at": "2026-11-27T09:16:00+10:00" });
    assert_eq!(
        ana.send_item(&with(&reading(&ana, 7, 101, 1260), check))
            .await
            .verdict,
        VerdictName::Accepted
    );
    let used = "SELECT CAST(consumption_micro / 1000000 AS TEXT) FROM item WHERE kind = 'check'";
    assert_eq!(app.texts(used).await, ["10"]);
    let found = consumption(&rita, GARDEN).await;
    assert_eq!(
        (found.property.as_str(), found.period.as_str()),
        ("GC A", "2026-11")
    );
    assert_eq!(found.utilities.len(), 1);
    let electricity = &found.utilities[0];
    assert_eq!(electricity.utility, "electricity");
    let months = &electricity.months;
    assert_eq!((months.len(), months[0].period.as_str()), (13, "2025-11"));
    assert_eq!(months[11], month("2026-10", "137", 1));
    assert_eq!(months[12], month("2026-11", "213", 2));
    // A first reading has no consumption, and a month without values says so.
    assert!(
        months[..11]
            .iter()
            .all(|it| it.consumption.is_none() && it.values == 0)
    );
    let earlier = consumption(&rita, "/api/consumption?property=GC+A&period=2026-10").await;
    assert_eq!(earlier.utilities[0].months[12], month("2026-10", "137", 1));
    let bad = rita
        .get("/api/consumption?property=GC+A&period=November", &[])
        .await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
}

async fn sums_beyond_a_register_do_not_overflow(app: TestApp) {
    let (_, rita) = (reads(&app).await, app.reviewer("rita").await);
    app.execute("UPDATE item SET consumption_micro = 9000000000000000001 WHERE period = '2026-11'")
        .await;
    let found = consumption(&rita, GARDEN).await;
    assert_eq!(
        found.utilities[0].months[12],
        month("2026-11", "18000000000000.000002", 2)
    );
}

async fn a_chart_is_a_picture_in_the_colours_that_are_asked_for(app: TestApp) {
    let (_, rita) = (reads(&app).await, app.reviewer("rita").await);
    let chart = "/api/consumption/chart.svg?property=GC+A&period=2026-11";
    for (look, strong) in [("light", "#0B6668"), ("dark", "#52C5C1"), ("sunlight", "#003E40")] {
        let answer = rita
            .get(&format!("{chart}&utility=electricity&look={look}"), &[])
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(answer.headers[header::CONTENT_TYPE], "image/svg+xml");
        assert!(
            answer.headers[header::CONTENT_SECURITY_POLICY]
                .to_str()
                .unwrap()
                .contains("default-src 'none'")
        );
        let svg = answer.text();
        assert_eq!(svg.matches(strong).count(), 1, "one month is strong: {svg}");
    }
    let other = rita.get(&format!("{chart}&utility=water"), &[]).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    let look = rita
        .get(&format!("{chart}&utility=electricity&look=pink"), &[])
        .await;
    assert_eq!(look.status, StatusCode::BAD_REQUEST);
}

async fn nobody_sees_the_consumption_of_a_property_that_is_not_theirs(app: TestApp) {
    let ana = reads(&app).await;
    app.account("hugo", RoleName::Reviewer, &["HV"]).await;
    let hugo = app.sign_in("hugo").await;
    for path in [
        GARDEN,
        "/api/consumption/chart.svg?property=GC+A&period=2026-11&utility=electricity",
    ] {
        assert_eq!(hugo.get(path, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(ana.get(path, &[]).await.status, StatusCode::FORBIDDEN);
    }
    let arrivals = ana.get("/api/arrivals?since=2026-11-27T00:00:00Z", &[]).await;
    assert_eq!(arrivals.status, StatusCode::FORBIDDEN);
}

async fn what_arrived_from_phones_since_a_moment_is_counted_for_the_callers_properties(app: TestApp) {
    let (_, rita) = (reads(&app).await, app.reviewer("rita").await);
    app.account("hugo", RoleName::Reviewer, &["HV"]).await;
    let hugo = app.sign_in("hugo").await;
    app.execute("UPDATE item SET received_at = 0 WHERE device_seq = 1")
        .await;
    app.execute("UPDATE item SET source = 'office' WHERE device_seq = 2")
        .await;
    let since = "/api/arrivals?since=2026-01-01T00:00:00Z";
    let count = async |office: &Caller, path: &str| office.get(path, &[]).await.json::<Arrivals>().count;
    assert_eq!(count(&rita, since).await, 3);
    assert_eq!(count(&hugo, since).await, 0);
    assert_eq!(count(&rita, "/api/arrivals?since=2099-01-01T00:00:00Z").await, 0);
    let bad = rita.get("/api/arrivals?since=today", &[]).await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
}
