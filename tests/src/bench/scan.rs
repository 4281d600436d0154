//! The scanner beside zxing-cpp: photos in four rotations and drawn labels, natively and in the worker's wasm.

mod corpus;
mod looks;
mod page;
mod report;
mod worker;
mod zxing;

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use pictures::photos;

use corpus::Corpus;

/// What to measure the scanner with.
#[derive(Debug, Args)]
pub struct ScanOptions {
    /// Folder of photos, each beside a .txt with what it shows; sub-folders are sets
    #[arg(long, default_value = photos::DEFAULT_FOLDER)]
    photos: PathBuf,
    /// Drawn frames of each condition
    #[arg(long, default_value_t = 80)]
    frames: u32,
    /// Folder of the built client, for the worker
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../dist"))]
    client: PathBuf,
    /// Where zxing-cpp is installed for the comparison
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/zxing-cpp"))]
    zxing: PathBuf,
}

/// Measures and gives the section.
pub fn measure(options: &ScanOptions) -> Result<String> {
    eprintln!("Photos and drawn labels …");
    let corpus = Corpus::collect(&options.photos, options.frames)?;
    eprintln!("zxing-cpp …");
    let rival = zxing::read(&corpus, &options.zxing)?;
    eprintln!("The scanner, natively …");
    let native = looks::native(&corpus)?;
    eprintln!("The scanner in the worker …");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let worker = runtime.block_on(worker::read(&corpus, &options.client))?;
    Ok(report::section(&corpus, &rival, &native, &worker))
}
