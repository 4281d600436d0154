//! The steps in their order, and how each is run.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;

use super::binaries::{self, TestBinary};
use super::libtest;
use super::logged::{Logged, run_logged};
use super::report::Tally;
use super::workshop::Workshop;
use crate::browser::{INSTALL_HINT, ensure_chromedriver};
use crate::client_build::{Effort, build_client};
use crate::postgres::{Durability, Postgres, find_postgres};
use crate::process::{command, say};
use crate::project::{self, BROWSER_CRATES, WASM_TARGET, all_but_browser_crates};
use crate::tools::{ensure_wasm_bindgen, ensure_wasm_target};

/// Integration tests that run by themselves, not among the unit tests.
const SHARED: &str = "crates/shared";
const SERVER: &str = "crates/server";
const JOURNEYS: &str = "tests";
/// Tests of the server in modules of this name are ignored unless a PostgreSQL is there.
const POSTGRES_TESTS: &str = "postgres::";
/// Tests of the whole product in this module need a browser.
const BROWSER_TESTS: &str = "browser::";
/// Tests that run in a browser, as their packages name them.
const WEB_TEST: &str = "web";

/// One step of the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum Step {
    Format,
    Clippy,
    ClippyBrowser,
    Client,
    Build,
    Unit,
    Simulation,
    ServerSqlite,
    ServerPostgres,
    Wasm,
    Product,
    Journeys,
}

impl Step {
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Clippy => "clippy",
            Self::ClippyBrowser => "clippy for the browser's crates",
            Self::Client => "build of the client",
            Self::Build => "build of the tests",
            Self::Unit => "unit tests",
            Self::Simulation => "rules and simulation",
            Self::ServerSqlite => "server on SQLite",
            Self::ServerPostgres => "server on PostgreSQL",
            Self::Wasm => "client in a browser",
            Self::Product => "whole product without a browser",
            Self::Journeys => "browser journeys",
        }
    }

    /// On two cores: with everything built before, and from nothing.
    pub(super) fn duration_hint(self) -> &'static str {
        match self {
            Self::Format => "1 s",
            Self::Clippy => "seconds; first 3 min",
            Self::ClippyBrowser => "seconds; first 1 min",
            Self::Client => "seconds; first 5 min",
            Self::Build => "seconds; first 6 min",
            Self::Unit => "under 1 min",
            Self::Simulation | Self::ServerSqlite | Self::ServerPostgres => "about 1 min",
            Self::Wasm => "under 1 min; first 2 min",
            Self::Product => "about 2 min",
            Self::Journeys => "about 3 min",
        }
    }

    pub(super) fn needs(self) -> &'static [Step] {
        match self {
            Self::Unit | Self::Simulation | Self::ServerSqlite | Self::ServerPostgres | Self::Product => {
                &[Self::Build]
            }
            Self::Journeys => &[Self::Client, Self::Build],
            Self::Format | Self::Clippy | Self::ClippyBrowser | Self::Client | Self::Build | Self::Wasm => {
                &[]
            }
        }
    }
}

/// All steps, or the named ones with what they need, in order.
pub(super) fn chosen(only: &[Step]) -> Vec<Step> {
    let wanted =
        |step: &Step| only.is_empty() || only.iter().any(|it| it == step || it.needs().contains(step));
    Step::value_variants().iter().copied().filter(wanted).collect()
}

/// Runs a step; what it could not even try counts as failed.
pub(super) fn run(step: Step, workshop: &mut Workshop) -> Tally {
    if let Some(obstacle) = workshop.obstacle(step) {
        return Tally::skipped(["all".to_owned()], &format!("{} failed", obstacle.title()));
    }
    let tally = attempt(step, workshop).unwrap_or_else(|error| {
        say(&format!("    {error:#}"));
        Tally::single("did not run to its end", false)
    });
    if tally.failed > 0 {
        workshop.break_off(step);
    }
    tally
}

fn attempt(step: Step, workshop: &mut Workshop) -> Result<Tally> {
    match step {
        Step::Format => check(
            workshop,
            "format",
            command("cargo").args(["fmt", "--all", "--check"]),
        ),
        Step::Clippy => check(workshop, "clippy", &mut clippy(&all_but_browser_crates())),
        Step::ClippyBrowser => {
            ensure_wasm_target()?;
            let mut crates = vec!["--package", "scanner", "--target", WASM_TARGET];
            crates.extend(BROWSER_CRATES.iter().flat_map(|name| ["--package", *name]));
            check(workshop, "clippy-browser", &mut clippy(&crates))
        }
        Step::Client => {
            build_client(Effort::Release).map(|()| Tally::single("cargo xtask build-client", true))
        }
        Step::Build => {
            workshop.binaries = binaries::build(workshop.logs())?;
            Ok(Tally::single("cargo test --no-run", true))
        }
        Step::Unit => unit(workshop),
        Step::Simulation => integration(workshop, SHARED, &[], "simulation"),
        Step::ServerSqlite => integration(workshop, SERVER, &["--skip", POSTGRES_TESTS], "server-sqlite"),
        Step::ServerPostgres => server_postgres(workshop),
        Step::Wasm => wasm(workshop),
        Step::Product => integration(workshop, JOURNEYS, &["--skip", BROWSER_TESTS], "product"),
        Step::Journeys => journeys(workshop),
    }
}

fn clippy(selection: &[&str]) -> Command {
    let mut cargo = command("cargo");
    cargo.arg("clippy").args(selection).args([
        "--all-targets",
        "--locked",
        "--quiet",
        "--",
        "--deny",
        "warnings",
    ]);
    cargo
}

