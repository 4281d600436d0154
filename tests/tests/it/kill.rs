//! The server dies without warning while a phone drains, and nothing is lost or doubled.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use futures_util::{StreamExt, TryStreamExt};
use journeys::gate::Mode;
use journeys::person::Person;
use journeys::phone::Phone;
use journeys::proxy::Proxy;
use journeys::server::Server;
use journeys::wait::until;
use shared::id::ItemId;
use shared::wire::batch::WireItem;

const ITEMS: usize = 1_000;
const PASSWORD: &str = "walks-the-round";
const LIMIT: Duration = Duration::from_secs(120);

/// When the server dies, seen from the k-th batch.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// The batch has not reached it.
    BeforeCommit,
    /// It has committed, and the answer has not reached the phone.
    AfterCommit,
    /// Somewhere between: the batch is on its way in.
    Meanwhile,
}

/// Ten kills, each at another batch and moment: in the end 1,000 rows, each once, and the phone's receipts are
/// those of the books.
#[tokio::test(flavor = "multi_thread")]
async fn kill_9_during_a_drain_of_1000_loses_and_doubles_nothing() -> Result<()> {
    // Each has a server of its own; side by side, as most of the time is the phone's waiting.
    futures_util::stream::iter((0..10_u64).map(one_kill))
        .buffer_unordered(5)
        .try_collect()
        .await
}

async fn one_kill(seed: u64) -> Result<()> {
    let chance = seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33;
    let moment = [Moment::BeforeCommit, Moment::AfterCommit, Moment::Meanwhile][(seed % 3) as usize];
    let batch = 1 + (chance % 5) as usize;
    drain_through_a_kill(seed, batch, moment)
        .await
        .with_context(|| format!("seed {seed}: {moment:?} of batch {batch}"))
}

async fn drain_through_a_kill(seed: u64, batch: usize, moment: Moment) -> Result<()> {
    let mut server = Server::new()?;
    let proxy = Proxy::start(server.address()).await?;
    server.import_customer()?;
    server.add_user("ana", "technician", PASSWORD)?;
    server.start().await?;
    let mut ana = Person::sign_in(&proxy.url(), "ana", PASSWORD).await?;
    let device_id = ana
        .session
        .device_id
        .context("a technician's phone is enrolled")?;
    let items = readings_of_past_months(&mut ana).await?;
    let mut phone = Phone::new(ana.client(), &proxy.url(), device_id, seed);
    for item in &items {
        phone.store_mut().save(item)?;
    }
    let gate = if matches!(moment, Moment::AfterCommit) {
        proxy.answers()
    } else {
        proxy.requests()
    };
    gate.set(Mode::Hold);
    phone.open();
    let drained = phone.run_until(LIMIT, |it| it.store().waiting() == 0);
    let killed = kill_at(&mut server, &proxy, batch, moment);
    let (drained, killed) = tokio::join!(drained, killed);
    killed?;
    drained?;
    compare_with_the_books(&server, &phone, &items)
}

async fn kill_at(server: &mut Server, proxy: &Proxy, batch: usize, moment: Moment) -> Result<()> {
    let gate = if matches!(moment, Moment::AfterCommit) {
        proxy.answers()
    } else {
        proxy.requests()
    };
    for passing in 1..batch {
        until("a batch before", LIMIT, async || gate.arrived() >= passing).await?;
        gate.release();
    }
    until("the batch to die at", LIMIT, async || gate.arrived() >= batch).await?;
    if matches!(moment, Moment::Meanwhile) {
        gate.release();
        until("it passed", LIMIT, async || gate.held() == 0).await?;
    }
    proxy.cut(true);
    server.kill()?;
    gate.set(Mode::Pass);
    if !matches!(moment, Moment::Meanwhile) {
        gate.release();
    }
    server.start().await?;
    proxy.cut(false);
    Ok(())
}

/// Regular readings of months that the customer's file does not have, so that each has a key of its own.
async fn readings_of_past_months(ana: &mut Person) -> Result<Vec<WireItem>> {
    let mut rows = ana.list().await?.rows;
    rows.retain(|it| it.installed_on.as_str() < "2025-01");
    let months = (2_u8..=8).map(|month| {
        (
            format!("2025-{month:02}"),
            format!("2025-{month:02}-20T09:00:00+10:00"),
        )
    });
    let mut items = Vec::new();
    for (period, read_at) in months {
        for row in &rows {
            items.push(ana.reading(row, &format!("{}", 100 + items.len() % 900), &period, &read_at));
        }
    }
    ensure!(items.len() >= ITEMS, "only {} keys", items.len());
    items.truncate(ITEMS);
    Ok(items)
}

fn compare_with_the_books(server: &Server, phone: &Phone, items: &[WireItem]) -> Result<()> {
    let books = rusqlite::Connection::open(server.database())?;
    let mut rows =
        books.prepare("SELECT id, revision, receipt_seq, verdict FROM item WHERE source = 'phone'")?;
    let rows: Vec<(String, u32, i64, String)> = rows
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<rusqlite::Result<_>>()?;
    ensure!(
        rows.len() == items.len(),
        "{} rows for {} items",
        rows.len(),
        items.len()
    );
    let by_item: BTreeMap<(ItemId, u32), i64> = rows
        .iter()
        .map(|(id, revision, seq, _)| Ok(((ItemId::parse(id).context("an id")?, *revision), *seq)))
        .collect::<Result<_>>()?;
    ensure!(by_item.len() == items.len(), "an item stands twice");
    ensure!(
        phone.store().receipts().len() == items.len(),
        "{} receipts",
        phone.store().receipts().len()
    );
    for (key, verdict) in phone.store().receipts() {
        let seq = verdict
            .receipt
            .as_ref()
            .context("a verdict without a receipt")?
            .seq;
        ensure!(
            by_item.get(key) == Some(&seq),
            "receipt {seq} of {key:?} is not in the books"
        );
    }
    let others: Vec<_> = rows.iter().filter(|it| it.3 != "accepted").collect();
    ensure!(
        others.is_empty(),
        "{} were not accepted: {:?}",
        others.len(),
        others.first()
    );
    Ok(())
}
