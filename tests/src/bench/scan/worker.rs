//! The same pictures in the worker of the built client, in headless Chromium.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use scanner::Stage;

use super::corpus::{Case, Corpus};
use super::looks::{Look, Looks};
use super::page::Page;
use crate::bench::scan::corpus::Group;
use crate::browser::{Browser, Screen};

/// Pictures a call: each call has to end before the driver loses patience.
const PICTURES_A_CALL: usize = 10;
/// Looked at before anything is measured: the browser compiles the wasm a second time when it gets busy.
const WARM_UP_PICTURES: usize = 10;

/// The worker says how long it looked, the change to grey included; beside it the time from handing over the pixels to the
/// answer.
const SCRIPT: &str = "
    const worker = window.worker ??= new Worker(WORKER);
    const look = (pixels, width, height, frame) => new Promise((done, failed) => {
      worker.onmessage = event => done(event.data);
      worker.onerror = event => failed(new Error(event.message || 'the worker died'));
      worker.postMessage({pixels, width, height, frame}, [pixels]);
    });
    const all = [];
    for (const {file, width, height} of CASES) {
      const grey = new Uint8Array(await (await fetch('/' + file)).arrayBuffer());
      const looks = [];
      for (let frame = 0; frame < STAGES; frame += 1) {
        const rgba = new Uint8Array(grey.length * 4);
        for (let at = 0; at < grey.length; at += 1) {
          rgba[at * 4] = rgba[at * 4 + 1] = rgba[at * 4 + 2] = grey[at];
          rgba[at * 4 + 3] = 255;
        }
        const begin = performance.now();
        const {text, ms} = await look(rgba.buffer, width, height, frame);
        looks.push({text, ms, answered_ms: performance.now() - begin});
      }
      all.push(looks);
    }
    return all;";

/// What the worker read, and in which browser.
pub(super) struct InWorker {
    pub(super) browser: String,
    pub(super) looks: Looks,
}

/// Reads every picture with every stage in the worker.
pub(super) async fn read(corpus: &Corpus, client: &Path) -> Result<InWorker> {
    let page = Page::serve(client, corpus.folder()).await?;
    let profile = tempfile::tempdir()?;
    let browser = Browser::open(profile.path(), Screen::Laptop, None).await?;
    browser.goto(&page.url()).await?;
    let is_drawn = |case: &&Case| matches!(case.group, Group::Drawn(_));
    let warm_up: Vec<Case> = corpus
        .cases
        .iter()
        .filter(is_drawn)
        .take(WARM_UP_PICTURES)
        .cloned()
        .collect();
    call(&browser, &page, &warm_up).await?;
    let mut looks = Looks::new();
    for cases in corpus.cases.chunks(PICTURES_A_CALL) {
        looks.extend(call(&browser, &page, cases).await?);
    }
    let version = browser.js("return navigator.userAgent").await?;
    browser.close().await?;
    let version = version.as_str().unwrap_or_default();
    let chrome = version.split(' ').find(|word| word.contains("Chrome/"));
    Ok(InWorker {
        browser: chrome.context("Chromium")?.to_owned(),
        looks,
    })
}

async fn call(browser: &Browser, page: &Page, cases: &[Case]) -> Result<Vec<Vec<Look>>> {
    let script = SCRIPT
        .replace("WORKER", &serde_json::to_string(&page.worker())?)
        .replace("CASES", &serde_json::to_string(cases)?)
        .replace("STAGES", &Stage::ALL.len().to_string());
    let answer = browser.js_async(&script).await?;
    ensure!(answer.is_array(), "the page says {answer}");
    Ok(serde_json::from_value(answer)?)
}
