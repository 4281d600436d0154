//! The phone ends the app in the middle of a save: afterwards either the finished item is there or the half-typed form, never
//! both and never neither, and the person sees which.

use std::time::Duration;

use anyhow::{Result, bail, ensure};
use journeys::outbox;
use journeys::person::Person;
use journeys::wait::until;

use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

const LIMIT: Duration = Duration::from_secs(60);
/// Kills, each a little later after the tap on **Save** than the one before.
const KILLS: u64 = 6;
const STEP: Duration = Duration::from_millis(3);

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_is_killed_in_mid_save_has_the_item_or_the_form() -> Result<()> {
    let world = World::start().await?;
    let url = world.proxy.url();
    let list = Person::sign_in(&world.server.url(), "ana", PASSWORD)
        .await?
        .list()
        .await?;
    let stops: Vec<Stop> = list.rows.iter().filter_map(Stop::usual).collect();
    let mut ana = Technician::open(world.folder(), &url, None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.browser.wait_until_installed().await?;
    // A browser keeps a new cookie in memory for half a minute, unless it is closed.
    ana.close().await?;
    ana = Technician::open(world.folder(), &url, None).await?;
    world.proxy.cut(true);

    let mut saved = 0;
    for (stop, kill) in stops.iter().zip(0..KILLS) {
        ana.chooses_from_the_list(stop).await?;
        ana.types(stop).await?;
        until("the draft of the last digit", LIMIT, async || {
            outbox::draft_value(&ana.browser, "ana")
                .await
                .is_ok_and(|it| it.is_some_and(|value| is_of(&value, stop)))
        })
        .await?;
        ana.browser
            .js("setTimeout(() => document.querySelector('[data-testid=save]').click(), 0)")
            .await?;
        // Only moves the moment of the kill: what has to hold holds at each.
        tokio::time::sleep(STEP * u32::try_from(kill)?).await;
        ana.browser.kill().await?;
        ana = Technician::open(world.folder(), &url, None).await?;
        ana.browser.goto(&url).await?;
        ana.browser.see("[data-testid=unit-row]").await?;
        let stored = outbox::waiting(&ana.browser).await?;
        let draft = outbox::draft_value(&ana.browser, "ana").await?;
        println!("kill {kill}: {stored} stored, draft {draft:?}");
        match (stored - saved, draft) {
            (1, None) => sees_it_on_this_phone(&ana, stop).await?,
            (0, Some(value)) => {
                ensure!(is_of(&value, stop), "{value} is left of {}", stop.value());
                continues_and_saves(&ana, stop).await?;
            }
            (more, draft) => bail!("{more} items more, and the form {draft:?}"),
        }
        saved += 1;
        ensure!(outbox::waiting(&ana.browser).await? == saved, "not exactly once");
    }

    world.proxy.cut(false);
    ana.network_is_back().await?;
    let arrived = until("all to arrive", LIMIT, async || {
        world.received().await.is_ok_and(|it| it.len() as u64 == KILLS)
    })
    .await;
    if arrived.is_err() {
        bail!(
            "{:?}; the page shows: {}",
            world.received().await,
            ana.browser.text().await
        );
    }
    ana.close().await
}

async fn sees_it_on_this_phone(ana: &Technician, stop: &Stop) -> Result<()> {
    ana.browser
        .fill("[data-testid=round-search]", &stop.row.meter_serial)
        .await?;
    let id = &stop.row.id;
    ana.browser
        .see(&format!("[data-point='{id}'][data-state=on_this_phone]"))
        .await
}

/// What the keys gave, wherever the register has its decimal point.
fn is_of(text: &str, stop: &Stop) -> bool {
    text.replace('.', "").trim_start_matches('0') == stop.digits()
}

async fn continues_and_saves(ana: &Technician, stop: &Stop) -> Result<()> {
    ana.browser.see("[data-testid=half-typed]").await?;
    ana.browser.tap("[data-testid=half-typed-continue]").await?;
    let typed = format!(
        "document.querySelector('[data-testid=value]')?.value === '{}'",
        stop.value()
    );
    ana.browser.wait_for("what was typed", &typed).await?;
    ana.browser.tap("[data-testid=save]").await?;
    ana.browser.see("[data-testid=toast]").await
}
