//! The server: how many readings it makes durable, and how much memory it takes.

mod bodies;
mod caller;
mod load;
mod portfolio;
mod process;
mod report;
mod seed;
mod throughput;

use anyhow::Result;
use clap::{Args, ValueEnum};

pub(in crate::bench) use load::Run;
pub(in crate::bench) use portfolio::Portfolio;

use super::raw::sqlite::Grouping;
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
}

/// One measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Measurement {
    Batches,
    Singles,
    Postgres,
    Memory,
}

const BATCHES: Shape = Shape {
    items: 60_000,
    batch_items: 250,
    connections: 16,
};
const SINGLES: Shape = Shape {
    items: 6_400,
    batch_items: 1,
    connections: 64,
};

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
    let mut text = String::new();
    if wanted(Measurement::Batches) || wanted(Measurement::Singles) {
        say("importing 5,000 units");
        let seed = Seed::new(None).await?;
        if wanted(Measurement::Batches) {
            say("batches of 250");
            let sides = beside_raw(
                &seed,
                BATCHES,
                options.rounds,
                &[("raw SQLite, shared commits", Grouping::Shared)],
            )
            .await?;
            text.push_str(&report::table(
                "Batches of 250, 16 connections, SQLite",
                &sides,
                "Aim: within 2 times of raw.",
            ));
        }
        if wanted(Measurement::Singles) {
            say("single readings");
            let raw = [
                ("raw SQLite, a transaction each", Grouping::Alone),
                ("raw SQLite, shared commits", Grouping::Shared),
            ];
            let sides = beside_raw(&seed, SINGLES, options.rounds, &raw).await?;
            text.push_str(&report::table(
                "Single readings, 64 connections, SQLite",
                &sides,
                "Aim: faster than a transaction each.",
            ));
        }
    }
    Ok(text)
}

/// Tells whoever watches.
fn say(line: &str) {
    eprintln!("bench: {line}");
}
