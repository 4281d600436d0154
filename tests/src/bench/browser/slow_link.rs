//! Ten thousand readings through a bad link: how long, how much memory, and whether the page stays responsive.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::drain::{self, check_server, receipts};
use super::long_tasks;
use super::measures::spans;
use super::relay::Link;
use super::world::{World, months_ago};
use crate::bench::figures::Spread;
use crate::browser::Browser;
use crate::outbox;
use crate::wait::until;

const UNITS: usize = 1_000;
pub(super) const READINGS: usize = 10_000;
const MONTHS_BACK: usize = 60;
/// 1 Mbit/s up and 300 ms there and back.
const LINK: Link = Link {
    up_bytes_per_s: 125_000.0,
    round_trip: Duration::from_millis(300),
};
const LIMIT: Duration = Duration::from_secs(300);
const MEGABYTE: f64 = 1_000_000.0;

/// What the bad link gave.
pub(super) struct SlowLink {
    /// From the end of the stability check until the last receipt is stored.
    pub(super) elapsed_s: Spread,
    /// The longest task of the page in that time; 0 when none was over 50 ms.
    pub(super) longest_task_ms: Spread,
    /// What the page holds (objects, and the memory of its wasm) when the drain begins, at most, and afterwards.
    pub(super) memory_mb: [Spread; 3],
    pub(super) batches: Spread,
}

struct Round {
    elapsed_s: f64,
    longest_task_ms: f64,
    memory_mb: [f64; 3],
    batches: f64,
}

pub(super) async fn measure(rounds: usize) -> Result<SlowLink> {
    let first = months_ago(MONTHS_BACK);
    let world = World::new(UNITS, first).await?;
    let mut found = Vec::new();
    for index in 0..rounds {
        let items = world.readings(first, index * READINGS, READINGS, (index * READINGS) as u64 + 1);
        ensure!(items.len() == READINGS, "only {} readings", items.len());
        let browser = world.open_browser().await?;
        browser.goto(&world.beside_the_app()).await?;
        drain::forget_sent(&browser).await?;
        outbox::fill(&browser, &items).await?;
        world.relay.shape(Some(LINK));
        let round = one(&browser, &world.relay.url()).await;
        world.relay.shape(None);
        let round = round?;
        ensure!(
            receipts(&browser).await? == READINGS,
            "not every receipt is stored"
        );
        browser.close().await?;
        check_server(&world, (index + 1) * READINGS)?;
        eprintln!(
            "  {READINGS}: {:.1} s, longest task {:.0} ms, memory {:.0?} MB",
            round.elapsed_s, round.longest_task_ms, round.memory_mb
        );
        found.push(round);
    }
    let spread = |of: fn(&Round) -> f64| Spread::of(found.iter().map(of));
    Ok(SlowLink {
        elapsed_s: spread(|it| it.elapsed_s),
        longest_task_ms: spread(|it| it.longest_task_ms),
        memory_mb: [
            spread(|it| it.memory_mb[0]),
            spread(|it| it.memory_mb[1]),
            spread(|it| it.memory_mb[2]),
        ],
        batches: spread(|it| it.batches),
    })
}

async fn one(browser: &Browser, url: &str) -> Result<Round> {
    long_tasks::watch(browser).await?;
    browser.goto(url).await?;
    until("the drain to begin", LIMIT, async || {
        tokio::time::sleep(Duration::from_millis(100)).await;
        browser
            .js("return performance.getEntriesByName('refresh').length > 0")
            .await
            .is_ok_and(|it| it == true)
    })
    .await?;
    let at_begin = memory_mb(browser, true).await?;
    let mut at_most = at_begin;
    until("the drain to end", LIMIT, async || {
        tokio::time::sleep(Duration::from_millis(500)).await;
        if let Ok(now) = memory_mb(browser, false).await {
            at_most = at_most.max(now);
        }
        drain::is_drained(browser).await
    })
    .await?;
    let afterwards = memory_mb(browser, true).await?;
    let begin_ms = spans(browser, "refresh")
        .await?
        .first()
        .context("no refresh")?
        .start_ms;
    let settles = spans(browser, "settle").await?;
    let end_ms = settles.iter().map(|it| it.end_ms()).fold(0.0, f64::max);
    Ok(Round {
        elapsed_s: (end_ms - begin_ms) / 1_000.0,
        longest_task_ms: long_tasks::longest_ms(browser, begin_ms, end_ms).await?,
        memory_mb: [at_begin, at_most, afterwards],
        batches: spans(browser, "post").await?.len() as f64,
    })
}

/// Objects of the page and the memory of its wasm; `clean`: after what nobody holds any more was thrown away.
async fn memory_mb(browser: &Browser, clean: bool) -> Result<f64> {
    let cdp = browser.driver().cdp();
    if clean {
        cdp.send_raw("HeapProfiler.collectGarbage", json!({})).await?;
    }
    let usage = cdp.send_raw("Runtime.getHeapUsage", json!({})).await?;
    let bytes = |member: &str| usage.get(member).and_then(Value::as_f64);
    let objects = bytes("usedSize").context("the size of the heap")?;
    let buffers = bytes("backingStorageSize").context("the size of its buffers")?;
    Ok((objects + buffers) / MEGABYTE)
}
