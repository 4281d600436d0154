//! `cargo xtask bench`: what is measured, by hand and not by a check.

mod sizes;

use anyhow::Result;
use clap::Subcommand;

/// What to measure.
#[derive(Debug, Subcommand)]
pub enum Bench {
    /// What a browser downloads of the built client
    Sizes,
}

impl Bench {
    /// Measures and prints.
    pub fn run(&self) -> Result<()> {
        match self {
            Self::Sizes => sizes::sizes(),
        }
    }
}
