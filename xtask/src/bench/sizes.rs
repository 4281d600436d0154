//! The download: what a browser fetches before the first screen, and what the scanner, the service worker and the
//! office add.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::client_build::{Effort, build_client};
use crate::client_files::Part;
use crate::precompress::packed_path;
use crate::project;
use crate::sw_manifest::list_files;

/// Aims of the first download and of the scanner.
const FIRST_AIM_BYTES: u64 = 450_000;
const SCANNER_AIM_BYTES: u64 = 300_000;

#[derive(Clone, Copy, Default)]
struct Sum {
    raw_bytes: u64,
    sent_bytes: u64,
}

/// Builds the client as users get it and gives a table.
pub(super) fn sizes() -> Result<String> {
    build_client(Effort::Release)?;
    let folder = project::root().join(project::DIST);
    let [mut first, mut scanner, mut background, mut office, mut icons] = [Sum::default(); 5];
    let mut table = vec!["| file | bytes | sent (brotli 11) |\n|---|---:|---:|".to_owned()];
    for file in list_files(&folder)? {
        if file.extension().is_some_and(|it| it == "br") {
            continue;
        }
        let name = file.strip_prefix(&folder)?.to_string_lossy().into_owned();
        let raw = fs::metadata(&file)?.len();
        let sent = sent_bytes(&file, raw)?;
        table.push(format!("| {name} | {raw} | {sent} |"));
        let sum = match Part::of(&name) {
            Part::First => &mut first,
            Part::Scanner => &mut scanner,
            Part::Background => &mut background,
            Part::Office => &mut office,
            Part::Installing => &mut icons,
        };
        sum.raw_bytes += raw;
        sum.sent_bytes += sent;
    }
    ensure!(first.raw_bytes > 0, "the client is not built");
    table.push(row(
        "first download, without the scanner",
        &first,
        FIRST_AIM_BYTES,
    ));
    table.push(row("scanner", &scanner, SCANNER_AIM_BYTES));
    table.push(format!(
        "| **drain without a page**, fetched after the first screen where the browser has Background Sync | {} | {} |",
        background.raw_bytes, background.sent_bytes
    ));
    table.push(format!(
        "| **the office's program**, fetched by no phone (it uses the first download's style sheet beside its own) | {} | {} |",
        office.raw_bytes, office.sent_bytes
    ));
    table.push(format!(
        "| **icons for the home screen**, fetched by the browser when it installs the app | {} | {} |",
        icons.raw_bytes, icons.sent_bytes
    ));
    Ok(table.join("\n"))
}

fn row(what: &str, sum: &Sum, aim_bytes: u64) -> String {
    let verdict = if sum.sent_bytes <= aim_bytes {
        "reached"
    } else {
        "missed"
    };
    format!(
        "| **{what}** | {} | {} (aim {aim_bytes}: {verdict}) |",
        sum.raw_bytes, sum.sent_bytes
    )
}

fn sent_bytes(file: &Path, raw: u64) -> Result<u64> {
    let packed = packed_path(file);
    Ok(if packed.exists() {
        fs::metadata(packed)?.len()
    } else {
        raw
    })
}
