//! A laptop in the office: whoever works there, on the page they need.

use anyhow::Result;
use journeys::browser::{Browser, Screen};

use super::world::{PASSWORD, World};

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
