//! The office sends a reading back, and the phone says why it is asked for again.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use journeys::person::Person;
use journeys::wait::until;
use shared::id::ItemId;

use super::office::Office;
use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

const LIMIT: Duration = Duration::from_secs(60);
/// Tab over Cancel to Send back, and Enter.
const TO_THE_BUTTON: &str = "\u{e004}\u{e004}\u{e007}";
const ENTER: &str = "\u{e007}";
const REASON: &str = "The photo shows another number";

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_that_is_sent_back_comes_to_the_phone_with_its_reason_and_goes_when_it_is_read_again()
-> Result<()> {
    let world = World::start().await?;
    let list = Person::sign_in(&world.server.url(), "ana", PASSWORD)
        .await?
        .list()
        .await?;
    let stop = list.rows.iter().find_map(Stop::usual).context("a meter")?;
    let ana = Technician::open(world.folder(), &world.proxy.url(), None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.chooses_from_the_list(&stop).await?;
    ana.types_and_saves(&stop).await?;
    let sent = until_received(&world, 1).await?;

    let rita = Office::open(&world, "rita", "readings").await?;
    sends_back(&world, &rita, sent).await?;
    ana.browser.goto(&format!("{}/sync", world.proxy.url())).await?;
    ana.browser.tap("[data-testid=sync-now]").await?;
    ana.browser.goto(&world.proxy.url()).await?;
    ana.browser
        .fill("[data-testid=round-search]", &stop.row.meter_serial)
        .await?;
    let asked = format!(
        "document.querySelector(\"[data-point='{}'][data-state=needs_attention]\")?.innerText.includes('{REASON}')",
        stop.row.id
    );
    ana.browser.wait_for("the request in the round", &asked).await?;
    ana.pictures("round-reread").await?;
    ana.browser
        .tap(&format!("[data-testid=unit-row][data-point='{}']", stop.row.id))
        .await?;
    ana.browser.see("[data-testid=reread]").await?;
    ana.pictures("reading-reread").await?;
    ana.types_and_saves(&stop).await?;
    until_received(&world, 2).await?;
    ana.browser.goto(&world.proxy.url()).await?;
    ana.browser
        .fill("[data-testid=round-search]", &stop.row.meter_serial)
        .await?;
    ana.browser
        .see(&format!("[data-point='{}'][data-state=received]", stop.row.id))
        .await?;
    let rows = Person::sign_in(&world.server.url(), "ana", PASSWORD)
        .await?
        .list()
        .await?
        .rows;
    let row = rows.iter().find(|row| row.id == stop.row.id).context("the row")?;
    ensure!(row.reread.is_none(), "still asked for: {:?}", row.reread);
    rita.close().await?;
    ana.close().await
}

/// Without a mouse: to the row, to the question, and off with it.
async fn sends_back(world: &World, rita: &Office, sent: ItemId) -> Result<()> {
    let row = format!("[data-testid=reading-row][data-id='{sent}']");
    rita.browser.see(&row).await?;
    // The newest arrival stands on top.
    rita.browser.keys("j").await?;
    rita.browser.keys("r").await?;
    rita.has_focus_on("send-back-reason").await?;
    rita.pictures("send-back").await?;
    rita.browser.keys(TO_THE_BUTTON).await?;
    let empty = "document.querySelector('[data-testid=send-back-wrong]').innerText !== ''";
    rita.browser
        .wait_for("a word on the missing reason", empty)
        .await?;
    rita.has_focus_on("send-back-reason").await?;
    rita.browser.keys(REASON).await?;
    // What the server did not hear is said, and what was typed is kept.
    world.proxy.cut(true);
    rita.browser.keys(TO_THE_BUTTON).await?;
    rita.browser.see("[data-testid=outcome-error]").await?;
    rita.pictures("send-back-failed").await?;
    world.proxy.cut(false);
    rita.has_focus_on("send-back-send").await?;
    rita.browser.keys(ENTER).await?;
    rita.is_told("readings-outcome", "ana is asked").await?;
    rita.browser.see(&format!("{row}[data-state=sent_back]")).await?;
    let told = format!("document.querySelector('[data-testid=decided]')?.innerText.includes('{REASON}')");
    rita.browser.wait_for("who sent it back and why", &told).await?;
    ensure!(
        rita.browser.count("[data-testid=send-back]").await? == 0,
        "sent back twice"
    );
    rita.pictures("sent-back").await
}

async fn until_received(world: &World, count: usize) -> Result<ItemId> {
    until("the office to have it", LIMIT, async || {
        world.received().await.is_ok_and(|it| it.len() == count)
    })
    .await?;
    let received = world.received().await?;
    received.last().copied().context("an item")
}
