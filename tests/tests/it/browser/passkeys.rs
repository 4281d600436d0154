//! A passkey by keyboard alone, on a device that the browser plays: added, used to sign in, removed, and no good afterwards.

use anyhow::{Result, ensure};
use journeys::browser::{Browser, Screen};
use journeys::server::Server;
use serde_json::json;

use super::world::PASSWORD;

const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";

/// A server with passkeys: under a name, which on this machine needs no HTTPS.
struct World {
    server: Server,
    url: String,
}

impl World {
    async fn start() -> Result<Self> {
        let mut server = Server::new()?;
        let url = format!("http://localhost:{}", server.address().port());
        server.set_public_url(&url);
        server.import_customer()?;
        server.add_user("admin", "admin", PASSWORD)?;
        server.add_user("rita", "reviewer", PASSWORD)?;
        server.start().await?;
        Ok(Self { server, url })
    }

    /// A laptop with a finger reader, whose owner's finger is always there, at a page of the office.
    async fn laptop(&self, name: &str, page: &str) -> Result<Laptop> {
        let browser = Browser::open(&self.server.folder().join(name), Screen::Laptop, None).await?;
        let cdp = browser.driver().cdp();
        cdp.send_raw("WebAuthn.enable", json!({})).await?;
        let reader = json!({"options": {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserVerified": true, "automaticPresenceSimulation": true,
        }});
        cdp.send_raw("WebAuthn.addVirtualAuthenticator", reader).await?;
        browser.goto(&format!("{}/office/{page}", self.url)).await?;
        Ok(Laptop { browser })
    }
}

struct Laptop {
    browser: Browser,
}

impl Laptop {
    async fn keys(&self, text: &str) -> Result<()> {
        self.browser.keys(text).await
    }

    async fn has_focus_on(&self, test_id: &str) -> Result<()> {
        let focused = format!("document.activeElement?.dataset.testid === '{test_id}'");
        self.browser
            .wait_for(&format!("the focus on {test_id}"), &focused)
            .await
    }

    /// From wherever the focus is to this.
    async fn tabs_to(&self, test_id: &str) -> Result<()> {
        for _ in 0..60 {
            let at = "return document.activeElement?.dataset.testid ?? ''";
            if self.browser.js(at).await? == test_id {
                return Ok(());
            }
            self.keys(TAB).await?;
        }
        self.has_focus_on(test_id).await
    }

    async fn is_told(&self, place: &str, words: &str) -> Result<()> {
        let told = format!(
            "document.querySelector('[data-testid={place}][role=status]')?.innerText.includes('{words}')"
        );
        self.browser.wait_for(words, &told).await
    }

    async fn pictures(&self, name: &str) -> Result<()> {
        self.browser.picture(&format!("{name}-light")).await?;
        self.browser.prefer("dark").await?;
        self.browser.picture(&format!("{name}-dark")).await?;
        self.browser.prefer("light").await
    }

    async fn is_at(&self, page: &str) -> Result<()> {
        let there = format!("location.pathname === '/office/{page}'");
        self.browser.wait_for(page, &there).await
    }

    async fn signs_in_by_password(&self, name: &str, page: &str) -> Result<()> {
        self.tabs_to("by-password").await?;
        self.keys(ENTER).await?;
        self.browser.see("[data-testid=username]").await?;
        self.tabs_to("username").await?;
        self.keys(&format!("{name}{TAB}{PASSWORD}{ENTER}")).await?;
        self.is_at(page).await
    }

    async fn adds_a_passkey(&self) -> Result<()> {
        self.browser.see("[data-testid=passkey-add]").await?;
        self.tabs_to("passkey-add").await?;
        self.keys(ENTER).await?;
        self.has_focus_on("passkey-name").await?;
        self.keys(&format!("{TAB}not the password{ENTER}")).await?;
        self.is_told("passkeys-outcome", "password is not right").await?;
        self.pictures("passkey-adding").await?;
        self.browser
            .fill("[data-testid=passkey-password]", PASSWORD)
            .await?;
        self.keys(ENTER).await?;
        self.is_told("passkeys-outcome", "“This computer” is added")
            .await?;
        self.browser
            .see("[data-testid=passkey-row][data-name='This computer']")
            .await?;
        // Where it began: nothing has to be looked for.
        self.has_focus_on("passkey-add").await
    }

