//! An admin revokes a phone and takes it back in: the phone is told, and nothing that it holds is refused.

use std::time::Duration;

use anyhow::{Result, ensure};
use journeys::person::Person;
use journeys::wait::until;

use super::office::Office;
use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

const LIMIT: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_phone_is_told_what_it_sends_is_held_and_it_goes_on_when_it_is_taken_back_in() -> Result<()>
{
    let world = World::start().await?;
    world.server.add_user("adam", "admin", PASSWORD)?;
    let stops = stops(&world).await?;
    let ana = Technician::open(world.folder(), &world.proxy.url(), None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.browser.wait_until_installed().await?;
    ana.sees_the_round_without_network().await?;
    ana.chooses_from_the_list(&stops[0]).await?;
    ana.types_and_saves(&stops[0]).await?;

    let adam = Office::open(&world, "adam", "phones").await?;
    sets_the_limit(&adam).await?;
    adam.pictures("phones-admin").await?;
    adam.browser.tap("[data-testid=revoke]").await?;
    adam.browser.see("[data-testid=confirm][open]").await?;
    adam.pictures("phones-revoke").await?;
    // Asked first: nothing has happened yet.
    adam.browser.tap("[data-testid=confirm-no]").await?;
    adam.has_focus_on("revoke").await?;
    adam.browser.see("[data-revoked=false]").await?;
    adam.browser.tap("[data-testid=revoke]").await?;
    adam.browser.tap("[data-testid=confirm-yes]").await?;
    adam.browser
        .see("[data-testid=phone-row][data-person=ana][data-revoked=true]")
        .await?;
    adam.is_told("phones-outcome", "ana is revoked").await?;
    adam.has_focus_on("readmit").await?;
    adam.pictures("phones-revoked").await?;

    ana.network_is_back().await?;
    until("what it had to be held", LIMIT, async || {
        held(&world).await.is_ok_and(|it| it == 1)
    })
    .await?;
    ana.browser.goto(&world.proxy.url()).await?;
    ana.browser.see("[data-testid=revoked]").await?;
    ana.pictures("round-revoked").await?;
    adam.browser.tap("[data-testid=revoked-advice] a").await?;
    adam.browser
        .see("[data-testid=reading-row][data-state=held]")
        .await?;
    a_reviewer_sees_it_and_decides_nothing(&world).await?;

    adam.goes_to("phones").await?;
    adam.browser.tap("[data-testid=readmit]").await?;
    adam.browser.tap("[data-testid=confirm-yes]").await?;
    adam.browser
        .see("[data-testid=phone-row][data-person=ana][data-revoked=false]")
        .await?;
    adam.has_focus_on("revoke").await?;

    ana.browser.goto(&world.proxy.url()).await?;
    ana.browser.see("[data-testid=unit-row]").await?;
    ana.browser
        .wait_for(
            "no word of a revocation",
            "!document.querySelector('[data-testid=revoked]')",
        )
        .await?;
    ana.chooses_from_the_list(&stops[1]).await?;
    ana.types_and_saves(&stops[1]).await?;
    until("its next reading to be in the books", LIMIT, async || {
        let page = world
            .rita
            .readings("technician=ana&source=phone&state=received")
            .await;
        page.is_ok_and(|it| it.total == 1)
    })
    .await?;
    ensure!(held(&world).await? == 1, "what was held is decided by nobody");
    adam.close().await?;
    ana.close().await
}

async fn stops(world: &World) -> Result<Vec<Stop>> {
    let ana = Person::sign_in(&world.server.url(), "ana", PASSWORD).await?;
    let stops: Vec<Stop> = ana
        .list()
        .await?
        .rows
        .iter()
        .filter_map(Stop::usual)
        .take(2)
        .collect();
    ensure!(stops.len() == 2, "only {} usual meters", stops.len());
    Ok(stops)
}

/// What cannot be set is told beside the field; what is set is told as done and stays.
async fn sets_the_limit(adam: &Office) -> Result<()> {
    adam.browser.fill("[data-testid=limit-hours]", "745").await?;
    adam.browser.tap("[data-testid=limit-save]").await?;
    adam.browser
        .wait_for(
            "a word on the range",
            "document.querySelector('[data-testid=limit-wrong]').innerText.includes('744')",
        )
        .await?;
    adam.has_focus_on("limit-hours").await?;
    adam.browser.fill("[data-testid=limit-hours]", "12").await?;
    adam.browser.tap("[data-testid=limit-save]").await?;
    adam.is_told("phones-outcome", "12 hours").await?;
    adam.goes_to("phones").await?;
    adam.browser
        .wait_for(
            "the limit",
            "document.querySelector('[data-testid=limit-hours]')?.value === '12'",
        )
        .await
}

async fn a_reviewer_sees_it_and_decides_nothing(world: &World) -> Result<()> {
    let rita = Office::open(world, "rita", "phones").await?;
    rita.browser
        .see("[data-testid=phone-row][data-revoked=true]")
        .await?;
    rita.browser.see("[data-testid=limit]").await?;
    let buttons = rita
        .browser
        .count("[data-testid=revoke], [data-testid=readmit], [data-testid=limit-form]")
        .await?;
    ensure!(buttons == 0, "{buttons} decisions for a reviewer");
    rita.pictures("phones-reviewer").await?;
    rita.close().await
}

async fn held(world: &World) -> Result<i64> {
    let page = world
        .rita
        .readings("technician=ana&source=phone&state=held")
        .await?;
    Ok(page.total)
}
