//! Measures one part and prints its section of `docs/PERFORMANCE.md`; what it is doing goes to standard error.
//! `cargo xtask bench` builds this and the server in release and starts it; `METERLINE_BIN` names the server.

use anyhow::Result;
use clap::Parser;
use journeys::bench::browser::{self, BrowserOptions};
use journeys::bench::scan::{self, ScanOptions};
use journeys::bench::server::{self, ServerOptions};

#[derive(Parser)]
#[command(name = "bench", about = "Measures one part of Meterline")]
enum Part {
    /// Batches, single readings, a herd of phones, memory
    Server(ServerOptions),
    /// Saving, drain, bytes, cold start
    Browser(BrowserOptions),
    /// Reading labels beside zxing-cpp
    Scan(ScanOptions),
}

fn main() -> Result<()> {
    let section = match Part::parse() {
        Part::Server(options) => server::measure(&options)?,
        Part::Browser(options) => browser::measure(&options)?,
        Part::Scan(options) => scan::measure(&options)?,
    };
    print!("{section}");
    Ok(())
}
