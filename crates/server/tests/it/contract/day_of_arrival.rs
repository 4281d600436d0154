//! What arrived in a span of time: the list has just that, however its clocks went, and the first page counts as many.

use serde_json::json;
use shared::timestamp::Timestamp;
use shared::wire::dashboard::Arrivals;
use shared::wire::office::{ReadingRow, ReadingsPage};
use shared::wire::session::RoleName;

use super::contract;
use crate::util::items::{reading, with};
use crate::util::{Caller, TestApp};

contract!(
    what_arrived_in_a_span_is_listed_and_nothing_else,
    the_first_page_counts_what_its_link_lists,
    a_span_that_is_no_moment_is_refused,
);

/// 2026-11-27T00:00:00Z.
const MIDNIGHT_MS: i64 = 1_795_737_600_000;
const HOUR_MS: i64 = 3_600_000;

async fn page(office: &Caller, query: &str) -> ReadingsPage {
    let answer = office.get(&format!("/api/readings?{query}"), &[]).await;
    let page: ReadingsPage = answer.json();
    assert_eq!(page.total, i64::try_from(page.rows.len()).unwrap(), "{query}");
    page
}

fn span(from_ms: i64, until_ms: i64) -> String {
    let moment = |ms| Timestamp::from_ms(ms).to_rfc3339();
    format!(
        "arrived_from={}&arrived_until={}",
        moment(from_ms),
        moment(until_ms)
    )
}

fn units(rows: &[ReadingRow]) -> Vec<&str> {
    let mut units: Vec<&str> = rows.iter().map(|it| it.unit_no.as_str()).collect();
    units.sort_unstable();
    units
}

/// Thirty readings around a midnight, a quarter of an hour apart; each third was written a good half hour after it came.
async fn thirty(app: &TestApp, ana: &Caller) {
    for seq in 1..=30 {
        let unit = u32::try_from(seq).unwrap() + 100;
        ana.send_item(&reading(ana, seq, unit, 1234)).await;
    }
    app.execute(
        "UPDATE item SET received_at = 1795737600000 + (device_seq - 15) * 900000
            - CASE WHEN device_seq % 3 = 0 THEN 2000000 ELSE 0 END",
    )
    .await;
}

fn arrived_at(seq: i64) -> i64 {
    let late = if seq % 3 == 0 { 2_000_000 } else { 0 };
    MIDNIGHT_MS + (seq - 15) * 900_000 - late
}

async fn what_arrived_in_a_span_is_listed_and_nothing_else(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    let nothing = page(&rita, &span(0, MIDNIGHT_MS)).await;
    assert_eq!(nothing.total, 0);
    thirty(&app, &ana).await;
    for hour in -6..=6 {
        let (from, until) = (MIDNIGHT_MS + hour * HOUR_MS, MIDNIGHT_MS + (hour + 2) * HOUR_MS);
        let within = (1..=30).filter(|seq| (from..until).contains(&arrived_at(*seq)));
        let expected: Vec<String> = within.map(|seq| (100 + seq).to_string()).collect();
        let found = page(&rita, &span(from, until)).await;
        assert_eq!(units(&found.rows), expected, "{hour}");
        let of_ana = page(
            &rita,
            &format!("{}&technician=ana&source=phone", span(from, until)),
        )
        .await;
        assert_eq!(units(&of_ana.rows), expected, "{hour}");
    }
    // The pages of a span hang together, and open ends are open.
    let all = page(&rita, &span(0, i64::from(u32::MAX) * 1_000)).await;
    assert_eq!(all.total, 30);
    let query = format!(
        "arrived_from={}&limit=7",
        Timestamp::from_ms(MIDNIGHT_MS).to_rfc3339()
    );
    let first: ReadingsPage = rita.get(&format!("/api/readings?{query}"), &[]).await.json();
    let next = first.next.unwrap();
    let second: ReadingsPage = rita
        .get(&format!("/api/readings?{query}&after={next}"), &[])
        .await
        .json();
    let until = format!("arrived_until={}", Timestamp::from_ms(MIDNIGHT_MS).to_rfc3339());
    assert_eq!((first.total, second.total), (first.total, first.total));
    assert_eq!(first.total + page(&rita, &until).await.total, 30);
    assert!(second.rows[0].receipt_seq < first.rows[6].receipt_seq);
}

async fn the_first_page_counts_what_its_link_lists(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    app.account("hugo", RoleName::Reviewer, &["HV"]).await;
    let hugo = app.sign_in("hugo").await;
    thirty(&app, &ana).await;
    // Two rows, a label that nobody knows, an edit and a reading of the office.
    let exchange = json!({ "value": null, "exchange": [
        { "kind": "meter_removed", "meter_serial": "E140", "value": "1100" },
        { "kind": "meter_installed", "meter_serial": "N140", "value": "3" },
    ] });
    let unknown = json!({
        "property_code": null, "unit_no": null, "meter_serial": null, "utility": null, "label_text": "GCX|7",
    });
    let edited = reading(&ana, 33, 142, 1234);
    ana.send_items(&[
        with(&reading(&ana, 31, 140, 0), exchange),
        with(&reading(&ana, 32, 141, 7), unknown),
        edited.clone(),
    ])
    .await;
    let revision = json!({ "revision": 2, "device_seq": 34, "value": "1240" });
    ana.send_item(&with(&edited, revision)).await;
    app.execute("UPDATE item SET source = 'office' WHERE device_seq = 29")
        .await;
    for hour in -8..=8 {
        let since = Timestamp::from_ms(MIDNIGHT_MS + hour * HOUR_MS).to_rfc3339();
        for office in [&rita, &hugo] {
            let counted: Arrivals = office
                .get(&format!("/api/arrivals?since={since}"), &[])
                .await
                .json();
            let listed = page(office, &format!("source=phone&arrived_from={since}")).await;
            assert_eq!(counted.count, listed.total, "{since}");
        }
    }
    let counted: Arrivals = rita
        .get("/api/arrivals?since=2026-01-01T00:00:00Z", &[])
        .await
        .json();
    assert_eq!(counted.count, 33);
}

async fn a_span_that_is_no_moment_is_refused(app: TestApp) {
    let rita = app.reviewer("rita").await;
    for query in ["arrived_from=today", "arrived_until=2026-11-27"] {
        let answer = rita.get(&format!("/api/readings?{query}"), &[]).await;
        assert_eq!(answer.status, axum::http::StatusCode::BAD_REQUEST, "{query}");
    }
}
