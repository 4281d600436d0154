//! `cargo xtask test`: every check, one step after the other, added up.

mod binaries;
mod libtest;
mod logged;
mod report;
mod steps;
mod workshop;

use std::time::Instant;

use anyhow::Result;
use clap::Args;

use crate::process::say;
use report::Report;
use steps::Step;
use workshop::Workshop;

/// Which checks.
#[derive(Debug, Args)]
pub struct TestOptions {
    /// Only this step and what it needs; may be given again
    #[arg(long, value_enum, value_name = "STEP")]
    only: Vec<Step>,
}

/// Runs the checks; true when none failed.
pub fn test(options: &TestOptions) -> Result<bool> {
    let start = Instant::now();
    let mut report = Report::default();
    let mut workshop = Workshop::new()?;
    for step in steps::chosen(&options.only) {
        say(&format!("{} ({})", step.title(), step.duration_hint()));
        let step_start = Instant::now();
        let tally = steps::run(step, &mut workshop);
        say(&format!(
            "    {}, {:.0} s",
            tally.summary(),
            step_start.elapsed().as_secs_f64()
        ));
        report.add(step.title(), tally);
    }
    say(&format!(
        "All steps: {:.0} s. Logs: {}",
        start.elapsed().as_secs_f64(),
        workshop.logs().display()
    ));
    Ok(report.print())
}
