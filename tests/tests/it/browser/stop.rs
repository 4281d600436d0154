//! Stop and go on: a drain that is ended half way keeps what it has, and **Sync now** sends the rest.

use std::time::Duration;

use anyhow::{Result, ensure};
use journeys::gate::Mode;
use journeys::outbox;
use journeys::wait::until;

use super::world::World;

const LIMIT: Duration = Duration::from_secs(60);
const READINGS: usize = 100;
/// A drain begins with so many.
const FIRST_BATCH: u64 = 25;

#[tokio::test(flavor = "multi_thread")]
async fn a_drain_that_is_stopped_half_way_keeps_the_rest_until_sync_now() -> Result<()> {
    let world = World::start().await?;
    let browser = world.phone().await?;
    browser.goto(&world.beside_the_app()).await?;
    outbox::fill(&browser, &world.readings(READINGS).await?).await?;

    let answers = world.proxy.answers();
    answers.set(Mode::Hold);
    browser.goto(&format!("{}/sync", world.proxy.url())).await?;
    until("the first batch", LIMIT, async || answers.held() > 0).await?;
    browser.tap("[data-testid=sync-stop]").await?;
    answers.set(Mode::Pass);
    answers.release();
    browser.see("[data-testid=sync-now]").await?;
    let rest = READINGS as u64 - FIRST_BATCH;
    let waiting = outbox::waiting(&browser).await?;
    ensure!(waiting == rest, "{waiting} wait, and not {rest}");
    let received = world.received().await?.len() as u64;
    ensure!(received == FIRST_BATCH, "{received} arrived");
    browser.picture("sync-stopped").await?;

    browser.tap("[data-testid=sync-now]").await?;
    until("an empty outbox", LIMIT, async || {
        outbox::waiting(&browser).await.is_ok_and(|it| it == 0)
    })
    .await?;
    let received = world.received().await?.len();
    ensure!(received == READINGS, "{received} arrived");
    browser.close().await
}
