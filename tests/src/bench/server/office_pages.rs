//! How long the office's pages take at the server, on years of history and with nothing else to do.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use shared::period::Period;
use shared::timestamp::Timestamp;

use super::caller::Caller;
use super::say;
use crate::bench::figures::percentile;

/// Requests of each page: the first, then further and further into the list, where it has pages.
pub(super) const REQUESTS: usize = 40;
/// The aim of the issue that asked for the pages: p95.
pub(super) const AIM_MS: f64 = 100.0;

/// What is asked for, and what a reader of the table calls it.
const PAGES: [(&str, &str); 35] = [
    ("readings, newest first", "/api/readings?limit=100"),
    ("readings of a property", "/api/readings?property={property}"),
    ("readings of a month", "/api/readings?period={period}"),
    (
        "readings of a month and property",
        "/api/readings?period={period}&property={property}",
    ),
    (
        "readings of a month and technician",
        "/api/readings?period={period}&technician=ana",
    ),
    ("readings of a technician", "/api/readings?technician=ana"),
    ("approved readings", "/api/readings?state=approved"),
    ("flagged readings", "/api/readings?flag=any"),
    ("readings that were flagged as high", "/api/readings?flag=high"),
    ("imported readings", "/api/readings?source=import"),
    ("readings of phones", "/api/readings?source=phone"),
    ("skips", "/api/readings?skip=any"),
    ("moves", "/api/readings?kind=move"),
    ("readings with photos", "/api/readings?photo=any"),
    ("readings of a unit number", "/api/readings?unit=1101"),
    ("readings by free text: a name", "/api/readings?q=Tenant%20777"),
    ("readings by free text: a serial", "/api/readings?q=E00000777"),
    ("conflicts", "/api/conflicts"),
    ("inbox", "/api/inbox"),
    ("missing", "/api/missing?property={property}&period={period}"),
    ("labels", "/api/labels"),
    ("labels of a property", "/api/labels?property={property}"),
    ("periods", "/api/periods?period={period}"),
    ("one period", "/api/periods/{property}/{period}"),
    ("what came late", "/api/periods/{property}/{period}/late"),
    ("search for a meter point", "/api/meter-points?q=77"),
    ("properties", "/api/portfolio/properties"),
    ("units of a property", "/api/portfolio/units?property={property}"),
    ("units by a serial", "/api/portfolio/units?q=E0000077"),
    ("units by a tenant", "/api/portfolio/units?q=Tenant%20777"),
    ("people", "/api/people"),
    ("audit", "/api/audit"),
    ("what arrived today", "/api/arrivals?since={today}"),
    (
        "consumption",
        "/api/consumption?property={property}&period={period}",
    ),
    (
        "chart of consumption",
        "/api/consumption/chart.svg?property={property}&period={period}&utility=electricity",
    ),
];

/// One page as the server answered it.
pub(super) struct Page {
    pub(super) name: &'static str,
    pub(super) median_ms: f64,
    pub(super) p95_ms: f64,
}

impl Page {
    pub(super) fn reached(&self) -> bool {
        self.p95_ms <= AIM_MS
    }
}

/// Asks for each page. `property` and `period` have readings.
pub(super) async fn measure(olga: &Caller, property: &str, period: Period) -> Result<Vec<Page>> {
    let today = Timestamp::from_ms(jiff::Timestamp::now().as_millisecond()).to_rfc3339();
    let mut pages = Vec::with_capacity(PAGES.len());
    for (name, path) in PAGES {
        let path = path
            .replace("{property}", property)
            .replace("{period}", &period.to_string())
            .replace("{today}", &today);
        let mut times_ms = times(olga, &path).await.with_context(|| path.clone())?;
        times_ms.sort_by(f64::total_cmp);
        let page = Page {
            name,
            median_ms: percentile(&times_ms, 0.5),
            p95_ms: percentile(&times_ms, 0.95),
        };
        say(&format!("  {name}: p95 {:.1} ms", page.p95_ms));
        pages.push(page);
    }
    Ok(pages)
}

async fn times(caller: &Caller, path: &str) -> Result<Vec<f64>> {
    let mut times_ms = Vec::with_capacity(REQUESTS);
    let mut after = None;
    for _ in 0..REQUESTS {
        let url = match &after {
            Some(after) if path.contains('?') => format!("{path}&after={after}"),
            Some(after) => format!("{path}?after={after}"),
            None => path.to_owned(),
        };
        let began = Instant::now();
        let body = caller.get(&url).await?;
        times_ms.push(began.elapsed().as_secs_f64() * 1_000.0);
        // A chart and a file have no next page.
        let page: Value = serde_json::from_slice(&body).unwrap_or_default();
        after = page.get("next").and_then(Value::as_str).map(str::to_owned);
    }
    ensure!(times_ms.len() == REQUESTS, "{} requests", times_ms.len());
    Ok(times_ms)
}
