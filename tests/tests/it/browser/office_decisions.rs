//! The office decides by keyboard alone: approves one by one and all that is clean, undoes it, corrects; settles conflicts in
//! the three ways; books what a label did not tell, and dismisses the rest.

use anyhow::{Context, Result, ensure};
use journeys::person::{Person, now};
use shared::timestamp::LocalTime;
use shared::wire::batch::WireItem;
use shared::wire::office::ReadingRow;
use shared::wire::open_decisions::OpenDecisions;

use super::office::Office;
use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";
const REASON: &str = "The photo shows it";

#[tokio::test(flavor = "multi_thread")]
async fn readings_are_approved_undone_and_corrected_by_keyboard() -> Result<()> {
    let world = World::start().await?;
    let mut ana = Person::sign_in(&world.server.url(), "ana", PASSWORD).await?;
    let stops = stops(&ana).await?;
    let items: Vec<WireItem> = stops[..7].iter().map(|it| clean(&mut ana, it)).collect();
    let flagged = WireItem {
        flags: vec!["high".into()],
        ..clean(&mut ana, &stops[7])
    };
    ana.send(items.into_iter().chain([flagged]).collect()).await?;

    let month = &LocalTime {
        at: now(),
        offset_s: 0,
    }
    .to_rfc3339()[..7];
    let page = format!("readings?technician=ana&period={month}");
    let rita = Office::open(&world, "rita", &page).await?;
    let (keys, browser) = (async |text: &str| rita.browser.keys(text).await, &rita.browser);
    browser.see("[data-testid=approve-clean][data-count='7']").await?;
    // The newest on top is the flagged one: whoever looks at it may approve it.
    keys("j").await?;
    keys("\u{e007}").await?;
    browser.see("[data-testid=detail] [data-testid=approve]").await?;
    rita.pictures("review").await?;
    keys("a").await?;
    keys("a").await?;
    keys("a").await?;
    states(&world, "approved", 3).await?;
    browser.see("[data-testid=approve-clean][data-count='5']").await?;
    keys("u").await?;
    states(&world, "approved", 2).await?;
    rita.is_told("readings-outcome", "undone: 1").await?;

    keys("A").await?;
    rita.is_told("readings-outcome", "Approved: 6").await?;
    states(&world, "approved", 8).await?;
    shown(&rita, "approved", 8).await?;
    rita.pictures("review-approved").await?;
    keys("u").await?;
    rita.is_told("readings-outcome", "undone: 6").await?;
    states(&world, "received", 6).await?;
    shown(&rita, "received", 6).await?;
    rita.pictures("review-undone").await?;

    corrects(&world, &rita).await?;
    rita.close().await
}

