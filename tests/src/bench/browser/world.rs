//! An installation with an invented portfolio, and a phone that has signed in to it.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;
use shared::id::ItemId;
use shared::period::Period;
use shared::wire::batch::{WireClock, WireItem};
use shared::wire::list::MeterPointRow;

use super::relay::Relay;
use crate::bench::server::Portfolio;
use crate::browser::{Browser, Screen};
use crate::person::{Person, now, random};
use crate::server::Server;

/// Everybody's password in an installation that lives for minutes.
const PASSWORD: &str = "long enough for a bench";
/// Months of history, enough for the checks of the form.
const MONTHS: usize = 8;
/// Use a month that no check finds strange.
const USE: u64 = 100;

/// Server, what counts its bytes, and the profile of the phone.
pub(super) struct World {
    pub(super) server: Server,
    pub(super) relay: Relay,
    pub(super) points: Vec<MeterPointRow>,
    profile: tempfile::TempDir,
}

impl World {
    /// A portfolio whose history ends with the month before `first`; ana is signed in on a phone, the app installed.
    pub(super) async fn new(units: usize, first: Period) -> Result<Self> {
        let mut server = Server::new()?;
        let relay = Relay::start(server.address()).await?;
        server.set_public_url(&relay.url());
        let folder = server.folder().join("portfolio");
        let portfolio = Portfolio {
            units,
            months: MONTHS,
            last: first.previous(),
        };
        portfolio.write(&folder)?;
        server.run(&["import", &folder.display().to_string()])?;
        server.add_user("ana", "technician", PASSWORD)?;
        server.start().await?;
        let points = Person::sign_in(&server.url(), "ana", PASSWORD)
            .await?
            .list()
            .await?
            .rows;
        let world = Self {
            server,
            relay,
            points,
            profile: tempfile::tempdir()?,
        };
        let browser = world.open_browser().await?;
        world.sign_in(&browser).await?;
        browser.close().await?;
        Ok(world)
    }

    /// A fresh browser process with the phone's profile.
    pub(super) async fn open_browser(&self) -> Result<Browser> {
        open_browser(self.profile.path()).await
    }

    /// The same with a fake camera that plays this film.
    pub(super) async fn open_camera(&self, film: &Path) -> Result<Browser> {
        open(self.profile.path(), Some(film)).await
    }

    /// An address of the app's origin where the app does not run.
    pub(super) fn beside_the_app(&self) -> String {
        format!("{}/api/ping?nonce=1", self.relay.url())
    }

    async fn sign_in(&self, browser: &Browser) -> Result<()> {
        browser.goto(&self.relay.url()).await?;
        browser.fill("[data-testid=username]", "ana").await?;
        browser.fill("[data-testid=password]", PASSWORD).await?;
        browser.tap("[data-testid=sign-in]").await?;
        browser.see("[data-testid=unit-row]").await?;
        browser.wait_until_installed().await
    }

    /// Readings of all points in the first period, then of all in the next, and so on; numbers go on from `seq`.
    pub(super) fn readings(&self, first: Period, skip: usize, count: usize, seq: u64) -> Vec<WireItem> {
        let rounds = std::iter::successors(Some((first, 1)), |(period, months)| {
            Some((period.next(), months + 1))
        });
        rounds
            .flat_map(|(period, months)| self.points.iter().map(move |point| (point, period, months)))
            .skip(skip)
            .take(count)
            .zip(seq..)
            .map(|((point, period, months), seq)| reading(point, period, months, seq))
            .collect()
    }
}

/// A fresh browser process with this profile.
pub(super) async fn open_browser(profile: &Path) -> Result<Browser> {
    open(profile, None).await
}

async fn open(profile: &Path, film: Option<&Path>) -> Result<Browser> {
    let browser = Browser::open(profile, Screen::Phone, film).await?;
    let timeouts = thirtyfour::TimeoutConfiguration::new(
        Some(std::time::Duration::from_secs(180)),
        Some(std::time::Duration::from_secs(180)),
        None,
    );
    browser.driver().update_timeouts(timeouts).await?;
    Ok(browser)
}

/// `Chrome/150.0.7871.100`.
pub(super) async fn browser_version() -> Result<String> {
    let profile = tempfile::tempdir()?;
    let browser = Browser::open(profile.path(), Screen::Phone, None).await?;
    let version = browser
        .driver()
        .cdp()
        .send_raw("Browser.getVersion", serde_json::json!({}))
        .await?;
    browser.close().await?;
    let name = version
        .get("product")
        .and_then(Value::as_str)
        .context("a version")?;
    Ok(name.replace("HeadlessChrome/", "Chromium "))
}

/// The month that lies so many months back.
pub(super) fn months_ago(count: usize) -> Period {
    let today = Period::of_date(jiff::Zoned::now().date());
    (0..count).fold(today, |period, _| period.previous())
}

fn reading(point: &MeterPointRow, period: Period, months: u64, seq: u64) -> WireItem {
    let known = point.latest.as_ref().map_or(&point.initial_value, |it| &it.value);
    let whole = known.split('.').next().unwrap_or_default();
    // A register that is full begins anew.
    let value = (whole.parse::<u64>().unwrap_or(0) + months * USE) % 10_u64.saturating_pow(point.dials);
    WireItem {
        id: ItemId::new(now(), random()),
        revision: 1,
        device_seq: seq,
        property_code: Some(point.property_code.clone()),
        building: Some(point.building.clone()),
        unit_no: Some(point.unit_no.clone()),
        utility: Some(point.utility.clone()),
        point: Some(point.point.clone()),
        meter_serial: Some(point.meter_serial.clone()),
        period: Some(period.to_string()),
        period_chosen_by: Some("rule".into()),
        kind: Some("regular".into()),
        value: Some(value.to_string()),
        // In the middle of the month in every zone.
        read_at: format!("{period}-15T12:00:00Z"),
        captured_by: "ana".into(),
        identified_by: Some("scan".into()),
        previous_value: Some(known.clone()),
        rule_version: Some(1),
        clock: Some(WireClock {
            offset_ms: Some(0),
            offset_age_ms: Some(60_000),
            page_session: Some("5c1d7e0f9a3b2846".into()),
            monotonic_ms: Some(1_000_000),
        }),
        ..WireItem::default()
    }
}
