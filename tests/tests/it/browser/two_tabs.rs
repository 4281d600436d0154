//! Situation 5: two tabs of one phone, one drains, the other follows and takes over when the first is closed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use journeys::browser::{Browser, Screen};
use journeys::gate::Mode;
use journeys::outbox;
use journeys::person::Person;
use journeys::proxy::{Exchange, Proxy};
use journeys::server::Server;
use journeys::wait::until;
use shared::id::ItemId;
use shared::wire::batch::{Batch, WireItem};
use shared::wire::receipt::Receipts;

const PASSWORD: &str = "walks-the-round";
const LIMIT: Duration = Duration::from_secs(60);
const READINGS: usize = 150;

#[tokio::test(flavor = "multi_thread")]
async fn of_two_tabs_one_drains_and_the_other_takes_over_when_it_is_closed() -> Result<()> {
    let mut server = Server::new()?;
    let proxy = Proxy::start(server.address()).await?;
    server.set_public_url(&proxy.url());
    server.import_customer()?;
    server.add_user("ana", "technician", PASSWORD)?;
    server.add_user("rita", "reviewer", PASSWORD)?;
    server.start().await?;
    let folder = tempfile::tempdir()?;
    let browser = Browser::open(folder.path(), Screen::Phone, None).await?;
    sign_in(&browser, &proxy.url()).await?;

    // The app is closed while its outbox is filled.
    browser.goto(&format!("{}/api/ping?nonce=1", proxy.url())).await?;
    outbox::fill(&browser, &readings(&server).await?).await?;
    let from = proxy.exchanges().len();
    proxy.answers().set(Mode::Hold);
    browser.goto(&proxy.url()).await?;
    until("the first tab's batch", LIMIT, async || {
        proxy.answers().held() == 1
    })
    .await?;
    proxy.answers().release();
    until("its next batch", LIMIT, async || proxy.answers().arrived() == 2).await?;

    let first = browser.driver().window().await?;
    let second = browser.driver().new_tab().await?;
    browser.driver().switch_to_window(second.clone()).await?;
    browser.goto(&proxy.url()).await?;
    browser
        .wait_for(
            "the second tab follows",
            "document.querySelector('[data-testid=run-bar]')",
        )
        .await?;
    browser.js("dispatchEvent(new Event('online'))").await?;
    ensure!(proxy.answers().held() == 1, "two batches at the same moment");

    browser.driver().switch_to_window(first).await?;
    browser.driver().close_window().await?;
    browser.driver().switch_to_window(second).await?;
    proxy.answers().set(Mode::Pass);
    until("the second tab to finish", LIMIT, async || {
        outbox::waiting(&browser).await.is_ok_and(|it| it == 0)
    })
    .await?;

    check_the_trace(&proxy.exchanges()[from..])?;
    let rita = Person::sign_in(&server.url(), "rita", PASSWORD).await?;
    let page = rita.readings("technician=ana&source=phone&limit=500").await?;
    let ids: BTreeSet<ItemId> = page.rows.iter().map(|it| it.id).collect();
    ensure!(
        page.rows.len() == READINGS && ids.len() == READINGS,
        "{} rows, {} items",
        page.rows.len(),
        ids.len()
    );
    browser.close().await
}

async fn sign_in(browser: &Browser, url: &str) -> Result<()> {
    browser.goto(url).await?;
    browser.fill("[data-testid=username]", "ana").await?;
    browser.fill("[data-testid=password]", PASSWORD).await?;
    browser.tap("[data-testid=sign-in]").await?;
    browser.see("[data-testid=unit-row]").await?;
    browser.wait_until_installed().await
}

async fn readings(server: &Server) -> Result<Vec<WireItem>> {
    let mut ana = Person::sign_in(&server.url(), "ana", PASSWORD).await?;
    let mut rows = ana.list().await?.rows;
    rows.retain(|it| it.installed_on.as_str() < "2025-01");
    let items: Vec<WireItem> = rows
        .iter()
        .take(READINGS)
        .map(|row| ana.reading(row, "1234", "2025-03", "2025-03-20T09:00:00+10:00"))
        .collect();
    ensure!(items.len() == READINGS, "only {} meters", items.len());
    Ok(items)
}

/// No item in two requests at the same moment, none posted after its receipt was given out.
fn check_the_trace(exchanges: &[Exchange]) -> Result<()> {
    let batches: Vec<&Exchange> = exchanges
        .iter()
        .filter(|it| it.method == "POST" && it.path == "/api/readings")
        .collect();
    ensure!(batches.len() >= 3, "only {} batches", batches.len());
    let mut received: BTreeMap<ItemId, u64> = BTreeMap::new();
    for batch in &batches {
        for id in ids_of(batch)? {
            let again = received
                .get(&id)
                .is_some_and(|received_at| *received_at < batch.span.0);
            ensure!(!again, "{id} was posted after its receipt");
        }
        if let (Some(200), Some(ended)) = (batch.status, batch.span.1) {
            let receipts: Receipts = serde_json::from_slice(&batch.answer)?;
            received.extend(receipts.verdicts.iter().map(|it| (it.id, ended)));
        }
    }
    for (place, batch) in batches.iter().enumerate() {
        let Some(ended) = batch.span.1 else { continue };
        let ids: BTreeSet<ItemId> = ids_of(batch)?.into_iter().collect();
        for other in batches[place + 1..].iter().filter(|it| it.span.0 < ended) {
            ensure!(
                !ids_of(other)?.iter().any(|id| ids.contains(id)),
                "an item in two requests at once"
            );
        }
    }
    Ok(())
}

fn ids_of(exchange: &Exchange) -> Result<Vec<ItemId>> {
    let mut text = Vec::new();
    match exchange.encoding.as_str() {
        "gzip" => drop(flate2::read::GzDecoder::new(&exchange.body[..]).read_to_end(&mut text)?),
        _ => text.extend_from_slice(&exchange.body),
    }
    let batch: Batch<WireItem> = serde_json::from_slice(&text).context("a batch")?;
    Ok(batch.readings.iter().map(|it| it.id).collect())
}
