//! Where the processor's time goes, as the browser samples it: a file for each gesture, to be opened in its developer
//! tools. Functions of the app have names only in a build that keeps them (`data-wasm-opt-params="-g"` in
//! `crates/client/index.html`).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::browser::Browser;

const INTERVAL_MICROS: u32 = 250;

/// Samples from now on, where somebody wants to see it.
pub(super) async fn start(browser: &Browser, folder: Option<&Path>) -> Result<()> {
    if folder.is_none() {
        return Ok(());
    }
    let interval = json!({"interval": INTERVAL_MICROS});
    for (command, parameters) in [
        ("Profiler.enable", json!({})),
        ("Profiler.setSamplingInterval", interval),
        ("Profiler.start", json!({})),
    ] {
        browser.driver().cdp().send_raw(command, parameters).await?;
    }
    Ok(())
}

/// Ends it and writes it down.
pub(super) async fn end(browser: &Browser, folder: Option<&Path>, name: &str) -> Result<()> {
    let Some(folder) = folder else { return Ok(()) };
    let ended = browser
        .driver()
        .cdp()
        .send_raw("Profiler.stop", json!({}))
        .await?;
    let profile: &Value = ended.get("profile").context("a profile")?;
    fs::create_dir_all(folder)?;
    let name = name.replace([' ', ','], "-");
    fs::write(folder.join(format!("{name}.cpuprofile")), profile.to_string())?;
    Ok(())
}
