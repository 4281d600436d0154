//! A phone that finds no network: what is on it goes to the office as a file. Later the phone sends the same itself,
//! and each reading is there once.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use journeys::browser::{Browser, Screen};
use journeys::outbox;
use journeys::person::Person;
use journeys::proxy::Proxy;
use journeys::server::Server;
use journeys::wait::until;
use serde_json::json;
use shared::id::ItemId;
use shared::wire::batch::WireItem;
use shared::wire::bundle::Bundle;
use thirtyfour::By;

use super::technician::{Stop, Technician};
use super::world::PASSWORD;

const LIMIT: Duration = Duration::from_secs(60);
const READINGS: usize = 3;

#[tokio::test(flavor = "multi_thread")]
async fn a_file_brings_in_what_a_phone_could_not_send_and_its_own_sending_adds_nothing() -> Result<()> {
    let mut server = Server::new()?;
    // The phone's way to the server; the office has its own.
    let proxy = Proxy::start(server.address()).await?;
    server.import_customer()?;
    server.add_user("ana", "technician", PASSWORD)?;
    server.add_user("rita", "reviewer", PASSWORD)?;
    server.start().await?;
    let rita = Person::sign_in(&server.url(), "rita", PASSWORD).await?;
    let folder = tempfile::tempdir()?;
    let stops = stops(&server).await?;
    let period = stops[0].period();
    let before = of_ana(&rita, &period).await?;

    let ana = Technician::open(folder.path(), &proxy.url(), None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.browser.wait_until_installed().await?;
    proxy.cut(true);
    ana.sees_the_round_without_network().await?;
    for stop in &stops {
        ana.chooses_from_the_list(stop).await?;
        ana.types_and_saves(stop).await?;
    }

    let file = export(&ana.browser, &proxy.url(), &folder.path().join("downloads")).await?;
    let bundle: Bundle<WireItem> = serde_json::from_slice(&std::fs::read(&file)?).context("a bundle")?;
    let exported: BTreeSet<ItemId> = bundle.readings.iter().map(|it| it.id).collect();
    ensure!(
        exported.len() == READINGS && bundle.captured_by == "ana",
        "{exported:?} of {}",
        bundle.captured_by
    );
    ensure!(
        outbox::waiting(&ana.browser).await? == READINGS as u64,
        "the export took something out of the outbox"
    );

    let office = Browser::open(&folder.path().join("rita"), Screen::Laptop, None).await?;
    brings_in(&office, &server.url(), &file).await?;
    let arrived = &of_ana(&rita, &period).await? - &before;
    ensure!(arrived == exported, "after the import: {arrived:?}");

    proxy.cut(false);
    ana.network_is_back().await?;
    ana.sees_all_received(READINGS).await?;
    until("an empty outbox", LIMIT, async || {
        outbox::waiting(&ana.browser).await.is_ok_and(|it| it == 0)
    })
    .await?;
    let arrived = &of_ana(&rita, &period).await? - &before;
    ensure!(arrived == exported, "after the phone's own sending: {arrived:?}");
    sees_the_phone_without_backlog(&office).await?;
    office.close().await?;
    ana.close().await
}

async fn stops(server: &Server) -> Result<Vec<Stop>> {
    let list = Person::sign_in(&server.url(), "ana", PASSWORD)
        .await?
        .list()
        .await?;
    let stops: Vec<Stop> = list.rows.iter().filter_map(Stop::usual).take(READINGS).collect();
    ensure!(stops.len() == READINGS, "only {} usual meters", stops.len());
    Ok(stops)
}

/// Taps the button of the Outbox and gives the file that came.
async fn export(phone: &Browser, url: &str, downloads: &Path) -> Result<PathBuf> {
    std::fs::create_dir_all(downloads)?;
    let behaviour = json!({"behavior": "allow", "downloadPath": downloads});
    phone
        .driver()
        .cdp()
        .send_raw("Browser.setDownloadBehavior", behaviour)
        .await?;
    phone.goto(&format!("{url}/outbox")).await?;
    phone.picture("outbox-export").await?;
    phone.tap("[data-testid=export]").await?;
    phone.see("[data-testid=toast]").await?;
    // While it is written it has another ending.
    let found = || {
        let files = std::fs::read_dir(downloads).ok()?;
        let mut paths = files.filter_map(|file| Some(file.ok()?.path()));
        paths.find(|path| path.extension().is_some_and(|it| it == "json"))
    };
    until("the exported file", LIMIT, async || found().is_some()).await?;
    found().context("the exported file")
}

async fn brings_in(office: &Browser, url: &str, file: &Path) -> Result<()> {
    office.goto(url).await?;
    office.fill("[data-testid=username]", "rita").await?;
    office.fill("[data-testid=password]", PASSWORD).await?;
    office.tap("[data-testid=sign-in]").await?;
    office.tap("[data-testid=rail-phones]").await?;
    office.see("[data-testid=phone-row][data-person=ana]").await?;
    office.tap("[data-testid=import-open]").await?;
    let field = office.driver().find(By::Css("[data-testid=import-file]")).await?;
    field.send_keys(file.display().to_string()).await?;
    office
        .see(&format!(
            "[data-testid=import-count][data-verdict=accepted][data-count='{READINGS}']"
        ))
        .await?;
    office.picture("office-import").await
}

/// What the office has of ana's in this period, wherever it came from; fails when a reading is there twice.
async fn of_ana(rita: &Person, period: &str) -> Result<BTreeSet<ItemId>> {
    let page = rita
        .readings(&format!("technician=ana&period={period}&limit=500"))
        .await?;
    let ids: BTreeSet<ItemId> = page.rows.iter().map(|it| it.id).collect();
    ensure!(
        ids.len() == page.rows.len() && page.next.is_none(),
        "{} items in {} rows",
        ids.len(),
        page.rows.len()
    );
    Ok(ids)
}

/// The page that was open all the time.
async fn sees_the_phone_without_backlog(office: &Browser) -> Result<()> {
    office
        .see(&format!(
            "[data-testid=phone-row][data-person=ana][data-waiting='0'][data-received='{READINGS}'][data-warning=none]"
        ))
        .await
}
