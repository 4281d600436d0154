//! When and on what it was measured.

use std::fs;
use std::process::Command;
use std::thread::available_parallelism;

use crate::process::{command, text_of};

/// One line for people; taken before the measurement, so that it tells how busy the machine was.
pub(super) fn description() -> String {
    let date = text_of(Command::new("date").args(["-u", "+%Y-%m-%d %H:%M UTC"])).unwrap_or_default();
    let commit = text_of(command("git").args(["describe", "--always", "--dirty"])).unwrap_or_default();
    let rust = text_of(command("rustc").arg("--version")).unwrap_or_default();
    let system = text_of(Command::new("uname").args(["-sr"])).unwrap_or_default();
    let cores = available_parallelism().map_or(0, usize::from);
    let processor = member("/proc/cpuinfo", "model name").unwrap_or_default();
    let memory_kb: u64 = member("/proc/meminfo", "MemTotal")
        .and_then(|it| it.trim_end_matches(" kB").parse().ok())
        .unwrap_or(0);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default();
    format!(
        "Measured {date} at {commit}: {processor}, {cores} cores, {:.0} GiB, {system}, {rust}; load average before: {load}.",
        memory_kb as f64 / 1_048_576.0
    )
}

fn member(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
