//! A queue that a released version has written is drained by this one. The databases stand in `tests/golden`; the test
//! that writes one is run by hand when a version is released, and its file is never changed afterwards.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use journeys::browser::{Browser, Screen};
use journeys::person::Person;
use journeys::wait::until;
use journeys::{golden, outbox};
use serde_json::Value;
use shared::id::ItemId;

use super::technician::{Stop, Technician};
use super::world::{PASSWORD, World, sign_in};

const LIMIT: Duration = Duration::from_secs(90);

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_written_by_an_earlier_version_is_drained_and_nothing_of_it_is_lost() -> Result<()> {
    let files: Vec<PathBuf> = std::fs::read_dir(folder())?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    ensure!(!files.is_empty(), "no golden database");
    for file in files {
        let written: Value = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
        drain(&written)
            .await
            .with_context(|| file.display().to_string())?;
    }
    Ok(())
}

async fn drain(written: &Value) -> Result<()> {
    let world = World::start().await?;
    let folder = tempfile::tempdir()?;
    let browser = Browser::open(folder.path(), Screen::Phone, None).await?;
    browser.goto(&world.beside_the_app()).await?;
    golden::restore(&browser, written).await?;
    let waiting = ids(written, "items")?;
    let shelf = ids(written, "shelf")?;
    ensure!(!waiting.is_empty() && !shelf.is_empty(), "nothing to be drained");

    sign_in(&browser, &world.proxy.url()).await?;
    // This server knows nothing of the phone's receipts: the end check asks for what needed attention as well.
    until("everything to be received", LIMIT, async || {
        let received = world.received().await;
        received.is_ok_and(|it| waiting.is_subset(&it) && shelf.is_subset(&it))
    })
    .await?;
    browser.see("[data-testid=half-typed]").await?;
    until("an empty outbox", LIMIT, async || {
        outbox::waiting(&browser).await.is_ok_and(|it| it == 0)
    })
    .await?;

    check_new_schema(&browser, &world, written).await?;
    browser.close().await
}

/// An outbox that this version makes anew has the stores, keys and indexes of the earlier one.
async fn check_new_schema(browser: &Browser, world: &World, written: &Value) -> Result<()> {
    browser.goto(&world.beside_the_app()).await?;
    golden::delete(browser).await?;
    browser.goto(&world.proxy.url()).await?;
    browser.see("[data-testid=unit-row]").await?;
    until("a new outbox", LIMIT, async || {
        golden::exists(browser).await.is_ok_and(|it| it)
    })
    .await?;
    let made = golden::schema(&golden::dump(browser).await?);
    ensure!(
        made == golden::schema(written),
        "the outbox is made with another schema now: {made}"
    );
    Ok(())
}

/// Writes the outbox of this version: what waits, what needs attention, what was sent, a half-typed form.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "writes tests/golden/outbox-VERSION.json; run by hand when a version is released"]
async fn write_the_database_of_this_version() -> Result<()> {
    let world = World::start().await?;
    let proxy = &world.proxy;
    let mut ben = {
        world.server.add_user("ben", "technician", PASSWORD)?;
        Person::sign_in(&world.server.url(), "ben", PASSWORD).await?
    };
    let stops: Vec<Stop> = ben
        .list()
        .await?
        .rows
        .iter()
        .filter_map(Stop::usual)
        .take(7)
        .collect();
    let ana = Technician::open(world.folder(), &proxy.url(), None).await?;
    ana.sign_in("ana", PASSWORD).await?;
    ana.browser.wait_until_installed().await?;

    let rival = &stops[0];
    let item = ben.reading(
        &rival.row,
        &rival.rival_value(),
        &rival.period(),
        &rival.read_at(),
    );
    ben.send(vec![item]).await?;
    for stop in &stops[..3] {
        ana.chooses_from_the_list(stop).await?;
        ana.types_and_saves(stop).await?;
    }
    until("three receipts", LIMIT, async || {
        world.received().await.is_ok_and(|it| it.len() == 3)
            && outbox::waiting(&ana.browser).await.is_ok_and(|it| it == 0)
    })
    .await?;
    proxy.cut(true);
    for stop in &stops[3..6] {
        ana.chooses_from_the_list(stop).await?;
        ana.types_and_saves(stop).await?;
    }
    ana.chooses_from_the_list(&stops[6]).await?;
    ana.browser.tap("[data-testid=key-4]").await?;
    until("the draft", LIMIT, async || {
        let dumped = golden::dump(&ana.browser).await;
        dumped.is_ok_and(|it| !golden::records(&it, "drafts").is_empty())
    })
    .await?;
    let dumped = golden::dump(&ana.browser).await?;
    let file = folder().join(format!("outbox-{}.json", env!("CARGO_PKG_VERSION")));
    std::fs::write(file, serde_json::to_string_pretty(&dumped)? + "\n")?;
    ana.close().await
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")
}

fn ids(dumped: &Value, store: &str) -> Result<BTreeSet<ItemId>> {
    let ids = golden::records(dumped, store).iter().map(|record| {
        let id = record.get("id").and_then(Value::as_str);
        id.and_then(ItemId::parse).with_context(|| record.to_string())
    });
    ids.collect()
}
