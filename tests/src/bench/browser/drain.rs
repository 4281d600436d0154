//! Draining: a full outbox, the app is opened, time runs from the end of the stability check until all receipts are
//! stored. The floor is measured right after each round, in the same browser.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use rusqlite::{Connection, OpenFlags};
use shared::period::Period;
use shared::wire::batch::WireItem;

use super::floor;
use super::measures::spans;
use super::profile;
use super::sink::Sink;
use super::world::{World, months_ago};
use crate::bench::figures::Spread;
use crate::browser::Browser;
use crate::cache;
use crate::outbox;
use crate::wait::until;

const UNITS: usize = 1_000;
const COUNTS: [usize; 2] = [1_000, 10_000];
/// Months that lie in the past, enough for five rounds.
const MONTHS_BACK: usize = 60;
const LIMIT: Duration = Duration::from_secs(180);

/// What draining so many readings gave.
pub(super) struct Drain {
    pub(super) count: usize,
    pub(super) elapsed_ms: Spread,
    pub(super) floor_ms: Spread,
    pub(super) times_floor: Spread,
    /// What the steps of the protocol need at least.
    pub(super) steps_ms: Spread,
    pub(super) times_steps: Spread,
    pub(super) batches: Spread,
    /// Where the time went: the list, batches on their way, receipts into the store, the round on the screen.
    pub(super) parts_ms: [Spread; 4],
    /// Bytes at the socket over bytes of bare JSON.
    pub(super) bytes_share: Spread,
}

struct Round {
    elapsed_ms: f64,
    floor_ms: f64,
    steps_ms: f64,
    batches: f64,
    parts_ms: [f64; 4],
    bytes_share: f64,
}

pub(super) async fn measure(rounds: usize, profiles: Option<&Path>) -> Result<Vec<Drain>> {
    let months: usize = COUNTS.iter().map(|count| rounds * count / UNITS).sum();
    ensure!(
        months < MONTHS_BACK,
        "{rounds} rounds would send readings of the future"
    );
    let first = months_ago(MONTHS_BACK);
    let world = World::new(UNITS, first).await?;
    let sink = Sink::start().await?;
    let mut sent = 0;
    let mut drains = Vec::new();
    for count in COUNTS {
        let mut found = Vec::new();
        for _ in 0..rounds {
            found.push(round(&world, &sink, first, sent, count, profiles).await?);
            sent += count;
        }
        let spread = |of: fn(&Round) -> f64| Spread::of(found.iter().map(of));
        drains.push(Drain {
            count,
            elapsed_ms: spread(|it| it.elapsed_ms),
            floor_ms: spread(|it| it.floor_ms),
            times_floor: spread(|it| it.elapsed_ms / it.floor_ms),
            steps_ms: spread(|it| it.steps_ms),
            times_steps: spread(|it| it.elapsed_ms / it.steps_ms),
            batches: spread(|it| it.batches),
            parts_ms: [
                spread(|it| it.parts_ms[0]),
                spread(|it| it.parts_ms[1]),
                spread(|it| it.parts_ms[2]),
                spread(|it| it.parts_ms[3]),
            ],
            bytes_share: spread(|it| it.bytes_share),
        });
    }
    Ok(drains)
}

async fn round(
    world: &World,
    sink: &Sink,
    first: Period,
    sent: usize,
    count: usize,
    profiles: Option<&Path>,
) -> Result<Round> {
    let items = world.readings(first, sent, count, sent as u64 + 1);
    ensure!(items.len() == count, "only {} readings", items.len());
    let browser = world.open_browser().await?;
    get_in_step(world, &browser).await?;
    browser.goto(&world.beside_the_app()).await?;
    forget_sent(&browser).await?;
    outbox::fill(&browser, &items).await?;
    let bytes_before = world.relay.sent_bytes();
    browser.goto(&world.relay.url()).await?;
    profile::start(&browser, profiles).await?;
    wait_until_drained(&browser).await?;
    profile::end(&browser, profiles, &format!("drain-{count}")).await?;
    let bytes_sent = world.relay.sent_bytes() - bytes_before;
    let drained = read_round(&browser).await?;
    ensure!(outbox::waiting(&browser).await? == 0, "some still wait");
    ensure!(receipts(&browser).await? == count, "not every receipt is stored");
    check_server(world, sent + count)?;
    let [floor_ms, steps_ms] = floor::measure(&browser, sink, &items).await?;
    browser.close().await?;
    eprintln!(
        "  {count}: {:.0} ms, floor {floor_ms:.0} ms, in batches {steps_ms:.0} ms",
        drained.elapsed_ms
    );
    Ok(Round {
        floor_ms,
        steps_ms,
        bytes_share: bytes_sent as f64 / bare_json_bytes(&items)? as f64,
        ..drained
    })
}

