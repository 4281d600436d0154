//! `cargo xtask bench`: what is measured, by hand and not by a check, into `docs/PERFORMANCE.md`.

mod document;
mod machine;
mod measured;
mod sizes;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};

use crate::browser::{INSTALL_HINT, ensure_chromedriver};
use crate::client_build::{Effort, build_client};
use crate::process::say;
use crate::run::build_server;
use document::Part;

/// What to measure.
#[derive(Debug, Args)]
pub struct BenchOptions {
    /// Everything when absent
    #[command(subcommand)]
    part: Option<BenchPart>,
}

#[derive(Debug, Subcommand)]
enum BenchPart {
    /// Batches and single readings beside their raw limits, a herd of phones, memory
    Server(PartOptions),
    /// Saving, drain, bytes, cold start, long tasks, in Chromium
    Browser(PartOptions),
    /// Reading labels on photos and drawn frames, beside zxing-cpp
    Scan(ScanOptions),
    /// What a browser downloads of the built client
    Sizes,
}

#[derive(Clone, Debug, Default, Args)]
struct PartOptions {
    /// Print the section and leave the document as it is
    #[arg(long)]
    dry_run: bool,
    /// Passed on to the program that measures; `-- --help` lists them
    #[arg(last = true)]
    options: Vec<String>,
}

#[derive(Debug, Default, Args)]
struct ScanOptions {
    /// Folder of photos, each beside a .txt with what it shows; sub-folders are sets
    #[arg(long)]
    photos: Option<PathBuf>,
    #[command(flatten)]
    part: PartOptions,
}

impl ScanOptions {
    fn part(&self) -> PartOptions {
        let mut part = self.part.clone();
        if let Some(photos) = &self.photos {
            part.options.push("--photos".to_owned());
            part.options.push(photos.display().to_string());
        }
        part
    }
}

/// Measures and writes down.
pub fn bench(options: &BenchOptions) -> Result<()> {
    let none = PartOptions::default();
    match &options.part {
        None => {
            say(
                "Everything takes about 25 minutes. The figures count only while nothing else runs on the machine.",
            );
            sizes()?;
            measured(Part::Server, &none)?;
            measured(Part::Browser, &none)?;
            measured(Part::Scan, &none)
        }
        Some(BenchPart::Server(options)) => measured(Part::Server, options),
        Some(BenchPart::Browser(options)) => measured(Part::Browser, options),
        Some(BenchPart::Scan(options)) => measured(Part::Scan, &options.part()),
        Some(BenchPart::Sizes) => sizes(),
    }
}

fn sizes() -> Result<()> {
    let before = machine::description();
    document::write(Part::Sizes, &before, &sizes::sizes()?)
}

fn measured(part: Part, options: &PartOptions) -> Result<()> {
    if matches!(part, Part::Browser | Part::Scan) {
        ensure_chromedriver().context(INSTALL_HINT)?;
        build_client(Effort::Release)?;
    }
    let server = build_server()?;
    let bench = measured::build()?;
    let before = machine::description();
    let section = measured::run(part, &bench, &server, &options.options)?;
    if options.dry_run {
        say(&section);
        return Ok(());
    }
    document::write(part, &before, &section)
}
