//! What rita does and sees on her laptop.

use std::path::Path;

use anyhow::Result;
use journeys::browser::{Browser, Screen};

pub(super) struct Office {
    browser: Browser,
    url: String,
}

impl Office {
    pub(super) async fn open(folder: &Path, url: &str) -> Result<Self> {
        let browser = Browser::open(&folder.join("rita"), Screen::Laptop, None).await?;
        Ok(Self {
            browser,
            url: url.to_owned(),
        })
    }

    pub(super) async fn sign_in(&self, name: &str, password: &str) -> Result<()> {
        self.browser
            .goto(&format!("{}/office/readings", self.url))
            .await?;
        self.browser.fill("[data-testid=username]", name).await?;
        self.browser.fill("[data-testid=password]", password).await?;
        self.browser.tap("[data-testid=sign-in]").await?;
        self.browser.see("[data-testid=total]").await?;
        self.browser
            .wait_for(
                "the first page",
                "document.querySelector('[data-testid=reading-row]')",
            )
            .await?;
        // Gone after a reload: what she sees later has to arrive in this very page.
        self.browser.js("window.neverReloaded = true").await?;
        Ok(())
    }

    pub(super) async fn total(&self) -> Result<u64> {
        let total = self
            .browser
            .js("return document.querySelector('[data-testid=total]').dataset.total")
            .await?;
        Ok(total.as_str().unwrap_or_default().parse()?)
    }

    pub(super) async fn sees_total_without_reloading(&self, total: u64) -> Result<()> {
        let condition = format!(
            "window.neverReloaded && document.querySelector('[data-testid=total]').dataset.total === '{total}'
             && document.querySelectorAll('[data-testid=reading-row][data-new=true]').length > 0"
        );
        self.browser
            .wait_for(&format!("{total} readings"), &condition)
            .await?;
        self.browser.picture("office-readings").await
    }

    pub(super) async fn close(self) -> Result<()> {
        self.browser.close().await
    }
}
