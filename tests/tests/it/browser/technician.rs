//! What ana does and sees on her phone.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use journeys::browser::{Browser, Screen};
use journeys::person::now;
use journeys::{cache, outbox};
use serde_json::json;
use shared::reading_value::ReadingValue;
use shared::timestamp::{LocalTime, Timestamp};
use shared::wire::list::MeterPointRow;

const DAY_MS: i64 = 86_400_000;

/// A meter with enough history that a value by its mean use raises no question.
pub(super) struct Stop {
    pub(super) row: MeterPointRow,
    pub(super) label: String,
    now: Timestamp,
}

impl Stop {
    pub(super) fn usual(row: &MeterPointRow) -> Option<Self> {
        let has_tenant = row.tenancies.last().is_some_and(|it| it.to.is_none());
        let stop = Self {
            row: row.clone(),
            label: row.labels.first()?.clone(),
            now: now(),
        };
        let room = 10_i64.pow(row.dials) * 1_000_000 > stop.value_micro()?;
        let steady = row.statistics.readings >= 6 && row.statistics.mean_per_day_micro > 200_000;
        (has_tenant && room && steady && row.reread.is_none()).then_some(stop)
    }

    fn value_micro(&self) -> Option<i64> {
        let latest = self.row.latest.as_ref()?;
        let last = ReadingValue::parse(&latest.value).ok()?.to_micro();
        let days_ms = self.now.since_ms(LocalTime::parse(&latest.read_at)?.at);
        let used =
            i128::from(self.row.statistics.mean_per_day_micro) * i128::from(days_ms) / i128::from(DAY_MS);
        let step = 10_i64.pow(6 - self.row.decimals);
        Some((last + i64::try_from(used).ok()?) / step * step)
    }

    /// What the register shows now, as the meter's mean use has it.
    pub(super) fn value(&self) -> String {
        self.text(0)
    }

    /// Another value for the same period.
    pub(super) fn rival_value(&self) -> String {
        self.text(3)
    }

    fn text(&self, more: i64) -> String {
        let micro = self.value_micro().unwrap_or_default() + more * 1_000_000;
        ReadingValue::from_micro(micro)
            .map(|it| it.to_string())
            .unwrap_or_default()
    }

    /// The keys to press: the register's digits without leading zeros and without the point.
    pub(super) fn digits(&self) -> String {
        let step = 10_i64.pow(6 - self.row.decimals);
        (self.value_micro().unwrap_or_default() / step).to_string()
    }

    pub(super) fn read_at(&self) -> String {
        self.now.to_rfc3339()
    }

    pub(super) fn period(&self) -> String {
        self.read_at()[..7].to_owned()
    }
}

pub(super) struct Technician {
    pub(super) browser: Browser,
    url: String,
}

impl Technician {
    pub(super) async fn open(folder: &Path, url: &str, film: Option<&Path>) -> Result<Self> {
        let browser = Browser::open(&folder.join("ana"), Screen::Phone, film).await?;
        Ok(Self::with(browser, url))
    }

    pub(super) fn with(browser: Browser, url: &str) -> Self {
        let url = url.to_owned();
        Self { browser, url }
    }

    pub(super) async fn close(self) -> Result<()> {
        self.browser.close().await
    }

    pub(super) async fn sign_in(&self, name: &str, password: &str) -> Result<()> {
        self.browser.goto(&self.url).await?;
        self.browser.fill("[data-testid=username]", name).await?;
        self.browser.fill("[data-testid=password]", password).await?;
        self.browser.tap("[data-testid=sign-in]").await?;
        self.browser.see("[data-testid=unit-row]").await?;
        cache::wait_until_list_is_kept(&self.browser, name).await
    }

    pub(super) async fn sees_the_round_without_network(&self) -> Result<()> {
        self.emulate_network(false).await?;
        self.browser.goto(&self.url).await?;
        self.browser.see("[data-testid=unit-row]").await?;
        self.browser.picture("round-offline").await
    }

