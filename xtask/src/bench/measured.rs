//! The parts that run the product: a program of its own measures them, in release.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use super::document::Part;
use crate::postgres::{Durability, Postgres, find_postgres};
use crate::process::{command, describe, run as run_command, say};
use crate::project;

/// Builds the program that measures.
pub(super) fn build() -> Result<PathBuf> {
    say("Building the bench (seconds when nothing changed, about 5 minutes the first time) …");
    let arguments = [
        "build",
        "--release",
        "--locked",
        "--quiet",
        "--package",
        "journeys",
        "--bin",
        "bench",
    ];
    run_command(command("cargo").args(arguments))?;
    let name = format!("bench{}", env::consts::EXE_SUFFIX);
    Ok(project::target_folder().join("release").join(name))
}

/// Runs one part; what it prints is its section.
pub(super) fn run(part: Part, bench: &Path, server: &Path, options: &[String]) -> Result<String> {
    let mut measuring = command(bench);
    measuring
        .arg(part.name())
        .args(options)
        .env("METERLINE_BIN", server);
    let postgres = match part {
        Part::Server => start_postgres()?,
        Part::Browser | Part::Scan | Part::Sizes => None,
    };
    if let Some(postgres) = &postgres {
        measuring.env("METERLINE_BENCH_POSTGRES_URL", postgres.url());
    }
    measuring.stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = measuring.output().with_context(|| describe(&measuring))?;
    ensure!(
        output.status.success(),
        "{} ended with {}",
        describe(&measuring),
        output.status
    );
    Ok(String::from_utf8(output.stdout)?)
}

fn start_postgres() -> Result<Option<Postgres>> {
    let Some(programs) = find_postgres() else {
        say("There is no initdb here: PostgreSQL is left out.");
        return Ok(None);
    };
    say("Starting a PostgreSQL of our own …");
    Postgres::start(&programs, Durability::Full).map(Some)
}
