//! Where the phone was: only with consent, shown in the office in numbers, and never in the way of saving.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use journeys::cache;
use journeys::person::Person;
use journeys::wait::until;
use serde_json::{Value, json};
use shared::wire::office::ReadingRow;
use shared::wire::position::WirePosition;

use super::office::Office;
use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

const LIMIT: Duration = Duration::from_secs(60);
const LATITUDE: f64 = 13.445_83;
const LONGITUDE: f64 = 144.809_12;
const OF_ANA: &str = "technician=ana&source=phone&limit=500";
/// Counts what the page asks its browser for and what it is told, for as long as the window is open.
const COUNT: &str = "
    const count = (name) => sessionStorage.setItem(name, Number(sessionStorage.getItem(name) ?? 0) + 1);
    for (const name of ['watchPosition', 'getCurrentPosition', 'clearWatch']) {
      const asked = Geolocation.prototype[name];
      Geolocation.prototype[name] = function (found, ...more) {
        count(name);
        const told = typeof found === 'function' ? (...all) => { count('found'); found(...all); } : found;
        return asked.call(this, told, ...more);
      };
    }";
/// A browser that looks for ever.
const NEVER: &str = "
    Geolocation.prototype.getCurrentPosition = () => {};
    Geolocation.prototype.watchPosition = () => { sessionStorage.setItem('watchPosition', 1); return 1; };
    Geolocation.prototype.clearWatch = () => {};";

