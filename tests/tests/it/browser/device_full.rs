//! Situation 14: the device is full. Nothing is called saved, what was typed stays, also when the app is started anew.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use journeys::outbox;
use journeys::person::Person;
use journeys::wait::until;

use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

const LIMIT: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_device_a_reading_is_not_called_saved_and_what_was_typed_is_kept() -> Result<()> {
    let world = World::start().await?;
    let proxy = &world.proxy;
    let list = Person::sign_in(&world.server.url(), "ana", PASSWORD)
        .await?
        .list()
        .await?;
    let stop = list.rows.iter().find_map(Stop::usual).context("a usual meter")?;
    let ana = Technician::open(world.folder(), &proxy.url(), None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.browser.wait_until_installed().await?;

    proxy.cut(true);
    ana.chooses_from_the_list(&stop).await?;
    // Not even the draft finds room, until the page is loaded again.
    ana.browser
        .js("IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); };")
        .await?;
    ana.types(&stop).await?;
    ana.browser.tap("[data-testid=save]").await?;
    ana.browser.see("[data-testid=store-trouble]").await?;
    ensure!(
        outbox::waiting(&ana.browser).await? == 0,
        "it was stored after all"
    );
    ensure!(
        ana.browser.count("[data-testid=toast]").await? == 0,
        "something was said to be saved"
    );

    // The app is closed and opened again.
    ana.browser.goto("about:blank").await?;
    ana.browser.goto(&proxy.url()).await?;
    ana.browser.see("[data-testid=store-trouble]").await?;
    ana.browser.tap("[data-testid=half-typed-continue]").await?;
    ana.browser.tap("[data-testid=save]").await?;
    until("the reading to be saved", LIMIT, async || {
        outbox::waiting(&ana.browser).await.is_ok_and(|it| it == 1)
    })
    .await?;
    ana.browser
        .wait_for(
            "the warning to go",
            "!document.querySelector('[data-testid=store-trouble]')",
        )
        .await?;
    proxy.cut(false);
    ana.browser.js("dispatchEvent(new Event('online'))").await?;
    until("the reading to arrive", LIMIT, async || {
        world.received().await.is_ok_and(|it| it.len() == 1)
    })
    .await?;
    let page = world
        .rita
        .readings("technician=ana&source=phone&limit=500")
        .await?;
    let value = page.rows.first().and_then(|row| row.value.clone());
    ensure!(
        value == Some(stop.value()),
        "{value:?} arrived, {} was typed",
        stop.value()
    );
    ana.close().await
}
