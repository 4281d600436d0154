//! One drain through everything that networks do to it: each fault meets a batch, and in the end each reading is there once.

use std::time::Duration;

use anyhow::{Result, ensure};
use journeys::browser::Browser;
use journeys::outbox;
use journeys::proxy::Fault;
use journeys::wait::until;

use super::world::World;

const LIMIT: Duration = Duration::from_secs(180);
const READINGS: usize = 100;
const FAULTS: [Fault; 7] = [
    Fault::LoseRequest,
    Fault::LoseAnswer,
    Fault::CutAnswer,
    Fault::Trickle,
    Fault::BadGateway,
    Fault::Unavailable,
    Fault::SignInPage,
];

#[tokio::test(flavor = "multi_thread")]
async fn a_drain_through_every_fault_of_the_network_delivers_each_reading_once() -> Result<()> {
    let world = World::start().await?;
    let browser = world.phone().await?;
    let items = world.readings(READINGS).await?;
    browser.goto(&world.beside_the_app()).await?;
    outbox::fill(&browser, &items).await?;

    world.proxy.portal(true);
    browser.goto(&world.proxy.url()).await?;
    until("the sign-in page to be named", LIMIT, async || {
        hint(&browser).await.is_ok() && browser.text().await.contains("sign-in page")
    })
    .await?;
    ensure!(
        outbox::waiting(&browser).await? == READINGS as u64,
        "something was removed"
    );

    world.proxy.plan(&FAULTS);
    world.proxy.portal(false);
    let mut fewest = READINGS as u64;
    until("an empty outbox", LIMIT, async || {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let (Ok(()), Ok(waiting)) = (hint(&browser).await, outbox::waiting(&browser).await) else {
            return false;
        };
        assert!(waiting <= fewest, "{waiting} wait after {fewest}");
        fewest = waiting;
        waiting == 0
    })
    .await?;

    ensure!(world.proxy.faults_left() == 0, "not every fault was met");
    let received = world.received().await?.len();
    ensure!(received == READINGS, "{received} readings");
    let kept = outbox::sent(&browser).await?;
    ensure!(
        kept == (READINGS as u64, READINGS as u64),
        "items and receipts kept: {kept:?}"
    );
    browser.close().await
}

/// The radio says that the network is back; without it the app would wait longer after each failure.
async fn hint(browser: &Browser) -> Result<()> {
    browser.js("dispatchEvent(new Event('online'))").await.map(drop)
}
