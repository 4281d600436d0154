//! The cold start: no server, a fresh browser process, the app opened from the worker's cache; from the begin of the
//! navigation to the frame that shows the first row of the round.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::sink::Sink;
use super::world::{World, months_ago, open_browser};
use crate::bench::figures::Spread;
use crate::browser::Browser;
use crate::outbox;

/// Units of the list, and readings that wait.
const SIZES: [(usize, usize); 2] = [(120, 0), (5_000, 10_000)];

/// Notes the first frame after the first row came into the document.
const WATCH: &str = "new MutationObserver((_, observer) => {
    if (!document.querySelector('[data-testid=unit-row]')) return;
    observer.disconnect();
    requestAnimationFrame(() => { window.firstRowMs = performance.now(); });
  }).observe(document, {childList: true, subtree: true});";

/// How long the app took, beside a page that holds nothing.
pub(super) struct Start {
    pub(super) units: usize,
    pub(super) queued: usize,
    pub(super) first_row_ms: Spread,
    pub(super) shell_ms: Spread,
}

pub(super) async fn measure(rounds: usize) -> Result<Vec<Start>> {
    let sink = Sink::start().await?;
    let mut starts = Vec::new();
    for (units, queued) in SIZES {
        let mut world = World::new(units, months_ago(3)).await?;
        if queued > 0 {
            let browser = world.open_browser().await?;
            browser.goto(&world.beside_the_app()).await?;
            // So that no run is under way that would send them.
            outbox::fill(&browser, &world.readings(months_ago(3), 0, queued, 1)).await?;
            browser.close().await?;
        }
        world.server.kill()?;
        let shell = shell_profile(&sink).await?;
        let (mut app_ms, mut shell_ms) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            app_ms.push(first_row_ms(world.open_browser().await?, &world.relay.url()).await?);
            shell_ms.push(first_row_ms(open_browser(shell.path()).await?, &sink.url()).await?);
        }
        eprintln!("  {units} units, {queued} queued: {app_ms:.0?} ms, empty shell {shell_ms:.0?} ms");
        starts.push(Start {
            units,
            queued,
            first_row_ms: Spread::of(app_ms),
            shell_ms: Spread::of(shell_ms),
        });
    }
    Ok(starts)
}

async fn first_row_ms(browser: Browser, url: &str) -> Result<f64> {
    let watch = json!({"source": WATCH});
    browser
        .driver()
        .cdp()
        .send_raw("Page.addScriptToEvaluateOnNewDocument", watch)
        .await?;
    browser.goto(url).await?;
    browser.wait_for("the first row", "window.firstRowMs").await?;
    let value = browser.js("return window.firstRowMs").await?;
    browser.close().await?;
    value.as_f64().context("a time")
}

/// A profile that has the empty page in the cache of its worker.
async fn shell_profile(sink: &Sink) -> Result<tempfile::TempDir> {
    let profile = tempfile::tempdir()?;
    let browser = open_browser(profile.path()).await?;
    browser.goto(&format!("{}/?install", sink.url())).await?;
    browser.wait_until_installed().await?;
    let controlled = browser
        .js("return Boolean(navigator.serviceWorker.controller)")
        .await?;
    anyhow::ensure!(controlled == Value::Bool(true), "the empty page has no worker");
    browser.close().await?;
    Ok(profile)
}
