//! A whole round of 24 units by camera, without network: a roll-over, an exchange, a value that was mistyped, a unit that
//! could not be read at first, a label that nobody knows, a photo, and an app that is killed in mid-typing. Everything
//! arrives, and the office sees each with its flags and its evidence.

mod books;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, ensure};
use journeys::outbox;
use journeys::photos;
use journeys::video::{self, Shot};
use journeys::wait::until;
use shared::id::ItemId;

use books::Books;

use super::exchange::{NEW_SERIAL, at_step, just_below_the_top, mistypes_and_types, stops_in_use};
use super::photos::{choose, picture_file};
use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

const LIMIT: Duration = Duration::from_secs(60);
const OF_ANA: &str = "technician=ana&source=phone&limit=500";
const UNITS: usize = 24;
/// What stands on the label of another company.
const STRANGE_LABEL: &str = "<b>HALLWAY</b> 7 / 2019";

/// Ana, her camera, and the world that she works in.
struct Round {
    world: World,
    ana: Technician,
    film: PathBuf,
    items: u64,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_of_24_units_with_all_that_happens_on_the_way_arrives_with_flags_and_evidence() -> Result<()>
{
    let world = World::start().await?;
    let stops = stops_in_use(&world).await?;
    ensure!(stops.len() >= UNITS, "{} meters in use", stops.len());
    let [
        rolled,
        replaced,
        mistyped,
        skipped,
        photographed,
        killed,
        others @ ..,
    ] = &stops[..UNITS]
    else {
        anyhow::bail!("too few meters")
    };
    let digits_after_rollover = just_below_the_top(&world, rolled).await?;
    let before = items_of_ana(&world).await?.len();
    let picture = picture_file(world.folder())?;
    let mut round = Round::begin(world).await?;

    round.scans(rolled).await?;
    round.ana.types_digits(&digits_after_rollover).await?;
    round.ana.browser.tap("[data-testid=save]").await?;
    round.ana.browser.tap("[data-testid=answer-rolled-over]").await?;
    round.saved().await?;

    round.scans(replaced).await?;
    round.replaces_the_meter(replaced).await?;

    round.scans(mistyped).await?;
    round.mistypes(mistyped).await?;

    round.scans(skipped).await?;
    round.ana.browser.tap("[data-testid=cannot-read]").await?;
    round.ana.browser.tap("[data-testid=skip-no_access]").await?;
    round.ana.browser.tap("[data-testid=skip-save]").await?;
    round.saved().await?;

    round.scans(photographed).await?;
    choose(&round.ana.browser, &picture).await?;
    round.types_and_saves(photographed).await?;

    round.keeps_a_strange_label().await?;

    round.scans(killed).await?;
    round = round.killed_in_mid_typing(killed).await?;

    for stop in others {
        round.scans(stop).await?;
        round.types_and_saves(stop).await?;
    }

    // The tenant is at home now.
    round.scans(skipped).await?;
    round.types_and_saves(skipped).await?;

    let items = round.items;
    let Round { world, ana, .. } = round;
    world.proxy.cut(false);
    ana.network_is_back().await?;
    let all = usize::try_from(items)? + before;
    until("the office to have everything", LIMIT, async || {
        items_of_ana(&world).await.is_ok_and(|it| it.len() == all)
    })
    .await?;
    until("the photo to leave the phone", LIMIT, async || {
        photos::count(&ana.browser).await.is_ok_and(|it| it == 0)
    })
    .await?;
    ana.sees_all_received(usize::try_from(items)?).await?;
    let books = Books::of(&world).await?;
    books.has_usual_readings_of(others)?;
    books.has_rolled_over(rolled, &digits_after_rollover)?;
    books.has_exchange_of(replaced)?;
    books.has_flags(mistyped, "regular", &[])?;
    books.has_skip_and_reading_of(skipped)?;
    books.has_flags(killed, "regular", &[])?;
    books.has_photo_of(&world, photographed).await?;
    books.has_strange_label()?;
    let backup = world.folder().join("backup.db").display().to_string();
    let told = world.server.run(&["backup", &backup])?;
    ensure!(told.contains("Photos (1 so far) are not in it"), "{told}");
    ana.close().await
}

impl Round {
    /// Signed in, installed, and then without network.
    async fn begin(world: World) -> Result<Self> {
        let film = world.folder().join("film.y4m");
        video::write(&film, &[Shot::wall(1)])?;
        let url = world.proxy.url();
        let ana = Technician::open(world.folder(), &url, Some(&film)).await?;
        ana.sign_in("ana", PASSWORD).await?;
        ana.browser.wait_until_installed().await?;
        // A browser keeps a new cookie in memory for half a minute, unless it is closed.
        ana.close().await?;
        let ana = Technician::open(world.folder(), &url, Some(&film)).await?;
        world.proxy.cut(true);
        ana.browser.goto(&url).await?;
        ana.browser.see("[data-testid=unit-row]").await?;
        Ok(Self {
            world,
            ana,
            film,
            items: 0,
        })
    }

