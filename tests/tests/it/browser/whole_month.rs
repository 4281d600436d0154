//! A whole month in the office, by keyboard alone: from signing in to the workbook that billing takes. Scripts only read.

mod month;
mod review;
mod workbook;

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use journeys::browser::Browser;
use journeys::wait::until;
use shared::wire::office::ReadingRow;
use shared::wire::periods::{PeriodDetail, PeriodsPage};

use super::office::Office;
use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};
use month::Month;

const LIMIT: Duration = Duration::from_secs(60);
const ENTER: &str = "\u{e007}";
const NOBODY: &str = "Nobody at home twice";
const PLEASE: &str = "Please read before five o'clock";

#[tokio::test(flavor = "multi_thread")]
async fn a_month_goes_from_a_list_of_readings_to_a_workbook_without_a_mouse() -> Result<()> {
    let world = World::start().await?;
    world.server.add_user("ben", "technician", PASSWORD)?;
    let month = Month::begin(&world).await?;
    let rita = Office::open_by_keyboard(&world, "rita", &format!("periods?period={}", month.period)).await?;
    // Each page of the office is reached by a key: nothing is loaded anew from here to the end.
    let loaded = loaded_at(&rita.browser).await?;
    opens_the_period(&world, &rita, &month).await?;
    settles_conflicts(&world, &rita, &month).await?;
    deals_with_what_is_missing(&world, &rita, &month).await?;
    is_answered_by_the_phone(&world, &rita, &month).await?;
    let corrected = review::everything(&world, &rita, &month).await?;
    closes(&world, &rita, &month).await?;
    ensure!(
        loaded_at(&rita.browser).await? == loaded,
        "the page was loaded anew"
    );
    let name = format!(
        "handover-{}-{}.xlsx",
        month.property.replace(' ', "-"),
        month.period
    );
    let file = rita
        .downloads("x", &world.folder().join("downloads"), &name)
        .await?;
    workbook::is_what_the_books_hold(&file, &world, &month, &corrected).await?;
    rita.close().await
}

/// When this document was loaded.
async fn loaded_at(browser: &Browser) -> Result<String> {
    Ok(browser.js("return performance.timeOrigin").await?.to_string())
}

async fn opens_the_period(world: &World, rita: &Office, month: &Month) -> Result<()> {
    chooses_the_property(world, rita, month).await?;
    rita.pictures("month-1-periods").await?;
    rita.browser.keys(ENTER).await?;
    for (kind, total) in [("conflict", 3), ("skip", 1), ("missing", 2)] {
        let group = format!("[data-testid=in-the-way][data-kind={kind}][data-total='{total}']");
        rita.browser.see(&group).await?;
    }
    rita.browser
        .see("[data-testid=in-the-way][data-kind=flagged]")
        .await?;
    rita.pictures("month-2-in-the-way").await
}

async fn chooses_the_property(world: &World, rita: &Office, month: &Month) -> Result<()> {
    let page: PeriodsPage = world
        .rita
        .get(&format!("/api/periods?period={}", month.period))
        .await?;
    let place = page.rows.iter().position(|it| it.property == month.property);
    let row =
        |property: &str| format!("[data-testid=period-row][data-property='{property}'][aria-selected=true]");
    rita.browser.see(&row(&page.rows[0].property)).await?;
    for _ in 0..place.context("the property")? {
        rita.browser.keys("j").await?;
    }
    rita.browser.see(&row(&month.property)).await
}

