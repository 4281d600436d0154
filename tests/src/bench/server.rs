//! The server: how many readings it makes durable, and how much memory it takes.

mod bodies;
mod caller;
pub mod herd;
mod import;
mod load;
mod memory;
mod office;
mod office_pages;
mod portfolio;
mod postgres;
mod process;
mod report;
mod seed;
mod throughput;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};

pub(in crate::bench) use load::Run;
pub(in crate::bench) use portfolio::Portfolio;

use super::figures;
use super::raw::sqlite::Grouping;
use postgres::PostgresSeed;
use seed::Seed;
use throughput::{Shape, beside_raw};

/// What to measure of the server.
#[derive(Debug, Args)]
pub struct ServerOptions {
    /// Rounds of each measurement
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Only these
    #[arg(long, value_enum)]
    only: Vec<Measurement>,
    /// A PostgreSQL server where databases may be made; left out when absent
    #[arg(long, env = "METERLINE_BENCH_POSTGRES_URL")]
    postgres_url: Option<String>,
    /// Import files for the office's measurement, in place of invented ones
    #[arg(long)]
    portfolio: Option<PathBuf>,
}

/// One measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Measurement {
    Batches,
    OnePhone,
    Singles,
    Small,
    Herd,
    Postgres,
    Memory,
    Office,
}

/// The aim of `performance.md` is ten times this.
const ODK_SUBMISSIONS_PER_S: f64 = 41.2;
const BATCHES: Shape = Shape {
    items: 60_000,
    batch_items: 250,
    connections: 16,
};
/// A phone that drains: one full batch under way at a time.
const ONE_PHONE: Shape = Shape {
    items: 20_000,
    batch_items: 500,
    connections: 1,
};
const SINGLES: Shape = Shape {
    items: 6_400,
    batch_items: 1,
    connections: 64,
};
/// As many connections as a herd has phones, and batches as small as those of bad links.
const SMALL: Shape = Shape {
    items: 60_000,
    batch_items: 10,
    connections: 500,
};

/// A herd takes a quarter of a minute and varies little.
const HERD_ROUNDS_MAX: usize = 3;
/// As many rounds as there are meter points for.
const MEMORY_ROUNDS_MAX: usize = 5;

const ABOUT: &str = "\
{rounds} rounds, ours and raw in turn, each on a fresh copy of one database (5,000 units, 6,250 meter points, 12 months).
Ours: the release process, plain HTTP/1.1 on loopback, connections kept open, bodies made before; a row is a reading that is
judged, written with the text that was sent, committed (WAL, `synchronous=FULL`) and answered by a receipt; that every single
one was accepted is checked afterwards. Raw: the rows that the server wrote, by the same statements with the same settings
from one thread, handed in by as many callers: no HTTP, no JSON, no look-ups, no rules. What makes the load runs on the same
processor as the server; its own share is in the last column. On PostgreSQL the database's own time is not counted.
";

/// Measures and gives the section.
pub fn measure(options: &ServerOptions) -> Result<String> {
    // One thread for the load: it shares the machine with the server.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(section(options))
}

async fn section(options: &ServerOptions) -> Result<String> {
    let wanted = |it: Measurement| options.only.is_empty() || options.only.contains(&it);
    let mut parts = vec![ABOUT.replace("{rounds}", &options.rounds.to_string())];
    let on_seed = [
        Measurement::Batches,
        Measurement::OnePhone,
        Measurement::Singles,
        Measurement::Small,
    ];
    if on_seed.into_iter().any(wanted) {
        say("importing 5,000 units");
        let seed = Seed::new(None).await?;
        if wanted(Measurement::Batches) {
            parts.push(batches(&seed, options.rounds).await?);
        }
        if wanted(Measurement::OnePhone) {
            parts.push(one_phone(&seed, options.rounds).await?);
        }
        if wanted(Measurement::Singles) {
            parts.push(singles(&seed, options.rounds).await?);
        }
        if wanted(Measurement::Small) {
            parts.push(small(&seed, options.rounds).await?);
        }
    }
    if wanted(Measurement::Herd) {
        parts.push(herd::measure(options.rounds.min(HERD_ROUNDS_MAX)).await?);
    }
    if let Some(url) = options
        .postgres_url
        .as_deref()
        .filter(|_| wanted(Measurement::Postgres))
    {
        parts.push(on_postgres(url, options.rounds).await?);
    }
    if wanted(Measurement::Memory) {
        parts.push(memory::measure(options.rounds.min(MEMORY_ROUNDS_MAX)).await?);
    }
    if wanted(Measurement::Office) {
        let folder = options.portfolio.as_deref();
        parts.push(office::measure(options.postgres_url.as_deref(), folder).await?);
    }
    Ok(parts.join("\n"))
}

async fn batches(seed: &Seed, rounds: usize) -> Result<String> {
    say("batches of 250");
    let raw = [("raw SQLite, shared commits", Grouping::Shared)];
    let sides = beside_raw(seed, BATCHES, rounds, &raw).await?;
    let title = "Batches of 250, 16 connections, SQLite";
    Ok(report::table(title, &sides, "Aim: at most 2 times."))
}

/// What a batch takes when nobody else is there: the server's part of a drain.
async fn one_phone(seed: &Seed, rounds: usize) -> Result<String> {
    say("batches of 500, one after the other");
    let raw = [("raw SQLite, a transaction each", Grouping::Alone)];
    let sides = beside_raw(seed, ONE_PHONE, rounds, &raw).await?;
    Ok(report::table(
        "Batches of 500, one connection, SQLite",
        &sides,
        "",
    ))
}

async fn singles(seed: &Seed, rounds: usize) -> Result<String> {
    say("single readings");
    let raw = [
        ("raw SQLite, a transaction each", Grouping::Alone),
        ("raw SQLite, shared commits", Grouping::Shared),
    ];
    let sides = beside_raw(seed, SINGLES, rounds, &raw).await?;
    let title = "Single readings, 64 connections, SQLite";
    Ok(report::table(
        title,
        &sides,
        "Aim: less than once, as commits are shared.",
    ))
}

/// How far it goes when many send little, for some seconds on end.
async fn small(seed: &Seed, rounds: usize) -> Result<String> {
    say("batches of 10 over 500 connections");
    let sides = beside_raw(seed, SMALL, rounds, &[]).await?;
    let factor = sides.first().map_or(f64::NAN, |it| it.rows_per_s.median) / ODK_SUBMISSIONS_PER_S;
    let aim = format!(
        "\n{} times the {ODK_SUBMISSIONS_PER_S} submissions/s that ODK Central publishes, a reading taken for a submission. Aim: at least 10 times (412/s).\n",
        figures::short(factor)
    );
    let table = report::table("Batches of 10, 500 connections, SQLite", &sides, "");
    Ok(format!("{table}{aim}"))
}

async fn on_postgres(url: &str, rounds: usize) -> Result<String> {
    say("the same on PostgreSQL");
    let seed = PostgresSeed::new(url).await?;
    let batches = seed.measure(BATCHES, rounds).await?;
    let singles = seed.measure(SINGLES, rounds).await?;
    Ok([
        report::table("Batches of 250, 16 connections, PostgreSQL", &batches, ""),
        report::table("Single readings, 64 connections, PostgreSQL", &singles, ""),
    ]
    .join("\n"))
}

/// Tells whoever watches.
fn say(line: &str) {
    eprintln!("bench: {line}");
}
