//! The office's first page: its counts move by themselves when a reading arrives, and lead to the lists that they count.

use anyhow::{Context, Result};
use journeys::person::Person;

use super::office::Office;
use super::technician::Stop;
use super::world::{PASSWORD, World};

#[tokio::test(flavor = "multi_thread")]
async fn the_first_page_counts_moves_by_itself_and_leads_to_what_it_counts() -> Result<()> {
    let world = World::start().await?;
    let mut ana = Person::sign_in(&world.server.url(), "ana", PASSWORD).await?;
    let rows = ana.list().await?.rows;
    let stop = rows.iter().find_map(Stop::usual).context("a steady meter")?;
    let (property, period) = (stop.row.property_code.clone(), stop.period());

    let rita = Office::open(&world, "rita", &format!("dashboard?period={period}")).await?;
    let row = format!("[data-testid=dashboard-row][data-property='{property}']");
    rita.browser.see(&row).await?;
    rita.browser.see("[data-testid=arrived-today]").await?;
    let read = count(&rita, &row, "read").await?;
    let missing = count(&rita, &row, "missing").await?;
    rita.browser
        .wait_for("Nothing arrived", &told("arrived-today", "Nothing arrived today"))
        .await?;
    rita.browser.js("window.neverReloaded = true").await?;

    let mut item = ana.reading(&stop.row, &stop.value(), &period, &stop.read_at());
    item.flags = vec!["high".into()];
    ana.send(vec![item]).await?;
    let moved = format!(
        "window.neverReloaded && {} && {}",
        counts(&row, "read", read + 1),
        counts(&row, "missing", missing - 1)
    );
    rita.browser
        .wait_for("the counts that move by themselves", &moved)
        .await?;
    rita.browser
        .wait_for("what arrived", &told("arrived-today", "1 reading arrived today"))
        .await?;

    shows_what_was_used(&rita, &property, &period).await?;
    leads_to_the_lists(&rita, &row, &property, &period).await?;
    rita.close().await
}

/// The chart has been loaded, and its figures stand in a table that the keyboard opens.
async fn shows_what_was_used(rita: &Office, property: &str, period: &str) -> Result<()> {
    let address = format!(
        "dashboard?property={}&period={period}",
        property.replace(' ', "%20")
    );
    rita.goes_to(&address).await?;
    rita.browser
        .wait_for(
            "a chart that was drawn",
            "document.querySelector('[data-testid=chart-picture]')?.naturalWidth > 0",
        )
        .await?;
    rita.browser
        .wait_for(
            "thirteen months of figures",
            "document.querySelectorAll('[data-testid=chart]')[0].querySelectorAll('[data-testid=chart-figure]').length === 13",
        )
        .await?;
    rita.browser
        .wait_for(
            "a page as wide as the screen",
            "document.documentElement.scrollWidth <= innerWidth \
             && document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth",
        )
        .await?;
    rita.pictures("dashboard").await?;
    rita.browser
        .js("document.querySelector('[data-testid=chart]').scrollIntoView()")
        .await?;
    rita.pictures("dashboard-chart").await
}

async fn leads_to_the_lists(rita: &Office, row: &str, property: &str, period: &str) -> Result<()> {
    let property = property.replace(' ', "%20");
    let filters = format!("property={property}&period={period}");
    for (kind, list) in [
        ("read", format!("/office/readings?{filters}")),
        ("missing", format!("/office/missing?{filters}")),
        (
            "flagged",
            format!("/office/readings?{filters}&state=received&flag=any"),
        ),
        ("conflict", format!("/office/conflicts?{filters}")),
        ("held", format!("/office/inbox?{filters}")),
    ] {
        rita.goes_to(&format!("dashboard?period={period}")).await?;
        let link = format!("{row} [data-testid=count-{kind}]");
        rita.browser.see(&link).await?;
        // As somebody does who came there by Tab.
        rita.browser
            .js(&format!("document.querySelector(`{link}`).focus()"))
            .await?;
        rita.browser.keys("\u{e007}").await?;
        rita.browser
            .wait_for(
                &list,
                &format!("location.pathname + location.search === '{list}'"),
            )
            .await?;
    }
    Ok(())
}

async fn count(rita: &Office, row: &str, kind: &str) -> Result<i64> {
    let script =
        format!("return Number(document.querySelector(`{row} [data-testid=count-{kind}]`).dataset.count)");
    let count = rita.browser.js(&script).await?;
    count.as_i64().context("a count")
}

fn counts(row: &str, kind: &str, count: i64) -> String {
    format!("document.querySelector(`{row} [data-testid=count-{kind}]`)?.dataset.count === '{count}'")
}

fn told(test_id: &str, words: &str) -> String {
    format!("document.querySelector('[data-testid={test_id}]')?.innerText.includes('{words}')")
}
