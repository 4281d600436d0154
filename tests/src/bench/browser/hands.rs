//! A thumb on the page with ten thousand readings waiting and the processor slowed: scrolling the outbox, typing digits,
//! searching in five thousand units.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;

use super::measures::{number, numbers};
use super::world::{World, months_ago};
use super::{long_tasks, profile};
use crate::bench::figures::{Spread, percentile};
use crate::browser::Browser;
use crate::outbox;

const UNITS: usize = 5_000;
const QUEUED: usize = 10_000;
pub(super) const SLOWED: u32 = 6;

/// One thing that hands do: the longest task meanwhile, and how long it took until the screen showed each step.
pub(super) struct Gesture {
    pub(super) name: &'static str,
    pub(super) longest_task_ms: Spread,
    pub(super) step_p95_ms: Spread,
}

/// Two seconds of a quick thumb: 400 px a frame.
const SCROLL: &str = "const list = document.querySelector('.virtual');
    const frame = () => new Promise(done => requestAnimationFrame(done));
    const steps = [];
    await frame();
    for (let index = 0; index < 120; index++) {
      const start = performance.now();
      list.scrollTop += 400;
      await frame(); await frame();
      steps.push((performance.now() - start) / 2);
    }
    return steps;";

const DIGITS: &str = "const frame = () => new Promise(done => requestAnimationFrame(done));
    const steps = [];
    for (const digit of ['1', '2', '3', '4', '5']) {
      const start = performance.now();
      document.querySelector(`[data-testid=key-${digit}]`).click();
      await frame(); await frame();
      steps.push(performance.now() - start);
      // The draft of this digit is stored before the next.
      await new Promise(done => setTimeout(done, 300));
    }
    return steps;";

const SEARCH: &str = "const frame = () => new Promise(done => requestAnimationFrame(done));
    const field = document.querySelector('[data-testid=find-field]');
    const steps = [];
    for (const text of ['1', '12', '120', '12', '1', 'E', 'E7']) {
      const start = performance.now();
      field.value = text;
      field.dispatchEvent(new Event('input', {bubbles: true}));
      await frame(); await frame();
      steps.push(performance.now() - start);
      await new Promise(done => setTimeout(done, 300));
    }
    return steps;";

const NOW: &str = "return performance.now()";

pub(super) async fn measure(rounds: usize, profiles: Option<&Path>) -> Result<Vec<Gesture>> {
    let mut world = World::new(UNITS, months_ago(3)).await?;
    let browser = world.open_browser().await?;
    browser.goto(&world.beside_the_app()).await?;
    outbox::fill(&browser, &world.readings(months_ago(3), 0, QUEUED, 1)).await?;
    browser.close().await?;
    world.server.kill()?;
    let url = world.relay.url();
    let point = world.points.first().context("a meter point")?.id.clone();
    let places = [
        (
            "scrolling 10,000 waiting readings",
            String::from("/outbox"),
            ".virtual",
            SCROLL,
        ),
        (
            "typing digits",
            format!("/read/{point}?by=list"),
            "[data-testid=key-1]",
            DIGITS,
        ),
        (
            "searching 5,000 units",
            String::from("/find"),
            "[data-testid=find-field]",
            SEARCH,
        ),
    ];
    let mut gestures = Vec::new();
    for (name, path, sight, script) in places {
        let mut found = Vec::new();
        for _ in 0..rounds {
            let browser = world.open_browser().await?;
            come_to_rest(&browser, &format!("{url}{path}"), sight).await?;
            profile::start(&browser, profiles).await?;
            found.push(one(&browser, script).await?);
            profile::end(&browser, profiles, name).await?;
            browser.close().await?;
        }
        eprintln!("  {name}: longest task and p95 of a step, ms: {found:.0?}");
        gestures.push(Gesture {
            name,
            longest_task_ms: Spread::of(found.iter().map(|it| it.0)),
            step_p95_ms: Spread::of(found.iter().map(|it| it.1)),
        });
    }
    Ok(gestures)
}

async fn come_to_rest(browser: &Browser, url: &str, sight: &str) -> Result<()> {
    long_tasks::watch(browser).await?;
    browser.goto(url).await?;
    browser.see(sight).await?;
    // What the queue says is read slice by slice after the start; hands come when the page has come to rest.
    browser
        .wait_for("the page at rest", "performance.now() > 5000 && performance.now() - Math.max(0, ...window.longTasks.map(([start]) => start)) > 1500")
        .await?;
    Ok(())
}

async fn one(browser: &Browser, script: &str) -> Result<(f64, f64)> {
    let rate = json!({"rate": SLOWED});
    browser
        .driver()
        .cdp()
        .send_raw("Emulation.setCPUThrottlingRate", rate)
        .await?;
    let begin_ms = number(browser, NOW).await?;
    let mut steps = numbers(browser, script).await?;
    let end_ms = number(browser, NOW).await?;
    steps.sort_by(f64::total_cmp);
    let longest_ms = long_tasks::longest_ms(browser, begin_ms, end_ms).await?;
    Ok((longest_ms, percentile(&steps, 0.95)))
}
