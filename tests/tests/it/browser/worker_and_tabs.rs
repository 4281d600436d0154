//! Situation 5 with everything at once: two tabs and the service worker. Whoever drains, the others follow, and when its
//! tab is closed in mid-drain another takes over.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use journeys::browser::Browser;
use journeys::gate::Mode;
use journeys::proxy::Proxy;
use journeys::wait::until;
use journeys::{outbox, service_worker};

use super::trace::check_the_trace;
use super::world::World;

const LIMIT: Duration = Duration::from_secs(60);
const READINGS: usize = 150;
/// Who takes over begins with a ping, after one and a half seconds of silence since the last sign of life before the tab was
/// gone; the rest is for giving the lock and sending.
const TAKE_OVER_MAX: Duration = Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_and_the_service_worker_send_each_reading_once_when_the_draining_tab_is_closed() -> Result<()>
{
    let world = World::start().await?;
    let proxy = &world.proxy;
    let browser = world.phone().await?;
    browser.goto(&world.beside_the_app()).await?;
    outbox::fill(&browser, &world.readings(READINGS).await?).await?;

    let from = proxy.exchanges().len();
    proxy.answers().set(Mode::Hold);
    browser.goto(&proxy.url()).await?;
    until("the first tab's batch", LIMIT, async || {
        proxy.answers().held() == 1
    })
    .await?;
    let first = browser.driver().window().await?;
    let second = browser.driver().new_tab().await?;
    browser.driver().switch_to_window(second.clone()).await?;
    browser.goto(&proxy.url()).await?;
    follows(&browser).await?;
    service_worker::dispatch_sync(&browser, &proxy.url()).await?;
    // The next batch is the first tab's as well: nobody has taken the lock away.
    proxy.answers().release();
    until("its next batch", LIMIT, async || proxy.answers().arrived() == 2).await?;
    follows(&browser).await?;
    ensure!(proxy.answers().held() == 1, "two batches at the same moment");

    browser.driver().switch_to_window(first).await?;
    browser.driver().close_window().await?;
    let closed_at = Instant::now();
    browser.driver().switch_to_window(second).await?;
    let taken_over_at = next_ping_after(proxy, closed_at).await?;
    let took = taken_over_at - closed_at;
    println!("taken over {} ms after the tab was gone", took.as_millis());
    proxy.answers().set(Mode::Pass);
    until("the others to finish", LIMIT, async || {
        outbox::waiting(&browser).await.is_ok_and(|it| it == 0)
    })
    .await?;
    ensure!(took < TAKE_OVER_MAX, "taken over after {} ms", took.as_millis());

    check_the_trace(&proxy.exchanges()[from..])?;
    let received = world.received().await?.len();
    ensure!(received == READINGS, "{received} readings");
    browser.close().await
}

async fn follows(browser: &Browser) -> Result<()> {
    browser
        .wait_for(
            "the tab shows the run of another",
            "document.querySelector('[data-testid=run-bar]')",
        )
        .await
}

async fn next_ping_after(proxy: &Proxy, moment: Instant) -> Result<Instant> {
    let ping_at = || {
        let all = proxy.exchanges();
        let mut pings = all
            .iter()
            .filter(|it| it.path == "/api/ping")
            .map(|it| it.arrived_at);
        pings.find(|at| *at > moment)
    };
    until("somebody to take over", LIMIT, async || ping_at().is_some()).await?;
    ping_at().context("a ping")
}
