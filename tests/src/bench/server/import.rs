//! A large portfolio goes into an empty database: how long that takes, and how much memory.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::process::memory;
use super::say;
use crate::server::Server;

/// What an import came to.
pub(super) struct Import {
    pub(super) meter_points: usize,
    pub(super) readings: usize,
    pub(super) seconds: f64,
    pub(super) peak_mb: f64,
}

impl Import {
    /// Imports a folder by the command line, as somebody who sets a server up does.
    pub(super) fn run(server: &Server, folder: &Path) -> Result<Self> {
        say("importing it");
        let began = Instant::now();
        let mut process = server
            .command()?
            .arg("import")
            .arg(folder)
            .stdout(Stdio::null())
            .spawn()?;
        let mut peak_mb: f64 = 0.0;
        let status = loop {
            if let Ok(now) = memory(process.id()) {
                peak_mb = peak_mb.max(now.peak_mb);
            }
            match process.try_wait()? {
                Some(status) => break status,
                None => std::thread::sleep(Duration::from_millis(20)),
            }
        };
        ensure!(status.success(), "the import ended with {status}");
        Ok(Self {
            meter_points: rows_of(&folder.join("meters.csv"))?,
            readings: rows_of(&folder.join("readings.csv"))?,
            seconds: began.elapsed().as_secs_f64(),
            peak_mb,
        })
    }
}

fn rows_of(file: &Path) -> Result<usize> {
    Ok(fs::read_to_string(file)?.lines().count().saturating_sub(1))
}
