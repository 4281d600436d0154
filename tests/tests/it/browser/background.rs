//! Background Sync: what was saved without network is sent by the service worker, with no page of the app open.

use std::time::Duration;

use anyhow::{Result, ensure};
use journeys::person::Person;
use journeys::wait::until;
use journeys::{outbox, service_worker};

use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

const LIMIT: Duration = Duration::from_secs(90);
const READINGS: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn readings_saved_without_network_arrive_once_with_no_page_open() -> Result<()> {
    let world = World::start().await?;
    let proxy = &world.proxy;
    let list = Person::sign_in(&world.server.url(), "ana", PASSWORD)
        .await?
        .list()
        .await?;
    let stops: Vec<Stop> = list.rows.iter().filter_map(Stop::usual).take(READINGS).collect();
    let ana = Technician::open(world.folder(), &proxy.url(), None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.browser.wait_until_installed().await?;

    proxy.cut(true);
    for stop in &stops {
        ana.chooses_from_the_list(stop).await?;
        ana.types_and_saves(stop).await?;
    }
    ana.browser.goto("about:blank").await?;
    service_worker::stop_all(&ana.browser).await?;
    let from = proxy.exchanges().len();
    proxy.cut(false);
    service_worker::dispatch_sync(&ana.browser, &proxy.url()).await?;

    until("the readings to arrive", LIMIT, async || {
        world.received().await.is_ok_and(|it| it.len() == READINGS)
    })
    .await?;
    until("the end check", LIMIT, async || {
        proxy.api_calls(from).iter().any(|it| it.ends_with("/check"))
    })
    .await?;
    let exchanges = proxy.exchanges();
    let program = exchanges[from..].iter().find(|it| it.path.ends_with(".wasm"));
    ensure!(
        program.is_none(),
        "{program:?} was fetched: the worker's program was not kept"
    );

    ana.browser.goto(&world.beside_the_app()).await?;
    until("an empty outbox", LIMIT, async || {
        outbox::waiting(&ana.browser).await.is_ok_and(|it| it == 0)
    })
    .await?;
    let kept = outbox::sent(&ana.browser).await?;
    ensure!(
        kept == (READINGS as u64, READINGS as u64),
        "items and receipts kept: {kept:?}"
    );
    let received = world.received().await?.len();
    ensure!(received == READINGS, "{received} readings");
    ana.close().await
}
