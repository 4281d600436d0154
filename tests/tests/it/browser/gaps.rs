//! Running numbers that neither side has (situation 16): the phone and the office say which, and what to do.

use anyhow::Result;
use journeys::browser::{Browser, Screen};
use journeys::outbox;

use super::world::{PASSWORD, World};

/// The phone has lost the numbers 4 to 6.
const LOST: std::ops::RangeInclusive<u64> = 4..=6;

#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_neither_side_has_are_named_on_the_phone_and_in_the_office() -> Result<()> {
    let world = World::start().await?;
    let phone = world.phone().await?;
    let url = world.proxy.url();
    let mut items = world.readings(9).await?;
    items.retain(|item| !LOST.contains(&item.device_seq));
    phone.goto(&world.beside_the_app()).await?;
    outbox::fill(&phone, &items).await?;

    let office = office_at_phones(&world).await?;

    phone.goto(&format!("{url}/sync")).await?;
    names_the_lost(&phone, "[data-testid=gaps]").await?;
    phone
        .wait_for(
            "a pill that does not say that all is well",
            "document.querySelector('[data-testid=status-pill]').dataset.tone === 'warn'",
        )
        .await?;
    phone.picture("gaps").await?;

    office
        .wait_for(
            "the warning, in the page that was open all the time",
            "window.neverReloaded && document.querySelector('[data-testid=phone-row][data-person=ana][data-warning=gaps]')",
        )
        .await?;
    names_the_lost(&office, "[data-testid=gaps-what]").await?;
    office.picture("office-phones").await?;
    office.close().await?;
    phone.close().await
}

/// Rita's page of phones, on which nothing is wrong yet.
async fn office_at_phones(world: &World) -> Result<Browser> {
    let office = Browser::open(&world.folder().join("rita"), Screen::Laptop, None).await?;
    office.goto(&world.proxy.url()).await?;
    office.fill("[data-testid=username]", "rita").await?;
    office.fill("[data-testid=password]", PASSWORD).await?;
    office.tap("[data-testid=sign-in]").await?;
    office.tap("[data-testid=rail-phones]").await?;
    office
        .see("[data-testid=phone-row][data-person=ana][data-warning=none]")
        .await?;
    office.js("window.neverReloaded = true").await?;
    Ok(office)
}

async fn names_the_lost(browser: &Browser, selector: &str) -> Result<()> {
    let (from, to) = (LOST.start(), LOST.end());
    browser
        .wait_for(
            &format!("{selector} that names {from} to {to}"),
            &format!("document.querySelector('{selector}')?.innerText.includes('{from} to {to}')"),
        )
        .await
}
