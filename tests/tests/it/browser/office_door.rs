//! Two programs behind one sign-in: whoever signs in, and whichever address they open, each is led to their own.

use anyhow::Result;
use journeys::browser::{Browser, Screen};

use super::world::{PASSWORD, World};

#[tokio::test(flavor = "multi_thread")]
async fn the_office_and_its_old_addresses_are_found_from_the_start_page_and_it_says_when_there_is_no_network()
-> Result<()> {
    let world = World::start().await?;
    let url = world.proxy.url();
    let office = Browser::open(&world.folder().join("rita"), Screen::Laptop, None).await?;

    // A page of the office that was opened first is shown after the sign-in.
    office.goto(&format!("{url}/office/phones")).await?;
    sign_in(&office, "rita").await?;
    is_at(&office, "/office/phones").await?;
    office.see("[data-testid=phones-sum]").await?;

    office.goto(&url).await?;
    is_at(&office, "/office/dashboard").await?;
    office.see("[data-testid=dashboard-row]").await?;
    office.picture("office-dashboard-first").await?;
    office.tap("[data-testid=rail-readings]").await?;
    office.see("[data-testid=reading-row]").await?;
    office.picture("office-readings-first").await?;
    office.wait_until_installed().await?;

    office.goto(&format!("{url}/readings?technician=ana")).await?;
    is_at(&office, "/office/readings?technician=ana").await?;

    world.proxy.cut(true);
    office.goto(&format!("{url}/office/phones")).await?;
    office.see("[data-testid=office-no-network]").await?;
    office.picture("office-no-network").await?;
    world.proxy.cut(false);
    office.tap("[data-testid=office-no-network] a").await?;
    office.see("[data-testid=phones-sum]").await?;

    office.tap("[data-testid=rail-me]").await?;
    office.see("[data-testid=me-name]").await?;
    office.tap("[data-testid=theme-dark]").await?;
    office
        .wait_for(
            "dark colours",
            "document.documentElement.dataset.theme === 'dark'",
        )
        .await?;
    office.picture("office-me-dark").await?;
    office.tap("[data-testid=sign-out]").await?;
    office.tap("[data-testid=confirm-yes]").await?;
    sign_in(&office, "rita").await?;
    is_at(&office, "/office/dashboard").await?;
    office
        .wait_for(
            "the colours that were chosen",
            "document.documentElement.dataset.theme === 'dark'",
        )
        .await?;
    office.see("[data-testid=dashboard-row]").await?;
    office.picture("office-dashboard-dark").await?;
    office.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_technician_who_opens_an_address_of_the_office_gets_the_round() -> Result<()> {
    let world = World::start().await?;
    let phone = world.phone().await?;
    phone
        .goto(&format!("{}/office/readings", world.proxy.url()))
        .await?;
    is_at(&phone, "/").await?;
    phone.see("[data-testid=unit-row]").await?;
    phone.close().await
}

async fn sign_in(browser: &Browser, name: &str) -> Result<()> {
    browser.fill("[data-testid=username]", name).await?;
    browser.fill("[data-testid=password]", PASSWORD).await?;
    browser.tap("[data-testid=sign-in]").await
}

async fn is_at(browser: &Browser, address: &str) -> Result<()> {
    browser
        .wait_for(
            &format!("the address {address}"),
            &format!("location.pathname + location.search === '{address}'"),
        )
        .await
}
