//! With no page of the app open: what was saved without network is sent by the service worker, and a fresh list is fetched.

use std::time::Duration;

use anyhow::{Result, ensure};
use journeys::browser::Browser;
use journeys::person::Person;
use journeys::wait::until;
use journeys::{cache, outbox, service_worker};
use serde_json::json;

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

    allow_notifications(&ana.browser, &proxy.url()).await?;
    ana.browser.goto(&format!("{}/me", proxy.url())).await?;
    ana.browser.tap("[data-testid=notice-done]").await?;
    ana.browser.see("[data-testid=notice-done]:checked").await?;
    cache::wait_until_kept(&ana.browser, "settings/ana", |it| {
        it["notices"]["sync_done"] == json!(true)
    })
    .await?;
    ana.browser.goto(&proxy.url()).await?;

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
    // Nobody looked, so the phone says so.
    until("the notification", LIMIT, async || {
        titles(&ana.browser)
            .await
            .is_ok_and(|it| it == "Everything was sent")
    })
    .await?;
    ana.close().await
}

async fn allow_notifications(browser: &Browser, origin: &str) -> Result<()> {
    let granted = json!({"origin": origin, "permissions": ["notifications"]});
    browser
        .driver()
        .cdp()
        .send_raw("Browser.grantPermissions", granted)
        .await?;
    Ok(())
}

async fn titles(browser: &Browser) -> Result<String> {
    let shown = "const registration = await navigator.serviceWorker.getRegistration('/');
         return (await registration.getNotifications()).map(it => it.title).join();";
    Ok(browser
        .js_async(shown)
        .await?
        .as_str()
        .unwrap_or_default()
        .to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_list_is_fetched_with_no_page_open_and_nothing_waiting() -> Result<()> {
    let world = World::start().await?;
    let proxy = &world.proxy;
    let ana = Technician::open(world.folder(), &proxy.url(), None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.browser.wait_until_installed().await?;
    ana.browser.goto("about:blank").await?;
    service_worker::stop_all(&ana.browser).await?;
    // Nothing that this page began may be taken for the worker's.
    proxy.cut(true);
    let from = proxy.exchanges().len();
    proxy.cut(false);
    service_worker::dispatch_periodic_sync(&ana.browser, &proxy.url()).await?;
    until("the list", LIMIT, async || {
        let calls = proxy.api_calls(from);
        calls.iter().any(|it| it.contains("/latest-tenant-readings"))
    })
    .await?;
    ana.close().await
}
