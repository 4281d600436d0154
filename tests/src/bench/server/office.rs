//! The office on years of history, on both databases: the import, each page, and the server's memory meanwhile.

use std::path::Path;

use anyhow::{Context, Result};
use shared::period::Period;
use shared::wire::office::ReadingsPage;

use super::bodies::Bodies;
use super::caller::{Caller, PASSWORD};
use super::import::Import;
use super::load::{Target, post_all};
use super::office_pages::{self, AIM_MS, Page, REQUESTS};
use super::portfolio::Portfolio;
use super::postgres::empty_database;
use super::process::{forget_peak, memory};
use super::say;
use super::seed::{first_period, process_id};
use crate::bench::figures::short;
use crate::server::Server;

/// Readings that phones send beside what was imported.
const READINGS_OF_PHONES: usize = 10_000;
const BATCH_ITEMS: usize = 250;
const CONNECTIONS: usize = 4;

/// One database.
struct Side {
    name: &'static str,
    import: Import,
    pages: Vec<Page>,
    list_s: f64,
    peak_mb: f64,
}

/// Measures and gives the section's part. `folder`: import files of somebody's own, to which no phone adds anything.
pub(super) async fn measure(postgres_url: Option<&str>, folder: Option<&Path>) -> Result<String> {
    let own = Server::new()?;
    let files = match folder {
        Some(folder) => folder.to_path_buf(),
        None => {
            let files = own.folder().join("portfolio");
            say("writing the large portfolio");
            Portfolio::large().write(&files)?;
            files
        }
    };
    let mut sides = vec![side("SQLite", Server::new()?, &files, folder.is_none()).await?];
    if let Some(url) = postgres_url {
        let mut server = Server::new()?;
        server.set_database_url(&empty_database(url, "bench_office").await?);
        sides.push(side("PostgreSQL", server, &files, folder.is_none()).await?);
    }
    Ok(text(&sides))
}

async fn side(name: &'static str, mut server: Server, files: &Path, with_phones: bool) -> Result<Side> {
    say(name);
    let import = Import::run(&server, files)?;
    server.add_user("ana", "technician", PASSWORD)?;
    server.add_user("olga", "admin", PASSWORD)?;
    server.start().await?;
    let olga = Caller::sign_in(&server.url(), "olga").await?;
    let (property, period) = last_imported(&olga).await?;
    if with_phones {
        send(&server).await?;
    }
    // What was started for the sending is not the office's.
    server.kill()?;
    server.start().await?;
    let process = process_id(&server)?;
    forget_peak(process)?;
    let pages = office_pages::measure(&olga, &property, period).await?;
    let ana = Caller::sign_in(&server.url(), "ana").await?;
    let (list_s, _) = ana.whole_list().await?;
    let side = Side {
        name,
        import,
        pages,
        list_s,
        peak_mb: memory(process)?.peak_mb,
    };
    server.kill()?;
    Ok(side)
}

/// A property and a month that have readings.
async fn last_imported(olga: &Caller) -> Result<(String, Period)> {
    let page: ReadingsPage = serde_json::from_slice(&olga.get("/api/readings?limit=1").await?)?;
    let newest = page.rows.first().context("a reading")?;
    let period = Period::parse(&newest.period);
    Ok((
        newest.property_code.replace(' ', "%20"),
        period.context("a month")?,
    ))
}

async fn send(server: &Server) -> Result<()> {
    let ana = Caller::sign_in(&server.url(), "ana").await?;
    let points = ana.points().await?;
    let points = points.get(..READINGS_OF_PHONES).context("meter points")?;
    let bodies = Bodies::new(points, &ana.session, first_period(), points.len(), BATCH_ITEMS)?;
    let target = Target {
        address: server.address(),
        cookie: ana.cookie.clone(),
    };
    post_all(&target, &bodies, CONNECTIONS).await?;
    Ok(())
}

fn text(sides: &[Side]) -> String {
    let columns = |of: &dyn Fn(&Side) -> String| sides.iter().map(of).collect::<Vec<_>>().join(" | ");
    let names = columns(&|side| side.name.to_owned());
    let (points, readings) = sides
        .first()
        .map_or((0, 0), |it| (it.import.meter_points, it.import.readings));
    let mut text = format!(
        "### The office on {} meter points and {} readings\n\n| what | {names} | aim |\n|---|{}---|\n",
        short(points as f64),
        short(readings as f64),
        "---:|".repeat(sides.len())
    );
    let mut row = |what: &str, of: &dyn Fn(&Side) -> String, aim: &str| {
        text.push_str(&format!("| {what} | {} | {aim} |\n", columns(of)));
    };
    row(
        "import into an empty database, s",
        &|it| short(it.import.seconds),
        "under 120",
    );
    row(
        "peak resident of the import, MB",
        &|it| short(it.import.peak_mb),
        "",
    );
    row(
        "peak resident of the server meanwhile, MB",
        &|it| short(it.peak_mb),
        "under 300",
    );
    row(
        "whole list for a technician of all properties, s",
        &|it| short(it.list_s),
        "",
    );
    text.push_str(&format!(
        "\nOnce. Milliseconds until the whole answer of a page is there, median and p95 of {REQUESTS} requests one after the other: the \
         first page, then each next one as far as there are any, then from the beginning. Aim: p95 under {AIM_MS} ms.\n\n\
         | page | {} |\n|---|{}\n",
        columns(&|side| format!("{0}, median | {0}, p95", side.name)),
        "---:|---:|".repeat(sides.len())
    ));
    let pages = sides.first().map_or(&[][..], |it| &it.pages);
    for (index, page) in pages.iter().enumerate() {
        let figures = columns(&|side| side.pages.get(index).map(figures_of).unwrap_or_default());
        text.push_str(&format!("| {} | {figures} |\n", page.name));
    }
    text
}

fn figures_of(page: &Page) -> String {
    let verdict = if page.reached() { "" } else { " (missed)" };
    format!("{} | {}{verdict}", short(page.median_ms), short(page.p95_ms))
}
