//! The office asks for a new reading, and the phone says why.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use journeys::person::Person;
use journeys::wait::until;

use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

const LIMIT: Duration = Duration::from_secs(60);
const REASON: &str = "The photo shows another number";

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_that_is_sent_back_comes_to_the_phone_with_its_reason_and_goes_when_it_is_read_again()
-> Result<()> {
    let world = World::start().await?;
    let list = Person::sign_in(&world.server.url(), "ana", PASSWORD)
        .await?
        .list()
        .await?;
    let stop = list.rows.iter().find_map(Stop::usual).context("a meter")?;
    let ana = Technician::open(world.folder(), &world.proxy.url(), None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.chooses_from_the_list(&stop).await?;
    ana.types_and_saves(&stop).await?;
    let sent = until_received(&world, 1).await?;

    world.rita.send_back(sent, 1, REASON).await?;
    ana.browser.goto(&format!("{}/sync", world.proxy.url())).await?;
    ana.browser.tap("[data-testid=sync-now]").await?;
    ana.browser.goto(&world.proxy.url()).await?;
    ana.browser
        .fill("[data-testid=round-search]", &stop.row.meter_serial)
        .await?;
    let asked = format!(
        "document.querySelector(\"[data-point='{}'][data-state=needs_attention]\")?.innerText.includes('{REASON}')",
        stop.row.id
    );
    ana.browser.wait_for("the request in the round", &asked).await?;
    ana.pictures("round-reread").await?;
    ana.browser
        .tap(&format!("[data-testid=unit-row][data-point='{}']", stop.row.id))
        .await?;
    ana.browser.see("[data-testid=reread]").await?;
    ana.pictures("reading-reread").await?;
    ana.types_and_saves(&stop).await?;
    until_received(&world, 2).await?;
    ana.browser.goto(&world.proxy.url()).await?;
    ana.browser
        .fill("[data-testid=round-search]", &stop.row.meter_serial)
        .await?;
    ana.browser
        .see(&format!("[data-point='{}'][data-state=received]", stop.row.id))
        .await?;
    let rows = Person::sign_in(&world.server.url(), "ana", PASSWORD)
        .await?
        .list()
        .await?
        .rows;
    let row = rows.iter().find(|row| row.id == stop.row.id).context("the row")?;
    ensure!(row.reread.is_none(), "still asked for: {:?}", row.reread);
    ana.close().await
}

async fn until_received(world: &World, count: usize) -> Result<shared::id::ItemId> {
    until("the office to have it", LIMIT, async || {
        world.received().await.is_ok_and(|it| it.len() == count)
    })
    .await?;
    let received = world.received().await?;
    received.last().copied().context("an item")
}
