//! A laptop in the office: whoever works there, on the page they need.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use journeys::browser::{Browser, Screen};
use journeys::wait::until;
use serde_json::json;
use shared::wire::missing::MissingPage;

use super::world::{PASSWORD, World};

const LIMIT: Duration = Duration::from_secs(60);
const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";

pub(super) struct Office {
    pub(super) browser: Browser,
    url: String,
}

impl Office {
    /// Signs `name` in on a page of the office: `phones`, `readings?state=held`.
    pub(super) async fn open(world: &World, name: &str, page: &str) -> Result<Self> {
        let browser = Browser::open(&world.folder().join(name), Screen::Laptop, None).await?;
        let office = Self {
            browser,
            url: world.proxy.url(),
        };
        office.goes_to(page).await?;
        office.browser.fill("[data-testid=username]", name).await?;
        office.browser.fill("[data-testid=password]", PASSWORD).await?;
        office.browser.tap("[data-testid=sign-in]").await?;
        let there = format!("location.pathname + location.search === '/office/{page}'");
        office.browser.wait_for(page, &there).await?;
        Ok(office)
    }

    /// The same without a mouse.
    pub(super) async fn open_by_keyboard(world: &World, name: &str, page: &str) -> Result<Self> {
        let browser = Browser::open(&world.folder().join(name), Screen::Laptop, None).await?;
        let office = Self {
            browser,
            url: world.proxy.url(),
        };
        office.goes_to(page).await?;
        office.browser.see("[data-testid=username]").await?;
        office.browser.keys(TAB).await?;
        office.has_focus_on("username").await?;
        office
            .browser
            .keys(&format!("{name}{TAB}{PASSWORD}{ENTER}"))
            .await?;
        let there = format!("location.pathname + location.search === '/office/{page}'");
        office.browser.wait_for(page, &there).await?;
        Ok(office)
    }

    pub(super) async fn goes_to(&self, page: &str) -> Result<()> {
        self.browser.goto(&format!("{}/office/{page}", self.url)).await
    }

    /// Waits until the place where outcomes are told says this.
    pub(super) async fn is_told(&self, place: &str, words: &str) -> Result<()> {
        let told = format!(
            "document.querySelector('[data-testid={place}][role=status]')?.innerText.includes('{words}')"
        );
        self.browser.wait_for(words, &told).await
    }

    pub(super) async fn has_focus_on(&self, test_id: &str) -> Result<()> {
        let focused = format!("document.activeElement?.dataset.testid === '{test_id}'");
        self.browser
            .wait_for(&format!("the focus on {test_id}"), &focused)
            .await
    }

    /// From whichever row of what is missing the cursor is on to this meter point.
    pub(super) async fn looks_at_missing(&self, page: &MissingPage, point: &str) -> Result<()> {
        let line = "[data-testid=missing-row][aria-selected=true]";
        self.browser.see(line).await?;
        let chosen = format!("return document.querySelector('{line}').dataset.point");
        let chosen = self.browser.js(&chosen).await?;
        let place = |of: &str| page.rows.iter().position(|it| it.meter_point_id == of);
        let from = place(chosen.as_str().unwrap_or_default()).context("the row")?;
        let to = place(point).context("the row that is wanted")?;
        for _ in 0..from.abs_diff(to) {
            self.browser.keys(if from < to { "j" } else { "k" }).await?;
        }
        self.browser.see(&format!("{line}[data-point='{point}']")).await
    }

    /// By the browser itself, into a folder: what `key` asks for.
    pub(super) async fn downloads(&self, key: &str, folder: &Path, name: &str) -> Result<PathBuf> {
        let allow = json!({"behavior": "allow", "downloadPath": folder});
        let cdp = self.browser.driver().cdp();
        cdp.send_raw("Browser.setDownloadBehavior", allow).await?;
        self.browser.keys(key).await?;
        let file = folder.join(name);
        until(name, LIMIT, async || file.is_file()).await?;
        Ok(file)
    }

    pub(super) fn driver(&self) -> &thirtyfour::WebDriver {
        self.browser.driver()
    }

    /// A picture by day and one by night.
    pub(super) async fn pictures(&self, name: &str) -> Result<()> {
        self.browser.picture(&format!("{name}-light")).await?;
        self.browser.prefer("dark").await?;
        self.browser.picture(&format!("{name}-dark")).await?;
        self.browser.prefer("light").await
    }

    pub(super) async fn close(self) -> Result<()> {
        self.browser.close().await
    }
}