async fn settles_conflicts(world: &World, rita: &Office, month: &Month) -> Result<()> {
    rita.browser.keys(ENTER).await?;
    for (key, step) in [
        ("1", "First value kept"),
        ("2", "Second value taken"),
        ("3", "Both values kept"),
    ] {
        rita.browser
            .see("[data-testid=conflict] [data-testid=reading-card]")
            .await?;
        rita.pictures(&format!("month-3-conflict-{key}")).await?;
        rita.browser.keys(key).await?;
        rita.is_told("conflicts-outcome", step).await?;
    }
    rita.browser.see("[data-testid=waiting][data-total='0']").await?;
    let count = async |of: &str| -> Result<usize> {
        let rows = month.books(world, of).await?;
        let is_rival = |row: &&ReadingRow| month.is_rival(row);
        Ok(rows.iter().filter(is_rival).count())
    };
    ensure!(count("technician=ben&state=dismissed").await? == 1);
    ensure!(count("technician=ana&state=superseded").await? == 1);
    ensure!(count("technician=ben&kind=check").await? == 1);
    Ok(())
}

/// A reason is accepted, a value estimated, and a reading asked for.
async fn deals_with_what_is_missing(world: &World, rita: &Office, month: &Month) -> Result<()> {
    let keys = async |text: &str| rita.browser.keys(text).await;
    keys("M").await?;
    let page = month.missing(world).await?;
    rita.looks_at_missing(&page, &month.skipped.row.id).await?;
    keys("a").await?;
    rita.is_told("missing-outcome", "stays without a value").await?;
    rita.looks_at_missing(&page, &month.estimated.row.id).await?;
    keys("m").await?;
    rita.has_focus_on("missing-reason").await?;
    rita.pictures("month-4-estimate").await?;
    keys(&format!("{NOBODY}{ENTER}")).await?;
    rita.is_told("missing-outcome", "is estimated at").await?;
    leaves(rita, &month.estimated, "the estimated row to go").await?;
    rita.looks_at_missing(&month.missing(world).await?, &month.asked.row.id)
        .await?;
    keys("r").await?;
    rita.has_focus_on("missing-reason").await?;
    keys(&format!("{PLEASE}{ENTER}")).await?;
    rita.is_told("missing-outcome", "is asked for").await?;
    rita.browser
        .see(&format!("[data-point='{}'][data-asked=true]", month.asked.row.id))
        .await?;
    rita.pictures("month-5-asked").await
}

async fn leaves(rita: &Office, stop: &Stop, what: &str) -> Result<()> {
    let gone = format!(
        "document.querySelector(\"[data-point='{}']\") === null",
        stop.row.id
    );
    rita.browser.wait_for(what, &gone).await
}

/// The office's page is told: nothing is pressed there.
async fn is_answered_by_the_phone(world: &World, rita: &Office, month: &Month) -> Result<()> {
    let ana = Technician::open(world.folder(), &world.proxy.url(), None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.reads_what_is_asked_for(&month.asked, PLEASE).await?;
    let is_answer = |row: &ReadingRow| row.meter_serial == month.asked.row.meter_serial;
    until("the office to have it", LIMIT, async || {
        let books = month.books(world, "state=received").await;
        books.is_ok_and(|it| it.iter().any(is_answer))
    })
    .await?;
    leaves(rita, &month.asked, "the answer").await?;
    rita.pictures("month-6-answered").await?;
    ana.close().await
}

async fn closes(world: &World, rita: &Office, month: &Month) -> Result<()> {
    rita.browser.keys("P").await?;
    chooses_the_property(world, rita, month).await?;
    rita.browser.keys(ENTER).await?;
    rita.browser.see("[data-testid=nothing-in-the-way]").await?;
    rita.pictures("month-9-ready").await?;
    rita.browser.keys("c").await?;
    rita.has_focus_on("close-send").await?;
    rita.browser.keys(ENTER).await?;
    rita.is_told("period-outcome", "is closed").await?;
    rita.browser.see("[data-testid=period-values] tbody tr").await?;
    rita.pictures("month-10-closed").await?;
    let detail: PeriodDetail = world.rita.get(&month.api()).await?;
    let last = detail.steps.last().context("the step")?;
    ensure!(
        detail.summary.state == "closed" && last.by == "rita",
        "{detail:?}"
    );
    Ok(())
}