/// The phone gets the list before it goes where there is no network, as a technician's does: what earlier rounds brought
/// is on it.
async fn get_in_step(world: &World, browser: &Browser) -> Result<()> {
    browser.goto(&world.beside_the_app()).await?;
    let before = list_seen_ms(browser).await?;
    browser.goto(&world.relay.url()).await?;
    until("the list to be kept", LIMIT, async || {
        list_seen_ms(browser).await.is_ok_and(|seen| seen > before)
    })
    .await
}

/// When the server confirmed the list that the phone keeps, 0 when it never did.
async fn list_seen_ms(browser: &Browser) -> Result<f64> {
    let seen = cache::document(browser, "list-seen/ana").await?;
    Ok(seen["refreshed_at"].as_f64().unwrap_or_default())
}

/// Asked rarely: whoever asks takes time from what is measured.
async fn wait_until_drained(browser: &Browser) -> Result<()> {
    until("the drain to end", LIMIT, async || {
        tokio::time::sleep(Duration::from_millis(500)).await;
        is_drained(browser).await
    })
    .await
}

/// Nothing waits, something was settled, and no run is under way.
pub(super) async fn is_drained(browser: &Browser) -> bool {
    let idle = "return document.querySelector('[data-testid=status-pill]')?.dataset.waiting === '0'
        && performance.getEntriesByName('settle').length > 0
        && !document.querySelector('[data-testid=run-bar]')";
    browser.js(idle).await.is_ok_and(|it| it == true)
}

async fn read_round(browser: &Browser) -> Result<Round> {
    let refresh = spans(browser, "refresh").await?;
    let posts = spans(browser, "post").await?;
    let settles = spans(browser, "settle").await?;
    let begin_ms = refresh.first().context("no refresh")?.start_ms;
    let end_ms = settles.iter().map(|it| it.end_ms()).fold(0.0, f64::max);
    let rounds = spans(browser, "round").await?;
    let drawn = rounds
        .into_iter()
        .filter(|it| (begin_ms..end_ms).contains(&it.start_ms));
    let sum = |spans: &[super::measures::Span]| spans.iter().map(|it| it.duration_ms).sum::<f64>();
    Ok(Round {
        elapsed_ms: end_ms - begin_ms,
        floor_ms: f64::NAN,
        steps_ms: f64::NAN,
        batches: posts.len() as f64,
        parts_ms: [
            sum(&refresh),
            sum(&posts),
            sum(&settles),
            drawn.map(|it| it.duration_ms).sum(),
        ],
        bytes_share: f64::NAN,
    })
}

/// Receipts of earlier rounds would have to be read at the next start.
pub(super) async fn forget_sent(browser: &Browser) -> Result<()> {
    outbox::in_outbox(
        browser,
        "const transaction = database.transaction('sent', 'readwrite');
         transaction.objectStore('sent').clear();
         await new Promise(done => { transaction.oncomplete = done; });
         return 0;",
    )
    .await
    .map(drop)
}

pub(super) async fn receipts(browser: &Browser) -> Result<usize> {
    let (_, receipts) = outbox::sent(browser).await?;
    Ok(receipts as usize)
}

/// Each reading once, and in the books.
pub(super) fn check_server(world: &World, expected: usize) -> Result<()> {
    let connection = Connection::open_with_flags(world.server.database(), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let count = |condition: &str| -> Result<i64> {
        let text = format!("SELECT COUNT(*) FROM item WHERE source = 'phone' AND {condition}");
        Ok(connection.query_row(&text, [], |row| row.get(0))?)
    };
    let (all, received) = (count("1 = 1")?, count("state = 'received'")?);
    ensure!(
        all == expected as i64 && received == all,
        "the server has {all} rows, {received} of them official, and not {expected}"
    );
    Ok(())
}

fn bare_json_bytes(items: &[WireItem]) -> Result<usize> {
    Ok(serde_json::to_vec(items)?.len())
}
