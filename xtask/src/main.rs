//! The project's own commands. `cargo xtask help` lists them.
//!
//! While a screen is made: `cargo xtask build-client --dev` (unoptimised, quick) puts the client into `dist`, which
//! a debug build of the server reads at each request; `cargo xtask build-client` makes the one that users get.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use xtask::client_build::{Effort, build_client};
use xtask::sw_manifest::sw_manifest;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's own commands")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
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
