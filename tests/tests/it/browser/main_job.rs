//! The main job, end to end, on the invented customer: a technician's phone, the office's laptop, a network that
//! comes and goes, a server that is stopped and started.

mod office;

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Result, ensure};
use journeys::gate::Mode;
use journeys::person::Person;
use journeys::proxy::Proxy;
use journeys::server::Server;
use journeys::video::{self, Shot};
use journeys::wait::until;
use office::Office;
use shared::id::ItemId;

use super::technician::{Stop, Technician};

const PASSWORD: &str = "walks-the-round";
const LIMIT: Duration = Duration::from_secs(60);
/// So many readings are captured without network.
const READINGS: usize = 60;

#[tokio::test(flavor = "multi_thread")]
async fn sixty_readings_made_without_network_arrive_once_and_both_sides_watch() -> Result<()> {
    let world = World::start().await?;
    let World {
        mut server,
        proxy,
        folder,
        rita,
        stops,
    } = world;
    let film = folder.path().join("film.y4m");
    video::write(&film, &[Shot::label(&stops[0].label, 5)])?;

    let ana = Technician::open(folder.path(), &proxy.url(), None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.browser.picture("round-light").await?;
    ana.browser.wait_until_installed().await?;
    let office = Office::open(folder.path(), &proxy.url()).await?;
    office.sign_in("rita", PASSWORD).await?;
    let before = office.total().await?;

    server.kill()?;
    proxy.cut(true);
    ana.close().await?;
    let ana = Technician::open(folder.path(), &proxy.url(), Some(&film)).await?;
    ana.sees_the_round_without_network().await?;
    capture_everything(&ana, &film, &stops).await?;
    ensure!(ana.waiting().await? == READINGS, "{} wait", ana.waiting().await?);

    let calls_before = proxy.exchanges().len();
    proxy.answers().set(Mode::Hold);
    server.start().await?;
    proxy.cut(false);
    ana.network_is_back().await?;
    let percentages = watch_the_drain(&ana, &proxy).await?;
    ensure!(
        percentages.len() >= 3,
        "progress was seen at {percentages:?} only"
    );
    ana.sees_all_received(READINGS).await?;
    check_order_of_calls(&proxy.api_calls(calls_before))?;

    office
        .sees_total_without_reloading(before + READINGS as u64)
        .await?;
    all_are_in_the_list_once(&rita, READINGS).await?;

    a_rival_reading_comes_back_with_both_values(&ana, &proxy, &server, &stops[READINGS]).await?;
    office.close().await?;
    ana.close().await
}

/// Server, proxy and people; sixty meters to read and one more for the rivals.
struct World {
    server: Server,
    proxy: Proxy,
    folder: tempfile::TempDir,
    rita: Person,
    stops: Vec<Stop>,
}

impl World {
    async fn start() -> Result<Self> {
        let mut server = Server::new()?;
        let proxy = Proxy::start(server.address()).await?;
        server.set_public_url(&proxy.url());
        server.import_customer()?;
        for (name, role) in [("ana", "technician"), ("ben", "technician"), ("rita", "reviewer")] {
            server.add_user(name, role, PASSWORD)?;
        }
        server.start().await?;
        let rita = Person::sign_in(&server.url(), "rita", PASSWORD).await?;
        let list = Person::sign_in(&server.url(), "ana", PASSWORD)
            .await?
            .list()
            .await?;
        let stops: Vec<Stop> = list
            .rows
            .iter()
            .filter_map(Stop::usual)
            .take(READINGS + 1)
            .collect();
        ensure!(stops.len() == READINGS + 1, "only {} usual meters", stops.len());
        Ok(Self {
            server,
            proxy,
            folder: tempfile::tempdir()?,
            rita,
            stops,
        })
    }
}

/// Two by the camera, one by typing its code, the rest from the list; the last one with a double tap on **Save**.
async fn capture_everything(ana: &Technician, film: &std::path::Path, stops: &[Stop]) -> Result<()> {
    ana.scans(&stops[0]).await?;
    ana.types_and_saves(&stops[0]).await?;
    video::replace(film, &[Shot::label(&stops[1].label, 5)])?;
    ana.opens_the_camera_anew().await?;
    ana.scans_by_itself(&stops[1]).await?;
    ana.types_and_saves(&stops[1]).await?;
    ana.finds_by_code(&stops[2]).await?;
    ana.types_and_saves(&stops[2]).await?;
    for stop in &stops[3..READINGS - 1] {
        ana.chooses_from_the_list(stop).await?;
        ana.types_and_saves(stop).await?;
    }
    ana.chooses_from_the_list(&stops[READINGS - 1]).await?;
    ana.types_and_taps_save_twice(&stops[READINGS - 1]).await
}

/// Lets the answers through one by one, with a pause between, and notes each percentage that the page shows.
async fn watch_the_drain(ana: &Technician, proxy: &Proxy) -> Result<BTreeSet<u64>> {
    let mut seen = BTreeSet::new();
    until("the drain to end", LIMIT, async || {
        if let Ok(Some(percent)) = ana.percent().await {
            seen.insert(percent);
        }
        if proxy.answers().held() > 0 {
            // A slow link: a batch that takes over two seconds keeps the next one from growing.
            tokio::time::sleep(Duration::from_millis(2_100)).await;
            ana.browser.picture("sync-running").await.ok();
            proxy.answers().release();
        }
        ana.waiting().await.is_ok_and(|it| it == 0)
    })
    .await?;
    proxy.answers().set(Mode::Pass);
    Ok(seen)
}

/// Three pings, then the list, then the first batch, and the end check after the last.
fn check_order_of_calls(calls: &[String]) -> Result<()> {
    let first_batch = position(calls, "POST /api/readings")?;
    let list = position(calls, "GET /api/latest-tenant-readings")?;
    let pings = calls[..list].iter().filter(|it| *it == "GET /api/ping").count();
    ensure!(pings >= 3 && list < first_batch, "in this order: {calls:?}");
    let last_batch = calls.iter().rposition(|it| it == "POST /api/readings");
    let check = calls.iter().rposition(|it| it.ends_with("/check"));
    ensure!(check > last_batch, "no end check after the last batch: {calls:?}");
    Ok(())
}

fn position(calls: &[String], call: &str) -> Result<usize> {
    match calls.iter().position(|it| it == call) {
        Some(position) => Ok(position),
        None => anyhow::bail!("no {call} among {calls:?}"),
    }
}

async fn all_are_in_the_list_once(rita: &Person, expected: usize) -> Result<()> {
    let page = rita.readings("technician=ana&source=phone&limit=500").await?;
    let ids: BTreeSet<ItemId> = page.rows.iter().map(|it| it.id).collect();
    let places: BTreeSet<_> = page
        .rows
        .iter()
        .map(|it| (&it.property_code, &it.building, &it.unit_no, &it.utility))
        .collect();
    ensure!(page.rows.len() == expected, "{} rows", page.rows.len());
    ensure!(
        ids.len() == expected && places.len() == expected,
        "{} items at {} places",
        ids.len(),
        places.len()
    );
    Ok(())
}

/// Ben's reading for the same unit and period is in the books before ana's arrives.
async fn a_rival_reading_comes_back_with_both_values(
    ana: &Technician,
    proxy: &Proxy,
    server: &Server,
    stop: &Stop,
) -> Result<()> {
    proxy.cut(true);
    let mut ben = Person::sign_in(&server.url(), "ben", PASSWORD).await?;
    let mut item = ben.reading(&stop.row, &stop.rival_value(), &stop.period(), &stop.read_at());
    item.identified_by = Some("list".into());
    ben.send(vec![item]).await?;
    ana.chooses_from_the_list(stop).await?;
    ana.types_and_saves(stop).await?;
    proxy.cut(false);
    ana.network_is_back().await?;
    ana.sees_on_the_shelf(&stop.value(), &stop.rival_value()).await?;
    ensure!(
        !ana.browser
            .text_of("[data-testid=shelf-theirs]")
            .await?
            .is_empty(),
        "the other value is not shown"
    );
    Ok(())
}
