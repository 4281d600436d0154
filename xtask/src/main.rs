//! The project's own commands. `cargo xtask help` lists them.
//!
//! While a screen is made: `cargo xtask build-client --dev` (unoptimised, quick) puts the client into `dist`, which
//! a debug build of the server reads at each request; `cargo xtask build-client` makes the one that users get.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use xtask::bench::{BenchOptions, bench};
use xtask::client_build::{Effort, build_client};
use xtask::faults::{FaultsOptions, faults};
use xtask::run::{RunOptions, run};
use xtask::sim::{SimOptions, sim};
use xtask::sw_manifest::sw_manifest;
use xtask::test::{TestOptions, test};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's own commands")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Build everything and serve the demo on http://127.0.0.1:8080; installs what is missing
    Run(RunOptions),
    /// Run every check; the last line is `N passed, N failed, N skipped`
    Test(TestOptions),
    /// Run the simulation with many seeds, or replay one with its trace
    Sim(SimOptions),
    /// Put deliberate faults into a copy of the project; each has to be caught by the test that it names
    Faults(FaultsOptions),
    /// Measure, and write docs/PERFORMANCE.md
    Bench(BenchOptions),
    /// Build the client into `dist`
    BuildClient {
        /// Unoptimised and uncompressed, for short turns
        #[arg(long)]
        dev: bool,
    },
    /// Complete Trunk's staging folder; called by Trunk's hook
    #[command(hide = true)]
    SwManifest,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().verb {
        Verb::Run(options) => run(&options),
        Verb::Test(options) => match test(&options) {
            Ok(true) => Ok(()),
            Ok(false) => return ExitCode::FAILURE,
            Err(error) => Err(error),
        },
        Verb::Sim(options) => sim(&options),
        Verb::Faults(options) => match faults(&options) {
            Ok(true) => Ok(()),
            Ok(false) => return ExitCode::FAILURE,
            Err(error) => Err(error),
        },
        Verb::Bench(options) => bench(&options),
        Verb::BuildClient { dev: true } => build_client(Effort::Quick),
        Verb::BuildClient { dev: false } => build_client(Effort::Release),
        Verb::SwManifest => sw_manifest(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