    async fn emulate_network(&self, online: bool) -> Result<()> {
        let conditions =
            json!({"offline": !online, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        let cdp = self.browser.driver().cdp();
        cdp.send_raw("Network.enable", json!({})).await?;
        cdp.send_raw("Network.emulateNetworkConditions", conditions)
            .await?;
        Ok(())
    }

    pub(super) async fn network_is_back(&self) -> Result<()> {
        self.emulate_network(true).await?;
        // The phone's radio would say so; the emulation does not in each version of the browser.
        self.browser.js("dispatchEvent(new Event('online'))").await?;
        Ok(())
    }

    pub(super) async fn scans(&self, stop: &Stop) -> Result<()> {
        self.browser.tap("[data-testid=scan]").await?;
        self.scans_by_itself(stop).await
    }

    /// The form opens as soon as the label is in the picture.
    pub(super) async fn scans_by_itself(&self, stop: &Stop) -> Result<()> {
        self.sees_form_of(stop).await?;
        let by = self
            .browser
            .js("return new URLSearchParams(location.search).get('by')")
            .await?;
        ensure!(by == "scan", "identified by {by}");
        self.browser.picture("reading-scanned").await
    }

    /// The fake camera plays the film that is there when the camera is opened.
    pub(super) async fn opens_the_camera_anew(&self) -> Result<()> {
        self.browser.goto(&format!("{}/scan", self.url)).await
    }

    pub(super) async fn finds_by_code(&self, stop: &Stop) -> Result<()> {
        self.browser.goto(&format!("{}/find", self.url)).await?;
        self.browser.fill("[data-testid=find-field]", &stop.label).await?;
        self.browser.picture("find").await?;
        self.browser
            .tap(&format!("[data-testid=unit-row][data-point='{}']", stop.row.id))
            .await?;
        self.sees_form_of(stop).await
    }

    pub(super) async fn chooses_from_the_list(&self, stop: &Stop) -> Result<()> {
        self.browser.goto(&self.url).await?;
        self.browser
            .fill("[data-testid=round-search]", &stop.row.meter_serial)
            .await?;
        self.browser
            .tap(&format!("[data-testid=unit-row][data-point='{}']", stop.row.id))
            .await?;
        self.sees_form_of(stop).await
    }

    async fn sees_form_of(&self, stop: &Stop) -> Result<()> {
        let condition = format!(
            "location.pathname === '/read/{}' && document.querySelector('[data-testid=save]')",
            stop.row.id
        );
        self.browser
            .wait_for(
                &format!("the form of meter {}", stop.row.meter_serial),
                &condition,
            )
            .await
    }

    pub(super) async fn types(&self, stop: &Stop) -> Result<()> {
        self.types_digits(&stop.digits()).await?;
        self.browser.picture("reading-typed").await
    }

    pub(super) async fn types_digits(&self, digits: &str) -> Result<()> {
        for digit in digits.chars() {
            self.browser.tap(&format!("[data-testid=key-{digit}]")).await?;
        }
        Ok(())
    }

    /// A picture by day and one by night.
    pub(super) async fn pictures(&self, name: &str) -> Result<()> {
        self.browser.picture(&format!("{name}-light")).await?;
        self.browser.prefer("dark").await?;
        self.browser.picture(&format!("{name}-dark")).await?;
        self.browser.prefer("light").await
    }

    /// Pictures by day and by night, in the hand and on a large screen.
    pub(super) async fn pictures_of_all_sizes(&self, name: &str) -> Result<()> {
        self.pictures(name).await?;
        self.browser.set_size(Screen::Laptop).await?;
        self.pictures(&format!("{name}-wide")).await?;
        self.browser.set_size(Screen::Phone).await
    }

    pub(super) async fn types_and_saves(&self, stop: &Stop) -> Result<()> {
        let waiting = self.waiting().await?;
        self.types(stop).await?;
        self.browser.tap("[data-testid=save]").await?;
        self.sees_saved(waiting).await
    }

    /// The round says what the office wants to know and why; it is read.
    pub(super) async fn reads_what_is_asked_for(&self, stop: &Stop, why: &str) -> Result<()> {
        self.browser
            .fill("[data-testid=round-search]", &stop.row.meter_serial)
            .await?;
        let why = serde_json::Value::from(why);
        let asked = format!(
            "document.querySelector(\"[data-point='{}'][data-state=needs_attention]\")?.innerText.includes({why})",
            stop.row.id
        );
        self.browser.wait_for("the request in the round", &asked).await?;
        self.pictures("round-asked").await?;
        self.browser
            .tap(&format!("[data-testid=unit-row][data-point='{}']", stop.row.id))
            .await?;
        self.browser.see("[data-testid=reread]").await?;
        self.types_and_saves(stop).await
    }

    pub(super) async fn types_and_taps_save_twice(&self, stop: &Stop) -> Result<()> {
        let waiting = self.waiting().await?;
        self.types(stop).await?;
        self.browser
            .js("const save = document.querySelector('[data-testid=save]'); save.click(); save.click();")
            .await?;
        self.sees_saved(waiting).await
    }

    async fn sees_saved(&self, waiting_before: usize) -> Result<()> {
        self.browser.see("[data-testid=toast]").await?;
        let stored = outbox::waiting(&self.browser).await?;
        ensure!(
            stored == waiting_before as u64 + 1,
            "{stored} in the device's store after {waiting_before}"
        );
        Ok(())
    }

    /// What the pill says.
    pub(super) async fn waiting(&self) -> Result<usize> {
        self.browser.see("[data-testid=status-pill]").await?;
        let waiting = self
            .browser
            .js("return document.querySelector('[data-testid=status-pill]').dataset.waiting")
            .await?;
        waiting.as_str().context("a count")?.parse().context("a count")
    }

    /// The percentage of the run that is shown now.
    pub(super) async fn percent(&self) -> Result<Option<u64>> {
        let percent = self
            .browser
            .js("return document.querySelector('[data-testid=run-bar]')?.dataset.percent")
            .await?;
        Ok(percent.as_str().and_then(|it| it.parse().ok()))
    }

    pub(super) async fn sees_all_received(&self, count: usize) -> Result<()> {
        self.browser.goto(&format!("{}/sync", self.url)).await?;
        let all = format!("document.querySelector('[data-testid=verdict]')?.innerText.includes('{count}')");
        self.browser
            .wait_for(&format!("all {count} received"), &all)
            .await?;
        self.browser.picture("sync-done").await
    }

    pub(super) async fn sees_on_the_shelf(&self, mine: &str, theirs: &str) -> Result<()> {
        self.browser.goto(&format!("{}/outbox", self.url)).await?;
        self.browser
            .see(&format!(
                "[data-testid=shelf-row][data-value='{mine}'][data-existing='{theirs}']"
            ))
            .await?;
        self.browser.picture("shelf").await
    }
}