/// The value that was typed first can't be; the original stays readable.
async fn corrects(world: &World, rita: &Office) -> Result<()> {
    let keys = async |text: &str| rita.browser.keys(text).await;
    keys("k").await?;
    keys("e").await?;
    rita.has_focus_on("correct-value").await?;
    rita.pictures("correct").await?;
    keys(&format!("123456789{TAB}{REASON}{TAB}{TAB}{ENTER}")).await?;
    rita.browser.see("[data-testid=outcome-error]").await?;
    let row = world
        .rita
        .readings("technician=ana&source=phone&state=received")
        .await?;
    let before = row.rows.len();
    let field = "document.querySelector('[data-testid=correct-value]')";
    rita.browser
        .js(&format!("{field}.select(); {field}.focus()"))
        .await?;
    keys(&format!("17731{TAB}{TAB}{TAB}{ENTER}")).await?;
    rita.is_told("readings-outcome", "corrected").await?;
    rita.browser.see("[data-testid=earlier]").await?;
    rita.browser.see("[data-testid=step][data-step=correct]").await?;
    rita.pictures("corrected").await?;
    let corrected = world.rita.readings("technician=ana&source=office").await?;
    ensure!(corrected.total == 1 && before > 0, "{corrected:?}");
    ensure!(corrected.rows[0].decision_reason.as_deref() == Some(REASON));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn conflicts_are_settled_in_three_ways_and_an_unknown_label_is_booked() -> Result<()> {
    let world = World::start().await?;
    world.server.add_user("ben", "technician", PASSWORD)?;
    let mut ana = Person::sign_in(&world.server.url(), "ana", PASSWORD).await?;
    let mut ben = Person::sign_in(&world.server.url(), "ben", PASSWORD).await?;
    let stops = stops(&ana).await?;
    let firsts: Vec<WireItem> = stops[..3].iter().map(|it| clean(&mut ana, it)).collect();
    ana.send(firsts.clone()).await?;
    let seconds: Vec<WireItem> = stops[..3]
        .iter()
        .map(|it| WireItem {
            value: Some(it.rival_value()),
            ..clean(&mut ben, it)
        })
        .collect();
    ben.send(seconds).await?;
    let held = [&stops[3], &stops[4]].map(|it| unknown_label(clean(&mut ben, it)));
    ben.send(held.to_vec()).await?;

    let rita = Office::open(&world, "rita", "conflicts").await?;
    counts(&rita, "3", "2").await?;
    for (key, step) in [
        ("1", "First value kept"),
        ("2", "Second value taken"),
        ("3", "Both values kept"),
    ] {
        rita.browser
            .see("[data-testid=conflict] [data-testid=reading-card]")
            .await?;
        rita.pictures(&format!("conflict-{key}")).await?;
        rita.browser.keys(key).await?;
        rita.is_told("conflicts-outcome", step).await?;
    }
    waits(&rita, 0).await?;
    let of = async |query: &str| -> Result<Vec<ReadingRow>> { Ok(world.rita.readings(query).await?.rows) };
    ensure!(of("technician=ben&state=dismissed").await?.len() == 1);
    let superseded = of("technician=ana&state=superseded").await?;
    ensure!(
        superseded.len() == 1 && superseded[0].id == firsts[1].id,
        "{superseded:?}"
    );
    ensure!(of("technician=ben&kind=check&state=received").await?.len() == 1);

    books_and_dismisses(&world, &rita, &stops[3]).await?;
    let open: OpenDecisions = world.rita.get("/api/open-decisions").await?;
    ensure!(open == OpenDecisions::default(), "{open:?}");
    rita.close().await
}

async fn books_and_dismisses(world: &World, rita: &Office, stop: &Stop) -> Result<()> {
    let keys = async |text: &str| rita.browser.keys(text).await;
    rita.goes_to("inbox").await?;
    waits(rita, 2).await?;
    rita.browser
        .see("[data-testid=case][data-code=unknown_label]")
        .await?;
    rita.pictures("inbox").await?;
    keys("b").await?;
    rita.has_focus_on("place-search").await?;
    keys(&stop.row.meter_serial).await?;
    let hit = format!(
        "[data-testid=place-hit][data-point='{}'][aria-selected=true]",
        stop.row.id
    );
    rita.browser.see(&hit).await?;
    rita.pictures("inbox-place").await?;
    keys(ENTER).await?;
    rita.is_told("inbox-outcome", "Booked to").await?;
    waits(rita, 1).await?;
    let booked = world
        .rita
        .readings("technician=ben&source=office&state=received&kind=regular")
        .await?;
    let row = booked
        .rows
        .iter()
        .find(|it| it.meter_serial == stop.row.meter_serial);
    row.context("what was booked")?;

    keys("d").await?;
    rita.has_focus_on("dismiss-reason").await?;
    keys(&format!("Not one of ours{TAB}{TAB}{ENTER}")).await?;
    rita.is_told("inbox-outcome", "is dismissed").await?;
    waits(rita, 0).await?;
    rita.pictures("inbox-empty").await
}

async fn counts(rita: &Office, conflicts: &str, inbox: &str) -> Result<()> {
    for (page, count) in [("conflicts", conflicts), ("inbox", inbox)] {
        let shown = format!(
            "document.querySelector(\"[data-testid='/office/{page}'] [data-testid=rail-count]\")?.innerText === '{count}'"
        );
        rita.browser.wait_for(&format!("{count} {page}"), &shown).await?;
    }
    Ok(())
}

async fn waits(rita: &Office, count: usize) -> Result<()> {
    let lines = format!(
        "document.querySelector('[data-testid=waiting][data-total=\"{count}\"]')
            && document.querySelectorAll('[data-testid=waiting-line]').length === {count}"
    );
    rita.browser.wait_for(&format!("{count} that wait"), &lines).await
}

async fn shown(rita: &Office, state: &str, count: usize) -> Result<()> {
    let rows = format!(
        "document.querySelectorAll('[data-testid=reading-row][data-state={state}]').length === {count}"
    );
    rita.browser.wait_for(&format!("{count} {state}"), &rows).await
}

async fn states(world: &World, state: &str, count: i64) -> Result<()> {
    let query = format!("technician=ana&source=phone&state={state}&limit=1");
    journeys::wait::until(state, std::time::Duration::from_secs(30), async || {
        world
            .rita
            .readings(&query)
            .await
            .is_ok_and(|it| it.total == count)
    })
    .await
}

async fn stops(person: &Person) -> Result<Vec<Stop>> {
    let rows = person.list().await?.rows;
    let stops: Vec<Stop> = rows
        .iter()
        .filter(|row| row.utility == "electricity" && row.decimals == 0)
        .filter_map(Stop::usual)
        .take(8)
        .collect();
    ensure!(stops.len() == 8, "only {} meters", stops.len());
    Ok(stops)
}

fn clean(person: &mut Person, stop: &Stop) -> WireItem {
    let at = LocalTime {
        at: now(),
        offset_s: 0,
    };
    let at = at.to_rfc3339();
    person.reading(&stop.row, &stop.value(), &at[..7], &at)
}

fn unknown_label(item: WireItem) -> WireItem {
    WireItem {
        property_code: None,
        building: None,
        unit_no: None,
        utility: None,
        point: None,
        meter_serial: None,
        label_text: Some("GCX|7".into()),
        ..item
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_office_decided_leaves_the_shelf_of_the_phone() -> Result<()> {
    let world = World::start().await?;
    world.server.add_user("ben", "technician", PASSWORD)?;
    let mut ben = Person::sign_in(&world.server.url(), "ben", PASSWORD).await?;
    let stop = stops(&ben).await?.into_iter().next().context("a meter")?;
    let ana = Technician::open(world.folder(), &world.proxy.url(), None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    // Ben is quicker while ana's phone knows nothing of it.
    let first = WireItem {
        value: Some(stop.rival_value()),
        ..clean(&mut ben, &stop)
    };
    ben.send(vec![first]).await?;
    ana.chooses_from_the_list(&stop).await?;
    ana.types_and_saves(&stop).await?;
    ana.browser.goto(&format!("{}/outbox", world.proxy.url())).await?;
    ana.browser.see("[data-testid=shelf-row]").await?;

    let rita = Office::open(&world, "rita", "conflicts").await?;
    rita.browser
        .see("[data-testid=conflict] [data-testid=reading-card]")
        .await?;
    rita.browser.keys("2").await?;
    rita.is_told("conflicts-outcome", "Second value taken").await?;
    ana.browser.goto(&format!("{}/sync", world.proxy.url())).await?;
    ana.browser.tap("[data-testid=sync-now]").await?;
    ana.browser.goto(&format!("{}/outbox", world.proxy.url())).await?;
    let empty = "document.querySelectorAll('[data-testid=shelf-row]').length === 0 && document.readyState === 'complete'";
    ana.browser.wait_for("an empty shelf", empty).await?;
    rita.close().await?;
    ana.close().await
}
