//! The office's first page: its counts move by themselves when a reading arrives, and lead to the lists that they count.

use anyhow::{Context, Result};
use journeys::person::Person;

use super::office::Office;
use super::technician::Stop;
use super::world::{PASSWORD, World};

/// The day that it is in the browser, as a field has it.
pub(super) const TODAY: &str = "(at => `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`)(new Date())";

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

    rita.browser
        .see(&format!("{row} [data-testid=window][data-state]"))
        .await?;
    lists_what_arrived(&rita).await?;
    shows_what_was_used(&rita, &property, &period).await?;
    leads_to_the_lists(&rita, &row, &property, &period).await?;
    rita.close().await
}

/// The count leads to just what it counted, on an address that shows the same list tomorrow; another day lists nothing, and an
/// empty field takes the day away.
async fn lists_what_arrived(rita: &Office) -> Result<()> {
    rita.browser.tap("[data-testid=arrived-today]").await?;
    let total =
        |count: i64| format!("document.querySelector('[data-testid=total]')?.dataset.total === '{count}'");
    let today = TODAY;
    let there = format!("location.search === `?source=phone&arrived=${{{today}}}`");
    rita.browser.wait_for("the day in the address", &there).await?;
    rita.browser.wait_for("what was counted", &total(1)).await?;
    let field = format!("document.querySelector('[data-testid=filter-arrived]').value === {today}");
    rita.browser.wait_for("the day in its field", &field).await?;
    rita.pictures("readings-arrived-today").await?;
    rita.goes_to("readings?source=phone&arrived=2020-02-29").await?;
    rita.browser.wait_for("nothing of another day", &total(0)).await?;
    chooses_day(rita, today).await?;
    rita.browser.wait_for("today's", &total(1)).await?;
    chooses_day(rita, "''").await?;
    let gone = "!location.search.includes('arrived') && document.querySelector('[data-testid=filter-arrived]').value === ''";
    rita.browser.wait_for("no day", gone).await
}

/// As somebody does who picks it in the browser's own calendar.
pub(super) async fn chooses_day(rita: &Office, day: &str) -> Result<()> {
    let change = format!(
        "const it = document.querySelector('[data-testid=filter-arrived]'); it.value = {day};
         it.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    );
    rita.browser.js(&change).await.map(drop)
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
