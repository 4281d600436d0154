//! Situation 18: a new version of the app waits until no tab drains and no form is half typed, and the person agrees.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use journeys::browser::Browser;
use journeys::gate::Mode;
use journeys::outbox;
use journeys::person::Person;
use journeys::wait::until;
use serde_json::{Value, json};
use thirtyfour::WindowHandle;

use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World};

const LIMIT: Duration = Duration::from_secs(60);
const READINGS: usize = 60;
/// What the new version is called: the mark stands before the hash of the build.
const NEW: &str = "meterline-shell-next-";

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_waits_for_drain_form_and_consent_and_then_runs_in_every_tab() -> Result<()> {
    let world = World::start().await?;
    let proxy = &world.proxy;
    let ana = Technician::open(world.folder(), &proxy.url(), None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    let browser = &ana.browser;
    browser.wait_until_installed().await?;
    browser.goto(&world.beside_the_app()).await?;
    outbox::fill(browser, &world.readings(READINGS).await?).await?;
    proxy.answers().set(Mode::Hold);
    browser.goto(&proxy.url()).await?;
    until("a batch under way", LIMIT, async || proxy.answers().held() == 1).await?;
    let first = browser.driver().window().await?;
    let second = browser.driver().new_tab().await?;
    let tabs = Tabs {
        browser,
        first,
        second,
    };
    tabs.mark_both(&proxy.url()).await?;

    proxy.change("/sw.js", "const VERSION = \"", "const VERSION = \"next-");
    browser
        .js_async("await (await navigator.serviceWorker.ready).update(); return true;")
        .await?;
    browser.see("[data-testid=update-now]").await?;
    tabs.is_refused_with("being sent").await?;

    proxy.answers().set(Mode::Pass);
    while proxy.answers().held() > 0 {
        proxy.answers().release();
        until("the next batch or the end", LIMIT, async || {
            proxy.answers().held() == 0
        })
        .await?;
    }
    until("everything to be sent", LIMIT, async || {
        world.received().await.is_ok_and(|it| it.len() == READINGS)
    })
    .await?;
    browser
        .wait_for(
            "the run to end",
            "!document.querySelector('[data-testid=run-bar]')",
        )
        .await?;

    // In the other tab a form is half typed.
    proxy.cut(true);
    tabs.go_to_second().await?;
    let list = Person::sign_in(&world.server.url(), "ana", PASSWORD)
        .await?
        .list()
        .await?;
    let stop = list.rows.iter().find_map(Stop::usual).context("a usual meter")?;
    ana.chooses_from_the_list(&stop).await?;
    ana.types(&stop).await?;
    until("the draft", LIMIT, async || {
        tabs.drafts().await.is_ok_and(|it| it == json!(1))
    })
    .await?;
    tabs.go_to_first().await?;
    tabs.is_refused_with("half typed").await?;
    tabs.go_to_second().await?;
    browser.tap("[data-testid=save]").await?;
    until("the reading to be saved", LIMIT, async || {
        outbox::waiting(browser).await.is_ok_and(|it| it == 1)
    })
    .await?;

    tabs.go_to_first().await?;
    tabs.agree_until_it_runs().await?;
    for tab in [tabs.first.clone(), tabs.second.clone()] {
        browser.driver().switch_to_window(tab).await?;
        browser
            .wait_for(
                "the tab to be loaded again",
                "window.isOfOldVersion === undefined && document.querySelector('[data-testid=status-pill]')",
            )
            .await?;
    }
    ensure!(
        outbox::waiting(browser).await? == 1,
        "the queue of the old version is not the queue of the new one"
    );
    proxy.cut(false);
    browser.js("dispatchEvent(new Event('online'))").await?;
    until("the last reading", LIMIT, async || {
        world.received().await.is_ok_and(|it| it.len() == READINGS + 1)
    })
    .await?;
    ana.close().await
}

struct Tabs<'a> {
    browser: &'a Browser,
    first: WindowHandle,
    second: WindowHandle,
}

impl Tabs<'_> {
    /// Opens the app in the second tab, and marks both so that a reload shows. Ends in the first.
    async fn mark_both(&self, url: &str) -> Result<()> {
        self.go_to_second().await?;
        self.browser.goto(url).await?;
        self.browser.see("[data-testid=unit-row]").await?;
        self.browser.js("window.isOfOldVersion = true").await?;
        self.go_to_first().await?;
        self.browser.js("window.isOfOldVersion = true").await?;
        Ok(())
    }

    async fn go_to_first(&self) -> Result<()> {
        Ok(self.browser.driver().switch_to_window(self.first.clone()).await?)
    }

    async fn go_to_second(&self) -> Result<()> {
        Ok(self
            .browser
            .driver()
            .switch_to_window(self.second.clone())
            .await?)
    }

    /// "Update now" says why not, and the old version stays in charge. Another reason may stand before this one for a
    /// moment: a person would tap again.
    async fn is_refused_with(&self, reason: &str) -> Result<()> {
        let toasts =
            "return [...document.querySelectorAll('[data-testid=toast]')].map(it => it.innerText).join()";
        until(reason, LIMIT, async || {
            let _ = self.browser.tap("[data-testid=update-now]").await;
            let said = self.browser.js(toasts).await.unwrap_or_default();
            said.as_str().is_some_and(|it| it.contains(reason))
        })
        .await?;
        let state = self.state().await?;
        ensure!(state.waits && state.names.len() == 2, "{reason}: {state:?}");
        let marked = self.browser.js("return window.isOfOldVersion === true").await?;
        ensure!(marked == Value::Bool(true), "{reason}: the page was loaded again");
        Ok(())
    }

    /// A run that looks for the network may still be in the way: a person would tap again.
    async fn agree_until_it_runs(&self) -> Result<()> {
        let taken_over = until("the new version to take over", LIMIT, async || {
            let _ = self
                .browser
                .js("document.querySelector('[data-testid=update-now]')?.click()")
                .await;
            self.state()
                .await
                .is_ok_and(|it| !it.waits && it.names.len() == 1 && it.names[0].starts_with(NEW))
        })
        .await;
        match taken_over {
            Ok(()) => Ok(()),
            Err(error) => bail!("{error}: {:?}, {}", self.state().await, self.browser.text().await),
        }
    }

    async fn state(&self) -> Result<State> {
        let script = "const registration = await navigator.serviceWorker.getRegistration();
             const names = (await caches.keys()).filter(name => name.startsWith('meterline-shell-'));
             return {waits: registration.waiting !== null, names};";
        let state = self.browser.js_async(script).await?;
        serde_json::from_value(state.clone()).with_context(|| state.to_string())
    }

    async fn drafts(&self) -> Result<Value> {
        let script = "const count = database.transaction('drafts').objectStore('drafts').count();
             return await new Promise((done) => { count.onsuccess = () => done(count.result); });";
        outbox::in_outbox(self.browser, script).await
    }
}

/// What the browser holds of the app.
#[derive(Debug, serde::Deserialize)]
struct State {
    waits: bool,
    names: Vec<String>,
}