/// A program that passes or fails as a whole.
fn check(workshop: &Workshop, name: &str, command: &mut Command) -> Result<Tally> {
    let logged = run_logged(command, workshop.logs(), name, None)?;
    Ok(Tally::single(name, logged.success))
}

fn unit(workshop: &Workshop) -> Result<Tally> {
    let mut total = Tally::default();
    let alone = [SHARED, SERVER, JOURNEYS].map(|package| workshop.binaries.integration(package));
    for binary in &workshop.binaries.tests {
        if !alone.contains(&Some(binary)) {
            let name = format!("unit-{}-{}", binary.package.replace('/', "-"), binary.target);
            let skipped: &[&str] = match binary.package.as_str() {
                SERVER => &["--skip", POSTGRES_TESTS],
                _ => &[],
            };
            total.add(run_binary(
                workshop,
                &mut harness(workshop, binary, skipped),
                &name,
            )?);
        }
    }
    Ok(total)
}

fn integration(workshop: &Workshop, package: &str, arguments: &[&str], name: &str) -> Result<Tally> {
    let Some(binary) = workshop.binaries.integration(package) else {
        return Ok(Tally::skipped(
            ["all".to_owned()],
            "there is no such test program yet",
        ));
    };
    run_binary(workshop, &mut harness(workshop, binary, arguments), name)
}

/// The contract, and beside it what the queries of the library are planned to do.
fn server_postgres(workshop: &Workshop) -> Result<Tally> {
    let tests = workshop.binaries.tests.iter();
    let binaries: Vec<&TestBinary> = tests.filter(|it| it.package == SERVER).collect();
    ensure!(
        binaries.iter().any(|it| it.target == "it"),
        "the server's integration test was not built"
    );
    let Some(programs) = find_postgres() else {
        let mut all = Vec::new();
        for binary in binaries {
            all.extend(names(workshop, binary, POSTGRES_TESTS)?);
        }
        return Ok(Tally::skipped(
            all,
            "no initdb: install PostgreSQL, on Debian `apt-get install postgresql`",
        ));
    };
    let postgres = Postgres::start(&programs, Durability::None)?;
    let mut total = Tally::default();
    for binary in binaries {
        let mut harness = harness(workshop, binary, &[POSTGRES_TESTS, "--include-ignored"]);
        let name = format!("server-postgres-{}", binary.target);
        let harness = harness.env("TEST_POSTGRES_URL", postgres.url());
        total.add(run_binary(workshop, harness, &name)?);
    }
    Ok(total)
}

/// The unit tests of the programs too: they compile for browsers only.
fn wasm(workshop: &Workshop) -> Result<Tally> {
    let Some(driver) = ensure_chromedriver() else {
        return Ok(Tally::skipped(["all".to_owned()], INSTALL_HINT));
    };
    ensure_wasm_target()?;
    ensure_wasm_bindgen()?;
    let mut cargo = command("cargo");
    cargo.args([
        "test",
        "--locked",
        "--target",
        WASM_TARGET,
        "--package",
        "client",
        "--package",
        "office",
        "--package",
        "phone",
        "--package",
        "ui",
        "--lib",
        "--test",
        WEB_TEST,
    ]);
    cargo.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        "wasm-bindgen-test-runner",
    );
    cargo
        .env("CHROMEDRIVER", driver)
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    run_binary(workshop, &mut cargo, "wasm")
}

fn journeys(workshop: &Workshop) -> Result<Tally> {
    let binary = workshop
        .binaries
        .integration(JOURNEYS)
        .context("the journeys were not built")?;
    let Some(driver) = ensure_chromedriver() else {
        return Ok(Tally::skipped(
            names(workshop, binary, BROWSER_TESTS)?,
            INSTALL_HINT,
        ));
    };
    // One browser at a time: each is several processes, and the server has to answer beside it.
    let mut harness = harness(workshop, binary, &[BROWSER_TESTS, "--test-threads", "1"]);
    run_binary(workshop, harness.env("CHROMEDRIVER", driver), "journeys")
}

/// A test program as cargo would start it.
fn harness(workshop: &Workshop, binary: &TestBinary, arguments: &[&str]) -> Command {
    let mut harness = command(&binary.program);
    harness
        .current_dir(project::root().join(&binary.package))
        .args(arguments);
    if let Some(program) = &workshop.binaries.meterline {
        harness.env("METERLINE_BIN", program);
    }
    harness
}

fn names(workshop: &Workshop, binary: &TestBinary, word: &str) -> Result<Vec<String>> {
    let mut list = harness(workshop, binary, &["--list", word]);
    Ok(libtest::listed(
        &run_logged(&mut list, workshop.logs(), "list", None)?.text,
    ))
}

/// A program that ends badly without naming a failed test, as one that does not compile, counts as one failure.
fn run_binary(workshop: &Workshop, command: &mut Command, name: &str) -> Result<Tally> {
    let Logged { success, text } = run_logged(command, workshop.logs(), name, None)?;
    let mut tally = libtest::parse(&text);
    if !success && tally.failed == 0 {
        tally.add(Tally::single(name, false));
    }
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_step_brings_what_it_needs_in_order() {
        assert_eq!(
            chosen(&[Step::Journeys]),
            [Step::Client, Step::Build, Step::Journeys]
        );
        assert_eq!(chosen(&[]).len(), Step::value_variants().len());
    }
}
