//! The phone: saving, draining, bytes sent, a bad link, the cold start and the page under a thumb, in headless Chromium,
//! each beside its raw limit where there is one.

mod cold_start;
mod drain;
mod floor;
mod hands;
mod label;
mod long_tasks;
mod measures;
mod profile;
mod relay;
mod report;
mod save;
mod sink;
mod slow_link;
mod world;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};

/// What to measure in the browser.
#[derive(Debug, Args)]
pub struct BrowserOptions {
    /// Rounds of each measurement
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Only these
    #[arg(long, value_enum)]
    only: Vec<Measurement>,
    /// Writes here what the processor does under each gesture, for the browser's developer tools
    #[arg(long, value_name = "DIR")]
    profiles: Option<PathBuf>,
}

/// One measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Measurement {
    Save,
    Label,
    Drain,
    SlowLink,
    ColdStart,
    Hands,
}

/// Measures and gives the section.
pub fn measure(options: &BrowserOptions) -> Result<String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(measure_all(options))
}

async fn measure_all(options: &BrowserOptions) -> Result<String> {
    let wanted = |it: Measurement| options.only.is_empty() || options.only.contains(&it);
    let mut parts = Vec::new();
    if wanted(Measurement::Save) {
        eprintln!("Saving …");
        let saves = save::measure(options.rounds).await?;
        parts.push(report::saves(&saves));
    }
    if wanted(Measurement::Label) {
        eprintln!("From label to saved …");
        let labels = label::measure(options.rounds).await?;
        parts.push(report::labels(&labels));
    }
    if wanted(Measurement::Drain) {
        eprintln!("Draining …");
        let drains = drain::measure(options.rounds, options.profiles.as_deref()).await?;
        parts.push(report::drains(&drains));
    }
    if wanted(Measurement::ColdStart) {
        eprintln!("Cold start …");
        let starts = cold_start::measure(options.rounds).await?;
        parts.push(report::starts(&starts));
    }
    if wanted(Measurement::SlowLink) {
        eprintln!("Ten thousand through a bad link …");
        let slow = slow_link::measure(options.rounds).await?;
        parts.push(report::slow_link(&slow));
    }
    if wanted(Measurement::Hands) {
        eprintln!("Scrolling, typing, searching …");
        let gestures = hands::measure(options.rounds, options.profiles.as_deref()).await?;
        parts.push(report::gestures(&gestures));
    }
    let version = world::browser_version().await?;
    let rounds = options.rounds;
    Ok(format!(
        "Headless {version}, server and client in release on SQLite, {rounds} rounds each.\n\n{}",
        parts.join("\n")
    ))
}
