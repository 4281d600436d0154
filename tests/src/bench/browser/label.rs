//! From a label in view to a saved reading: the fake camera shows a label, the form opens by itself, a hand types and saves.

use anyhow::Result;
use serde_json::{Value, json};

use super::save::stop;
use super::world::{World, months_ago};
use crate::bench::figures::{Spread, percentile};
use crate::browser::Browser;
use crate::video::{self, Shot};

const UNITS: usize = 120;
const LABELS_A_ROUND: usize = 20;
/// Between two taps of a practised hand.
pub(super) const TAP_MS: u32 = 250;

/// What was measured at one speed of the processor, in milliseconds.
pub(super) struct Labels {
    pub(super) slowed: u32,
    /// From the first frame with the label to the frame after the form.
    pub(super) to_form: [Spread; 2],
    /// From the same frame until the reading is saved, the pauses of the hand included.
    pub(super) to_saved: [Spread; 2],
}

pub(super) async fn measure(rounds: usize) -> Result<Vec<Labels>> {
    let mut all = Vec::new();
    for slowed in [1, 6] {
        let mut found: Vec<[Vec<f64>; 2]> = Vec::new();
        for _ in 0..rounds {
            found.push(round(slowed).await?);
        }
        let spread = |index: usize| {
            [0.5, 0.95].map(|share| Spread::of(found.iter().map(|it| percentile(&it[index], share))))
        };
        all.push(Labels {
            slowed,
            to_form: spread(0),
            to_saved: spread(1),
        });
    }
    Ok(all)
}

/// Sorted: times to the form, times to the saved reading.
async fn round(slowed: u32) -> Result<[Vec<f64>; 2]> {
    let world = World::new(UNITS, months_ago(0)).await?;
    let film = world.server.folder().join("film.y4m");
    video::write(&film, &[Shot::wall(1)])?;
    let browser = world.open_camera(&film).await?;
    let cdp = browser.driver().cdp();
    cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", json!({"source": WATCH}))
        .await?;
    cdp.send_raw("Emulation.setCPUThrottlingRate", json!({"rate": slowed}))
        .await?;
    let mut times = [Vec::new(), Vec::new()];
    for row in &world.points {
        let (Some(label), Some(stop)) = (row.labels.first(), stop(row)) else {
            continue;
        };
        if times[0].len() == LABELS_A_ROUND {
            break;
        }
        video::replace(&film, &[Shot::label(label, 5)])?;
        let [to_form, to_saved] = one(&browser, &world.relay.url(), &stop).await?;
        times[0].push(to_form);
        times[1].push(to_saved);
    }
    browser.close().await?;
    for figures in &mut times {
        figures.sort_by(f64::total_cmp);
    }
    Ok(times)
}

async fn one(browser: &Browser, url: &str, stop: &Value) -> Result<[f64; 2]> {
    browser.goto(&format!("{url}/scan")).await?;
    let script = HAND
        .replace("STOP", &stop.to_string())
        .replace("TAP_MS", &TAP_MS.to_string());
    let found = super::measures::numbers(browser, &script).await?;
    Ok([found[0], found[1]])
}

/// Notes the first frame that the camera shows, and the second frame after the form is there.
const WATCH: &str = "
    document.addEventListener('playing', event => {
      event.target.requestVideoFrameCallback?.(() => { window.inViewAt ??= performance.now(); });
    }, true);
    const look = () => {
      if (location.pathname.startsWith('/read/') && document.querySelector('[data-testid=save]')) {
        requestAnimationFrame(() => { window.formAt = performance.now(); });
      } else {
        requestAnimationFrame(look);
      }
    };
    requestAnimationFrame(look);";

/// Types and saves as a practised hand does, one tap after the other; gives both times.
const HAND: &str = "
    const stop = STOP;
    const rest = ms => new Promise(done => setTimeout(done, ms));
    const until = async (what, condition) => {
      for (let tries = 0; tries < 1500; tries++) { if (condition()) return; await rest(20); }
      throw new Error(what + ': ' + location.pathname + ' ' + document.body.innerText);
    };
    const find = name => document.querySelector(`[data-testid=${name}]`);
    await until('the form', () => window.formAt && location.pathname === `/read/${stop.id}`);
    for (const digit of stop.digits) { await rest(TAP_MS); find(`key-${digit}`).click(); }
    await rest(TAP_MS);
    find('save').click();
    await until('the save', () => performance.getEntriesByName('save').length > 0);
    const saved = performance.getEntriesByName('save')[0];
    return [window.formAt - window.inViewAt, saved.startTime + saved.duration - window.inViewAt];";