    async fn signs_out(&self) -> Result<()> {
        self.tabs_to("sign-out").await?;
        self.keys(ENTER).await?;
        self.has_focus_on("confirm-no").await?;
        self.keys(&format!("{TAB}{ENTER}")).await?;
        self.browser.see("[data-testid=office-sign-in]").await?;
        self.has_focus_on("passkey-sign-in").await
    }

    /// Nobody comes in, and it is said what to do.
    async fn is_refused(&self, words: &str) -> Result<()> {
        self.has_focus_on("passkey-sign-in").await?;
        self.keys(ENTER).await?;
        self.is_told("passkey-outcome", words).await?;
        self.is_told("passkey-outcome", "name and password").await?;
        let cookie = "return await (await fetch('/api/session')).status";
        let status = self.browser.js_async(cookie).await?;
        ensure!(status == 401, "{status}");
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_lets_somebody_of_the_office_in_until_it_is_removed() -> Result<()> {
    let world = World::start().await?;
    let rita = world.laptop("rita", "me").await?;
    rita.browser.see("[data-testid=office-sign-in]").await?;
    rita.pictures("passkey-door").await?;
    rita.is_refused("no passkey for Meterline").await?;
    rita.pictures("passkey-door-cancelled").await?;
    rita.signs_in_by_password("rita", "me").await?;
    rita.adds_a_passkey().await?;
    rita.pictures("passkey-added").await?;

    rita.signs_out().await?;
    rita.keys(ENTER).await?;
    rita.is_at("dashboard").await?;
    rita.browser.see("[data-testid=dashboard-row]").await?;
    // The start page knows as well who came in.
    rita.browser.goto(&world.url).await?;
    rita.is_at("dashboard").await?;
    rita.browser.goto(&format!("{}/office/me", world.url)).await?;
    rita.browser
        .wait_for(
            "the last use",
            "document.querySelector('[data-testid=passkey-row]')?.innerText.includes('last used')",
        )
        .await?;
    rita.pictures("passkey-used").await?;

    rita.tabs_to("passkey-remove").await?;
    rita.keys(ENTER).await?;
    rita.has_focus_on("confirm-no").await?;
    rita.pictures("passkey-remove").await?;
    rita.keys(&format!("{TAB}{ENTER}")).await?;
    rita.is_told("passkeys-outcome", "“This computer” is removed")
        .await?;
    let gone = "!document.querySelector('[data-testid=passkey-row]')";
    rita.browser.wait_for("no passkey in the list", gone).await?;
    rita.has_focus_on("passkey-add").await?;
    rita.signs_out().await?;
    rita.is_refused("does not let you in").await?;
    rita.pictures("passkey-door-refused").await?;
    rita.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_takes_the_passkeys_of_somebody_away_and_they_are_signed_out() -> Result<()> {
    let world = World::start().await?;
    let rita = world.laptop("rita", "me").await?;
    rita.signs_in_by_password("rita", "me").await?;
    rita.adds_a_passkey().await?;
    let admin = world.laptop("admin", "people?q=rita").await?;
    admin.signs_in_by_password("admin", "people").await?;
    let row = "[data-testid=person-row][data-person=rita][aria-selected=true]";
    admin
        .browser
        .see(&format!("{row} [data-testid=person-passkeys]"))
        .await?;
    admin.pictures("people-passkeys").await?;
    admin.keys("x").await?;
    admin.has_focus_on("confirm-no").await?;
    admin.pictures("people-passkeys-remove").await?;
    admin.keys(&format!("{TAB}{ENTER}")).await?;
    admin.is_told("people-outcome", "no passkeys any more").await?;
    let gone = format!("!document.querySelector('{row} [data-testid=person-passkeys]')");
    admin.browser.wait_for("no passkeys in the row", &gone).await?;

    rita.browser
        .goto(&format!("{}/office/readings", world.url))
        .await?;
    rita.browser.see("[data-testid=office-sign-in]").await?;
    rita.is_refused("does not let you in").await?;
    admin.browser.close().await?;
    rita.browser.close().await
}
