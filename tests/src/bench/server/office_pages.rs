//! How long the office's pages take at the server, on years of history and with nothing else to do.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::caller::{Caller, PASSWORD};
use super::say;
use crate::bench::figures::short;
use crate::server::Server;

/// Requests of each page: the first, then further and further into the list, where it has pages.
const REQUESTS: usize = 40;
/// The aim of the issue that asked for the pages: p95.
const AIM_MS: f64 = 100.0;

/// What is asked for, and what a reader of the table calls it.
const PAGES: [(&str, &str); 24] = [
    ("readings, newest first", "/api/readings?limit=100"),
    ("readings of a property", "/api/readings?property=GC%20A"),
    ("readings of a month", "/api/readings?period={period}"),
    (
        "readings of a month and property",
        "/api/readings?period={period}&property=GC%20A",
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
    ("missing", "/api/missing?property=GC%20A&period={period}"),
    ("labels", "/api/labels"),
    ("labels of a property", "/api/labels?property=GC%20A"),
    ("periods", "/api/periods?period={period}"),
    ("search for a meter point", "/api/meter-points?q=77"),
];

/// Asks for each page, and gives the section's part.
pub(super) async fn measure(server: &Server, period: &str, readings: usize) -> Result<String> {
    server.add_user("olga", "admin", PASSWORD)?;
    let olga = Caller::sign_in(&server.url(), "olga").await?;
    let mut text = format!(
        "### Pages of the office, {} readings, SQLite\n\nMilliseconds until the whole answer is there, {REQUESTS} requests of each \
         page one after the other: the first page, then each next one as far as there are any, then from the beginning. \
         Aim: p95 under {AIM_MS} ms.\n\n| page | median | p95 | most | |\n|---|---:|---:|---:|---|\n",
        short(readings as f64)
    );
    for (name, path) in PAGES {
        let path = path.replace("{period}", period);
        let mut times_ms = times(&olga, &path).await.with_context(|| path.clone())?;
        times_ms.sort_by(f64::total_cmp);
        let at = |share: f64| times_ms[((times_ms.len() - 1) as f64 * share).round() as usize];
        let p95 = at(0.95);
        let verdict = if p95 <= AIM_MS { "reached" } else { "missed" };
        say(&format!("  {name}: p95 {p95:.1} ms"));
        text.push_str(&format!(
            "| {name} | {} | {} | {} | {verdict} |\n",
            short(at(0.5)),
            short(p95),
            short(at(1.0))
        ));
    }
    Ok(text)
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
        let page: Value = serde_json::from_slice(&body)?;
        after = page.get("next").and_then(Value::as_str).map(str::to_owned);
    }
    ensure!(times_ms.len() == REQUESTS, "{} requests", times_ms.len());
    Ok(times_ms)
}
