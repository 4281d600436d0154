//! What the system says of a process: time on the processor, memory. Linux tells it in `/proc`.

use std::fs;

use anyhow::{Context, Result};

/// Times in `/proc/PID/stat` are in hundredths of a second on every Linux.
const TICKS_PER_SECOND: f64 = 100.0;

/// Memory of a process.
#[derive(Debug, Clone, Copy)]
pub(super) struct Memory {
    pub(super) resident_mb: f64,
    pub(super) peak_mb: f64,
}

/// Seconds on the processor so far, of the program and of the system on its behalf.
pub(super) fn cpu_s(process_id: u32) -> Result<f64> {
    let text = fs::read_to_string(format!("/proc/{process_id}/stat"))?;
    // The name stands in brackets and may hold anything.
    let (_, after_name) = text.rsplit_once(") ").context("a line of /proc/PID/stat")?;
    let fields: Vec<&str> = after_name.split(' ').collect();
    let ticks = |index: usize| fields.get(index).and_then(|it| it.parse::<f64>().ok());
    let [user, system] = [11, 12].map(ticks);
    Ok((user.context("utime")? + system.context("stime")?) / TICKS_PER_SECOND)
}

/// Memory now and at most since the start or [`forget_peak`].
pub(super) fn memory(process_id: u32) -> Result<Memory> {
    let text = fs::read_to_string(format!("/proc/{process_id}/status"))?;
    let mb = |name: &str| -> Option<f64> {
        let line = text.lines().find(|line| line.starts_with(name))?;
        let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kib * 1_024.0 / 1_000_000.0)
    };
    Ok(Memory {
        resident_mb: mb("VmRSS:").context("VmRSS")?,
        peak_mb: mb("VmHWM:").context("VmHWM")?,
    })
}

/// Lets the peak begin anew, so that the next one belongs to what follows.
pub(super) fn forget_peak(process_id: u32) -> Result<()> {
    fs::write(format!("/proc/{process_id}/clear_refs"), "5").context("resetting VmHWM")
}
