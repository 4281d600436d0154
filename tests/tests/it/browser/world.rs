//! One server with the invented customer, a proxy before it, ana who reads and rita who reviews.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use journeys::browser::{Browser, Screen};
use journeys::cache;
use journeys::person::Person;
use journeys::proxy::Proxy;
use journeys::server::Server;
use shared::id::ItemId;
use shared::wire::batch::WireItem;

pub(super) const PASSWORD: &str = "walks-the-round";

pub(super) struct World {
    pub(super) server: Server,
    pub(super) proxy: Proxy,
    pub(super) rita: Person,
    folder: tempfile::TempDir,
}

impl World {
    pub(super) async fn start() -> Result<Self> {
        let mut server = Server::new()?;
        let proxy = Proxy::start(server.address()).await?;
        server.set_public_url(&proxy.url());
        server.import_customer()?;
        server.add_user("ana", "technician", PASSWORD)?;
        server.add_user("rita", "reviewer", PASSWORD)?;
        server.start().await?;
        let rita = Person::sign_in(&server.url(), "rita", PASSWORD).await?;
        Ok(Self {
            server,
            proxy,
            rita,
            folder: tempfile::tempdir()?,
        })
    }

    pub(super) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Ana's phone, signed in, the app installed.
    pub(super) async fn phone(&self) -> Result<Browser> {
        let browser = Browser::open(&self.folder.path().join("phone"), Screen::Phone, None).await?;
        sign_in(&browser, &self.proxy.url()).await?;
        browser.wait_until_installed().await?;
        Ok(browser)
    }

    /// An address of the app's origin where the app does not run.
    pub(super) fn beside_the_app(&self) -> String {
        format!("{}/api/ping?nonce=1", self.proxy.url())
    }

    /// Readings that ana could have made, in the order of capture.
    pub(super) async fn readings(&self, count: usize) -> Result<Vec<WireItem>> {
        let mut ana = Person::sign_in(&self.server.url(), "ana", PASSWORD).await?;
        let mut rows = ana.list().await?.rows;
        rows.retain(|it| it.installed_on.as_str() < "2025-01");
        let items: Vec<WireItem> = rows
            .iter()
            .take(count)
            .map(|row| ana.reading(row, "1234", "2025-03", "2025-03-20T09:00:00+10:00"))
            .collect();
        ensure!(items.len() == count, "only {} meters", items.len());
        Ok(items)
    }

    /// What the office has of ana's; fails when a reading is there twice.
    pub(super) async fn received(&self) -> Result<BTreeSet<ItemId>> {
        let page = self
            .rita
            .readings("technician=ana&source=phone&limit=500")
            .await?;
        let ids: BTreeSet<ItemId> = page.rows.iter().map(|it| it.id).collect();
        ensure!(
            ids.len() == page.rows.len(),
            "{} items in {} rows",
            ids.len(),
            page.rows.len()
        );
        Ok(ids)
    }
}

pub(super) async fn sign_in(browser: &Browser, url: &str) -> Result<()> {
    browser.goto(url).await?;
    browser.fill("[data-testid=username]", "ana").await?;
    browser.fill("[data-testid=password]", PASSWORD).await?;
    browser.tap("[data-testid=sign-in]").await?;
    browser.see("[data-testid=unit-row]").await?;
    cache::wait_until_list_is_kept(browser, "ana").await
}
