//! What is missing at the end of a month, by keyboard alone: one value is estimated, one reading asked for; the technician sees
//! it on the round and reads.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use journeys::person::Person;
use journeys::wait::until;
use shared::wire::missing::{MissingPage, MissingRow};

use super::office::Office;
use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

const LIMIT: Duration = Duration::from_secs(60);
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const NOBODY: &str = "Nobody at home twice";
const PLEASE: &str = "Please read before the month ends";

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_estimated_and_a_reading_asked_for_comes_from_the_phone() -> Result<()> {
    let world = World::start().await?;
    let list = Person::sign_in(&world.server.url(), "ana", PASSWORD)
        .await?
        .list()
        .await?;
    // The first meter of the round is estimated, a later one is read.
    let stop = list
        .rows
        .iter()
        .filter_map(Stop::usual)
        .nth(3)
        .context("a meter")?;
    let property = stop.row.property_code.replace(' ', "%20");
    let page = format!("missing?property={property}&period={}", stop.period());
    let before: MissingPage = world.rita.get(&format!("/api/{page}")).await?;
    let rita = Office::open(&world, "rita", &page).await?;
    let place = before.rows.iter().position(|it| it.mean.value.is_some());
    let first = &before.rows[place.context("a row that can be estimated")?];
    total(&rita, before.total).await?;
    rita.pictures("missing").await?;

    estimates(&rita, &before, first).await?;
    total(&rita, before.total - 1).await?;
    ensure!(
        rita.browser.count(&line(&first.meter_point_id)).await? == 0,
        "it is still missing"
    );
    let estimated = world.rita.readings("state=estimated").await?;
    ensure!(estimated.total == 1, "{estimated:?}");
    let row = &estimated.rows[0];
    ensure!(
        row.value.is_some() && row.decision.as_deref() == Some("estimate_mean"),
        "{row:?}"
    );
    ensure!(row.decision_reason.as_deref() == Some(NOBODY), "{row:?}");

    asks_for(&rita, &before, &stop).await?;
    is_read_on_the_phone(&world, &stop).await?;
    total(&rita, before.total - 2).await?;
    ensure!(rita.browser.count(&line(&stop.row.id)).await? == 0, "it was read");
    rita.pictures("missing-answered").await?;
    rita.close().await
}

fn line(point: &str) -> String {
    format!("[data-testid=missing-row][data-point='{point}']")
}

async fn total(rita: &Office, total: i64) -> Result<()> {
    let there = format!("[data-testid=missing-total][data-total='{total}']");
    rita.browser.see(&there).await
}

/// Asks, leaves it, asks again; without a reason nothing is done.
async fn estimates(rita: &Office, before: &MissingPage, row: &MissingRow) -> Result<()> {
    let keys = async |text: &str| rita.browser.keys(text).await;
    rita.looks_at_missing(before, &row.meter_point_id).await?;
    keys("r").await?;
    rita.has_focus_on("missing-reason").await?;
    keys(ESCAPE).await?;
    let gone = "document.querySelector('[data-testid=missing-form]') === null";
    rita.browser.wait_for("the question to go", gone).await?;
    keys("m").await?;
    rita.has_focus_on("missing-reason").await?;
    keys(ENTER).await?;
    let empty = "document.querySelector('[data-testid=missing-wrong]').innerText !== ''";
    rita.browser
        .wait_for("a word on the missing reason", empty)
        .await?;
    keys(NOBODY).await?;
    rita.pictures("missing-estimate").await?;
    keys(ENTER).await?;
    rita.is_told("missing-outcome", "is estimated at").await?;
    rita.pictures("missing-estimated").await
}

async fn asks_for(rita: &Office, before: &MissingPage, stop: &Stop) -> Result<()> {
    let keys = async |text: &str| rita.browser.keys(text).await;
    rita.looks_at_missing(before, &stop.row.id).await?;
    keys("r").await?;
    rita.has_focus_on("missing-reason").await?;
    keys(&format!("{PLEASE}{ENTER}")).await?;
    rita.is_told("missing-outcome", "is asked for").await?;
    rita.browser
        .see(&format!("{}[data-asked=true]", line(&stop.row.id)))
        .await?;
    rita.pictures("missing-asked").await
}

async fn is_read_on_the_phone(world: &World, stop: &Stop) -> Result<()> {
    let ana = Technician::open(world.folder(), &world.proxy.url(), None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.reads_what_is_asked_for(stop, PLEASE).await?;
    until("the office to have it", LIMIT, async || {
        world.received().await.is_ok_and(|it| it.len() == 1)
    })
    .await?;
    ana.close().await
}
