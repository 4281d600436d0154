//! The browser's own detector beside our worker. The Chromium of these journeys has none, so that one is put in its place.

use anyhow::{Context, Result, ensure};
use journeys::browser::{Browser, Screen};
use journeys::person::Person;
use journeys::video::{self, Shot};
use serde_json::json;

use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

/// Counts how often it is asked, and how many frames were looked at in all.
const DETECTOR: &str = "
    const grab = CanvasRenderingContext2D.prototype.getImageData;
    CanvasRenderingContext2D.prototype.getImageData = function (...place) {
      window.looks = (window.looks ?? 0) + 1;
      return grab.apply(this, place);
    };
    window.BarcodeDetector = class {
      static async getSupportedFormats() { return FORMATS; }
      constructor(options) { window.wanted = options.formats; }
      async detect(picture) {
        window.asked = (window.asked ?? 0) + 1;
        window.pictured = picture instanceof HTMLCanvasElement && picture.width > 0;
        return ANSWER;
      }
    };";

#[tokio::test(flavor = "multi_thread")]
async fn a_label_that_only_the_browsers_own_detector_reads_opens_its_form() -> Result<()> {
    let world = World::start().await?;
    let stop = stop(&world).await?;
    // A wall, on which the detector sees a label.
    let answer = format!("[{{ rawValue: '{}' }}]", stop.label);
    let ana = with_detector(&world, &[Shot::wall(5)], "['ean_13', 'qr_code']", &answer).await?;
    ana.scans(&stop).await?;
    let seen = ana.browser.js("return [window.wanted, window.pictured]").await?;
    ensure!(seen == json!([["qr_code"], true]), "{seen}");
    ana.types_and_saves(&stop).await?;
    ana.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_detector_that_fails_is_asked_once_and_the_worker_looks_on() -> Result<()> {
    let world = World::start().await?;
    let broken = "Promise.reject(new Error('no service'))";
    let ana = with_detector(&world, &[Shot::wall(5)], "['qr_code']", broken).await?;
    ana.opens_the_camera_anew().await?;
    let failed = "window.asked === 1 && (window.looksThen ??= window.looks)";
    ana.browser.wait_for("it to be asked", failed).await?;
    let more = "window.looks > window.looksThen + 5";
    ana.browser.wait_for("more frames", more).await?;
    let asked = ana.browser.js("return window.asked").await?;
    ensure!(asked == 1, "asked {asked} times");
    ana.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_detector_that_reads_no_such_labels_is_not_asked() -> Result<()> {
    let world = World::start().await?;
    let ana = with_detector(
        &world,
        &[Shot::wall(5)],
        "['ean_13']",
        "[{ rawValue: 'M:WRONG' }]",
    )
    .await?;
    ana.opens_the_camera_anew().await?;
    ana.browser.wait_for("frames", "window.looks > 5").await?;
    let asked = ana.browser.js("return window.asked ?? 0").await?;
    ensure!(asked == 0, "asked {asked} times");
    ana.close().await
}

async fn stop(world: &World) -> Result<Stop> {
    let list = Person::sign_in(&world.server.url(), "ana", PASSWORD)
        .await?
        .list()
        .await?;
    list.rows.iter().find_map(Stop::usual).context("a usual meter")
}

/// Ana's phone with such a detector; signed in.
async fn with_detector(world: &World, film: &[Shot], formats: &str, answer: &str) -> Result<Technician> {
    let path = world.folder().join("film.y4m");
    video::write(&path, film)?;
    let browser = Browser::open(&world.folder().join("ana"), Screen::Phone, Some(&path)).await?;
    let script = DETECTOR.replace("FORMATS", formats).replace("ANSWER", answer);
    browser
        .driver()
        .cdp()
        .send_raw("Page.addScriptToEvaluateOnNewDocument", json!({"source": script}))
        .await?;
    let ana = Technician::with(browser, &world.proxy.url());
    ana.sign_in("ana", PASSWORD).await?;
    Ok(ana)
}