    async fn scans(&self, stop: &Stop) -> Result<()> {
        video::replace(&self.film, &[Shot::label(&stop.label, 5)])?;
        self.ana.opens_the_camera_anew().await?;
        self.ana.scans_by_itself(stop).await
    }

    /// One item more is in the device's store.
    async fn saved(&mut self) -> Result<()> {
        self.ana.browser.see("[data-testid=toast]").await?;
        self.items += 1;
        let waiting = outbox::waiting(&self.ana.browser).await?;
        ensure!(waiting == self.items, "{waiting} wait, not {}", self.items);
        Ok(())
    }

    async fn types_and_saves(&mut self, stop: &Stop) -> Result<()> {
        self.ana.types(stop).await?;
        self.ana.browser.tap("[data-testid=save]").await?;
        self.saved().await
    }

    async fn replaces_the_meter(&mut self, stop: &Stop) -> Result<()> {
        let browser = &self.ana.browser;
        browser.tap("[data-testid=more]").await?;
        browser.tap("[data-testid=replace-meter]").await?;
        at_step(&self.ana, "last_value").await?;
        mistypes_and_types(&self.ana, stop).await?;
        at_step(&self.ana, "new_meter").await?;
        browser.fill("[data-testid=new-serial]", NEW_SERIAL).await?;
        browser.tap("[data-testid=new-dials-6]").await?;
        browser.tap("[data-testid=new-decimals-0]").await?;
        browser.tap("[data-testid=exchange-next]").await?;
        at_step(&self.ana, "first_value").await?;
        self.ana.types_digits("12").await?;
        browser.tap("[data-testid=save]").await?;
        self.saved().await
    }

    /// Two digits too many: the second entry differs, and the value is right after all.
    async fn mistypes(&mut self, stop: &Stop) -> Result<()> {
        let wrong = (stop.digits().parse::<u64>()? + 20_000).to_string();
        self.ana.types_digits(&wrong).await?;
        self.ana.browser.tap("[data-testid=save]").await?;
        self.ana.browser.see("[data-testid=check-again]").await?;
        self.ana.types(stop).await?;
        self.ana.browser.tap("[data-testid=save]").await?;
        self.ana.browser.see("[data-testid=check-differs]").await?;
        self.types_and_saves(stop).await
    }

    async fn keeps_a_strange_label(&mut self) -> Result<()> {
        video::replace(&self.film, &[Shot::label(STRANGE_LABEL, 5)])?;
        self.ana.opens_the_camera_anew().await?;
        self.ana.browser.see("[data-testid=scan-unknown]").await?;
        let shown = self.ana.browser.text_of("[data-testid=scan-text]").await?;
        ensure!(shown == STRANGE_LABEL, "shown as {shown}");
        self.ana.pictures("round-strange-label").await?;
        self.ana.browser.tap("[data-testid=keep-unknown]").await?;
        self.ana.browser.see("[data-testid=unknown-label]").await?;
        self.ana.types_digits("4711").await?;
        self.ana.browser.tap("[data-testid=save]").await?;
        self.saved().await
    }

    /// All but the last digit is typed when the app is killed; it is there again.
    async fn killed_in_mid_typing(mut self, stop: &Stop) -> Result<Self> {
        let digits = stop.digits();
        let (begun, last) = digits.split_at(digits.len() - 1);
        self.ana.types_digits(begun).await?;
        until("the draft of the last tap", LIMIT, async || {
            let draft = outbox::draft(&self.ana.browser, "ana").await.unwrap_or_default();
            draft["value"].as_str().is_some_and(|it| it.ends_with(begun))
        })
        .await?;
        let url = self.world.proxy.url();
        self.ana.browser.kill().await?;
        self.ana = Technician::open(self.world.folder(), &url, Some(&self.film)).await?;
        self.ana.browser.goto(&url).await?;
        self.ana.browser.tap("[data-testid=half-typed-continue]").await?;
        self.ana.types_digits(last).await?;
        self.ana.browser.tap("[data-testid=save]").await?;
        self.saved().await?;
        Ok(self)
    }
}

/// An exchange has a row for each of its values.
async fn items_of_ana(world: &World) -> Result<BTreeSet<ItemId>> {
    let page = world.rita.readings(OF_ANA).await?;
    Ok(page.rows.iter().map(|row| row.id).collect())
}
