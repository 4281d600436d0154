//! The server dies without warning while a phone drains, and nothing is lost or doubled.

use anyhow::{Context, Result};
use futures_util::{StreamExt, TryStreamExt};
use journeys::gate::Mode;
use journeys::person::Person;
use journeys::phone::Phone;
use journeys::proxy::Proxy;
use journeys::server::Server;
use journeys::wait::until;

use crate::books::{LIMIT, PASSWORD, compare_with_the_books, readings_of_past_months};

const ITEMS: usize = 1_000;

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
    // On the best of links the thousand go in three batches.
    let batch = 1 + (chance % 3) as usize;
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
    let items = readings_of_past_months(&mut ana, ITEMS).await?;
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
