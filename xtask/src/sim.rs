//! `cargo xtask sim`: the seeded simulation with more seeds than the checks run, optimised.

use anyhow::Result;
use clap::Args;

use crate::process::{command, run};

/// Which seeds.
#[derive(Debug, Args)]
pub struct SimOptions {
    /// How many
    #[arg(long, default_value_t = 100_000)]
    seeds: u64,
    /// The first of them
    #[arg(long, default_value_t = 1)]
    first: u64,
    /// Replay this one alone and print its trace
    #[arg(long, conflicts_with_all = ["seeds", "first"])]
    replay: Option<u64>,
}

/// Runs the simulation of `crates/shared`.
pub fn sim(options: &SimOptions) -> Result<()> {
    let mut cargo = command("cargo");
    cargo.args([
        "test",
        "--release",
        "--locked",
        "--package",
        "shared",
        "--test",
        "it",
        "sim",
        "--",
        "--nocapture",
    ]);
    match options.replay {
        Some(seed) => cargo.env("SIM_SEED", seed.to_string()),
        None => cargo
            .env("SIM_SEEDS", options.seeds.to_string())
            .env("SIM_FIRST", options.first.to_string()),
    };
    run(&mut cargo)
}