#[tokio::test(flavor = "multi_thread")]
async fn only_with_consent_a_reading_says_where_the_phone_was_and_the_office_shows_it_in_numbers()
-> Result<()> {
    let world = World::start().await?;
    let stops = stops(&world).await?;
    let ana = Technician::with(world.phone().await?, &world.proxy.url());
    let cdp = ana.browser.driver().cdp();
    cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", json!({"source": COUNT}))
        .await?;
    cdp.send_raw(
        "Browser.grantPermissions",
        json!({"permissions": ["geolocation"]}),
    )
    .await?;
    let here = json!({"latitude": LATITUDE, "longitude": LONGITUDE, "accuracy": 11.6});
    cdp.send_raw("Emulation.setGeolocationOverride", here).await?;
    world.proxy.cut(true);

    ana.chooses_from_the_list(&stops[0]).await?;
    ana.types_and_saves(&stops[0]).await?;
    ana.browser.goto(&format!("{}/me", world.proxy.url())).await?;
    sees_switch(&ana, false).await?;
    ensure!(
        counted(&ana, "watchPosition").await? + counted(&ana, "getCurrentPosition").await? == 0,
        "asked before anybody consented"
    );
    shows_the_card(&ana, "me-position-off").await?;

    ana.browser.tap("[data-testid=position]").await?;
    sees_switch(&ana, true).await?;
    is_kept_on(&ana).await?;
    shows_the_card(&ana, "me-position-on").await?;
    ana.chooses_from_the_list(&stops[1]).await?;
    // One that the setting asked for, and one of the form.
    ana.browser
        .wait_for("a position", "Number(sessionStorage.getItem('found')) >= 2")
        .await?;
    ana.types_and_saves(&stops[1]).await?;
    ana.browser.see("[data-testid=unit-row]").await?;
    ensure!(
        counted(&ana, "watchPosition").await? == 1 && counted(&ana, "clearWatch").await? == 1,
        "looks on after the form was left"
    );

    world.proxy.cut(false);
    ana.network_is_back().await?;
    let without = received(&world, &stops[0]).await?;
    ensure!(without.position.is_none(), "without consent: {without:?}");
    let with = received(&world, &stops[1]).await?;
    is_here(&with)?;
    office_shows(&world, &with).await?;
    ana.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_never_says_where_it_is_keeps_nobody_from_saving() -> Result<()> {
    let world = World::start().await?;
    let stops = stops(&world).await?;
    let ana = Technician::with(world.phone().await?, &world.proxy.url());
    let cdp = ana.browser.driver().cdp();
    cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", json!({"source": NEVER}))
        .await?;
    world.proxy.cut(true);
    ana.browser.goto(&format!("{}/me", world.proxy.url())).await?;
    ana.browser.tap("[data-testid=position]").await?;
    sees_switch(&ana, true).await?;
    is_kept_on(&ana).await?;
    ana.chooses_from_the_list(&stops[0]).await?;
    let asked = "sessionStorage.getItem('watchPosition') === '1'";
    ana.browser.wait_for("the browser to be asked", asked).await?;
    ana.types_and_saves(&stops[0]).await?;

    world.proxy.cut(false);
    ana.network_is_back().await?;
    let row = received(&world, &stops[0]).await?;
    ensure!(row.position.is_none(), "{row:?}");
    ana.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_switches_the_setting_off_and_shows_how_it_is_allowed() -> Result<()> {
    let world = World::start().await?;
    let stops = stops(&world).await?;
    let ana = Technician::with(world.phone().await?, &world.proxy.url());
    let cdp = ana.browser.driver().cdp();
    let denied = json!({"permission": {"name": "geolocation"}, "setting": "denied"});
    cdp.send_raw("Browser.setPermission", denied).await?;
    world.proxy.cut(true);
    ana.browser.goto(&format!("{}/me", world.proxy.url())).await?;
    ana.browser.tap("[data-testid=position]").await?;
    ana.browser
        .see("[data-testid=position-refused] .guide li")
        .await?;
    sees_switch(&ana, false).await?;
    shows_the_card(&ana, "me-position-refused").await?;
    ana.chooses_from_the_list(&stops[0]).await?;
    ana.types_and_saves(&stops[0]).await?;

    // Allowed after all: it is on only once it is switched on again.
    cdp.send_raw(
        "Browser.grantPermissions",
        json!({"permissions": ["geolocation"]}),
    )
    .await?;
    ana.browser.goto(&format!("{}/me", world.proxy.url())).await?;
    ana.browser
        .wait_for(
            "the way to it to be gone",
            "document.querySelector('[data-testid=position]') && !document.querySelector('[data-testid=position-refused]')",
        )
        .await?;
    sees_switch(&ana, false).await?;
    ana.browser.tap("[data-testid=position]").await?;
    sees_switch(&ana, true).await?;
    ana.close().await
}

async fn stops(world: &World) -> Result<Vec<Stop>> {
    let list = Person::sign_in(&world.server.url(), "ana", PASSWORD)
        .await?
        .list()
        .await?;
    let stops: Vec<Stop> = list.rows.iter().filter_map(Stop::usual).take(2).collect();
    ensure!(stops.len() == 2, "only {} usual meters", stops.len());
    Ok(stops)
}

async fn sees_switch(ana: &Technician, on: bool) -> Result<()> {
    let checked = format!("document.querySelector('[data-testid=position]')?.checked === {on}");
    ana.browser
        .wait_for(&format!("the switch at {on}"), &checked)
        .await
}

/// The next page begins with what is kept.
async fn is_kept_on(ana: &Technician) -> Result<()> {
    cache::wait_until_kept(&ana.browser, "settings/ana", |it| it["position"] == json!(true)).await
}

async fn counted(ana: &Technician, name: &str) -> Result<u64> {
    let count = ana
        .browser
        .js(&format!("return Number(sessionStorage.getItem('{name}') ?? 0)"))
        .await?;
    count.as_u64().context("a count")
}

async fn shows_the_card(ana: &Technician, name: &str) -> Result<()> {
    ana.browser
        .js("document.querySelector('[data-testid=position-card]').scrollIntoView({block: 'center'})")
        .await?;
    ana.pictures(name).await
}

/// The reading of this meter, as the office gets it when it asks for that one.
async fn received(world: &World, stop: &Stop) -> Result<ReadingRow> {
    let of_meter = async || -> Result<Option<ReadingRow>> {
        let page = world.rita.readings(OF_ANA).await?;
        let row = page
            .rows
            .into_iter()
            .find(|row| row.meter_serial == stop.row.meter_serial);
        let Some(row) = row else { return Ok(None) };
        ensure!(row.position.is_none(), "in a list: {row:?}");
        let revisions: Vec<ReadingRow> = world.rita.get(&format!("/api/readings/{}", row.id)).await?;
        Ok(revisions.into_iter().next())
    };
    until("the office to have it", LIMIT, async || {
        of_meter().await.is_ok_and(|it| it.is_some())
    })
    .await?;
    of_meter().await?.context("the reading")
}

fn is_here(row: &ReadingRow) -> Result<()> {
    let position = row.position.as_ref().context("a position")?;
    let expected = WirePosition {
        latitude: LATITUDE.to_string(),
        longitude: LONGITUDE.to_string(),
        accuracy_m: "12".to_owned(),
        fixed_at: position.fixed_at.clone(),
    };
    ensure!(*position == expected, "{position:?}");
    Ok(())
}

async fn office_shows(world: &World, row: &ReadingRow) -> Result<()> {
    let rita = Office::open(world, "rita", "readings").await?;
    rita.browser
        .tap(&format!("[data-testid=reading-row][data-id='{}']", row.id))
        .await?;
    rita.browser
        .see("[data-testid=detail] [data-testid=position]")
        .await?;
    let shown = rita
        .browser
        .js("const line = document.querySelector('[data-testid=position]');
             return [line.innerText, line.querySelector('a').getAttribute('href')]")
        .await?;
    let expected = [
        format!("{LATITUDE}, {LONGITUDE} within 12 m"),
        format!("geo:{LATITUDE},{LONGITUDE}"),
    ];
    ensure!(shown == Value::from(expected.to_vec()), "{shown}");
    rita.browser
        .js("document.querySelector('[data-testid=position]').scrollIntoView({block: 'center'})")
        .await?;
    rita.pictures("reading-position").await?;
    rita.close().await
}
