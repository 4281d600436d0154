//! Running a step's program with its output in a file, so that the summary stays readable.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::process::{Guarded, describe, say};

/// A failing program's last lines tell why.
const SHOWN_LINES_MAX: usize = 200;

/// A program that has ended.
pub(super) struct Logged {
    pub(super) success: bool,
    /// Both streams, in the order in which they were written.
    pub(super) text: String,
}

/// Runs to the end; the log goes to `FOLDER/NAME.log`, standard output to `stdout` instead if that is given.
pub(super) fn run_logged(
    command: &mut Command,
    folder: &Path,
    name: &str,
    stdout: Option<File>,
) -> Result<Logged> {
    let path = folder.join(format!("{name}.log"));
    let log = File::create(&path).with_context(|| path.display().to_string())?;
    command
        .stdin(Stdio::null())
        .stderr(log.try_clone()?)
        .stdout(stdout.unwrap_or(log));
    let mut process = Guarded::start(command, None)?;
    let status = process.child().wait().with_context(|| describe(command))?;
    drop(process);
    let text = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
    if !status.success() {
        show_end(&text, &path);
    }
    Ok(Logged {
        success: status.success(),
        text,
    })
}

fn show_end(text: &str, path: &Path) {
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(SHOWN_LINES_MAX);
    for line in lines.iter().skip(from) {
        say(&format!("    | {line}"));
    }
    say(&format!("    (whole log: {})", path.display()));
}
