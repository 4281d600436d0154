//! The server: how many readings it makes durable, and how much memory it takes for that.

use anyhow::Result;
use clap::Args;

/// What to measure of the server.
#[derive(Debug, Args)]
pub struct ServerOptions {
    /// Rounds of each measurement
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

/// Measures and gives the section.
pub fn measure(options: &ServerOptions) -> Result<String> {
    Ok(format!("{} rounds\n", options.rounds))
}
