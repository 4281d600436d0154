//! Situation 5: two tabs of one phone, one drains, the other follows and takes over when the first is closed.

use std::time::Duration;

use anyhow::{Result, ensure};
use journeys::gate::Mode;
use journeys::outbox;
use journeys::wait::until;

use super::trace::check_the_trace;
use super::world::World;

const LIMIT: Duration = Duration::from_secs(60);
const READINGS: usize = 150;

#[tokio::test(flavor = "multi_thread")]
async fn of_two_tabs_one_drains_and_the_other_takes_over_when_it_is_closed() -> Result<()> {
    let world = World::start().await?;
    let proxy = &world.proxy;
    let browser = world.phone().await?;

    // The app is closed while its outbox is filled.
    browser.goto(&world.beside_the_app()).await?;
    outbox::fill(&browser, &world.readings(READINGS).await?).await?;
    let from = proxy.exchanges().len();
    proxy.answers().set(Mode::Hold);
    browser.goto(&proxy.url()).await?;
    until("the first tab's batch", LIMIT, async || {
        proxy.answers().held() == 1
    })
    .await?;
    proxy.answers().release();
    until("its next batch", LIMIT, async || proxy.answers().arrived() == 2).await?;

    let first = browser.driver().window().await?;
    let second = browser.driver().new_tab().await?;
    browser.driver().switch_to_window(second.clone()).await?;
    browser.goto(&proxy.url()).await?;
    browser
        .wait_for(
            "the second tab follows",
            "document.querySelector('[data-testid=run-bar]')",
        )
        .await?;
    browser.js("dispatchEvent(new Event('online'))").await?;
    ensure!(proxy.answers().held() == 1, "two batches at the same moment");

    browser.driver().switch_to_window(first).await?;
    browser.driver().close_window().await?;
    browser.driver().switch_to_window(second).await?;
    proxy.answers().set(Mode::Pass);
    until("the second tab to finish", LIMIT, async || {
        outbox::waiting(&browser).await.is_ok_and(|it| it == 0)
    })
    .await?;

    check_the_trace(&proxy.exchanges()[from..])?;
    let received = world.received().await?.len();
    ensure!(received == READINGS, "{received} readings");
    browser.close().await
}
