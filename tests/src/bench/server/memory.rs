//! How much memory the server takes with a large portfolio, and how long its import takes.

use std::fs;
use std::time::Instant;

use anyhow::{Context, Result};

use super::bodies::Bodies;
use super::caller::{Caller, PASSWORD};
use super::import::Import;
use super::load::{Target, post_all};
use super::portfolio::Portfolio;
use super::process::{forget_peak, memory};
use super::say;
use super::seed::{first_period, process_id};
use crate::bench::figures::{Spread, short};
use crate::server::Server;

/// Readings that come in while lists are read.
const READINGS_IN_USE: usize = 10_000;
const BATCH_ITEMS: usize = 250;
const CONNECTIONS: usize = 4;
const OFFICE_PAGES: [&str; 5] = [
    "/api/readings?limit=100",
    "/api/readings?limit=500&property=GC%20A",
    "/api/readings?limit=100&state=received&source=import",
    "/api/readings?limit=100&technician=ana&property=PLZ",
    "/api/readings?limit=100&q=Tenant%20777",
];

/// Measures and gives the section's part.
pub(super) async fn measure(rounds: usize) -> Result<String> {
    let mut server = Server::new()?;
    let folder = server.folder().join("portfolio");
    say("writing the large portfolio");
    Portfolio::large().write(&folder)?;
    let import = Import::run(&server, &folder)?;
    fs::remove_dir_all(&folder)?;
    server.add_user("ana", "technician", PASSWORD)?;
    server.add_user("rita", "reviewer", PASSWORD)?;
    let mut rest_mb = Vec::new();
    let mut in_use = Vec::new();
    for round in 0..rounds {
        server.start().await?;
        rest_mb.push(memory(process_id(&server)?)?.resident_mb);
        let used = use_it(&server, round).await?;
        say(&format!(
            "round {}: {:.0} MB at rest, {:.0} MB at most in use",
            round + 1,
            rest_mb[round],
            used.peak_mb
        ));
        in_use.push(used);
        server.kill()?;
    }
    let database_mb = fs::metadata(server.database())?.len() as f64 / 1e6;
    Ok(text(&import, database_mb, rest_mb, &in_use))
}

struct InUse {
    peak_mb: f64,
    after_mb: f64,
    list_s: f64,
    list_mb: f64,
    slowest_page_s: f64,
    rows_per_s: f64,
}

/// A technician fetches the whole list, the office turns pages, and batches come in, all at once.
async fn use_it(server: &Server, round: usize) -> Result<InUse> {
    let ana = Caller::sign_in(&server.url(), "ana").await?;
    let rita = Caller::sign_in(&server.url(), "rita").await?;
    let points = ana.points().await?;
    let of_round = points
        .chunks(READINGS_IN_USE)
        .nth(round)
        .context("meter points for one more round")?;
    let bodies = Bodies::new(
        of_round,
        &ana.session,
        first_period(),
        of_round.len(),
        BATCH_ITEMS,
    )?;
    let target = Target {
        address: server.address(),
        cookie: ana.cookie.clone(),
    };
    let process = process_id(server)?;
    forget_peak(process)?;
    let (list, pages, run) = tokio::try_join!(
        ana.whole_list(),
        slowest_page(&rita),
        post_all(&target, &bodies, CONNECTIONS)
    )?;
    let after = memory(process)?;
    Ok(InUse {
        peak_mb: after.peak_mb,
        after_mb: after.resident_mb,
        list_s: list.0,
        list_mb: list.1,
        slowest_page_s: pages,
        rows_per_s: of_round.len() as f64 / run.elapsed.as_secs_f64(),
    })
}

async fn slowest_page(caller: &Caller) -> Result<f64> {
    let mut slowest_s: f64 = 0.0;
    for page in OFFICE_PAGES {
        let began = Instant::now();
        caller.get(page).await?;
        let seconds = began.elapsed().as_secs_f64();
        slowest_s = slowest_s.max(seconds);
        say(&format!("  {page}: {:.0} ms", seconds * 1_000.0));
    }
    Ok(slowest_s)
}

fn text(import: &Import, database_mb: f64, rest_mb: Vec<f64>, in_use: &[InUse]) -> String {
    let of = |figure: fn(&InUse) -> f64| Spread::of(in_use.iter().map(figure));
    format!(
        "### Memory, {points} meter points, {months} months ({readings} readings), SQLite\n\n\
         | what | figure | aim |\n|---|---|---|\n\
         | resident after the start, MB | {rest} | under 150 |\n\
         | peak resident in use, MB | {peak} | under 300 |\n\
         | resident after use, MB | {after} | |\n\
         | whole list for a technician of all properties, s | {list_s} | |\n\
         | its size, MB | {list_mb} | |\n\
         | slowest of {pages} pages of the office's list, s | {page} | |\n\
         | readings that came in meanwhile, rows/s | {rows} | |\n\
         | import into an empty database (once), s | {import_s} | |\n\
         | peak resident of the import (once), MB | {import_mb} | |\n\
         | database file, MB | {database} | |\n\n\
         In use: the whole list is fetched, the office turns pages, and {READINGS_IN_USE} readings come in over \
         {CONNECTIONS} connections, all at once. The peak is `VmHWM` of that time, MB are millions of bytes.\n",
        months = Portfolio::large().months,
        points = short(import.meter_points as f64),
        readings = short(import.readings as f64),
        rest = Spread::of(rest_mb),
        peak = of(|it| it.peak_mb),
        after = of(|it| it.after_mb),
        list_s = of(|it| it.list_s),
        list_mb = of(|it| it.list_mb),
        pages = OFFICE_PAGES.len(),
        page = of(|it| it.slowest_page_s),
        rows = of(|it| it.rows_per_s),
        import_s = short(import.seconds),
        import_mb = short(import.peak_mb),
        database = short(database_mb),
    )
}
