//! Saving: the app's own form and transaction, and after each a raw strict put of a record of the same size.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use shared::timestamp::LocalTime;
use shared::wire::list::MeterPointRow;

use super::measures::{numbers, spans};
use super::world::{World, months_ago};
use crate::bench::figures::{Spread, percentile};
use crate::browser::Browser;
use crate::person::now;

const UNITS: usize = 120;
const SAVES_A_ROUND: usize = 40;
const DAY_MS: i64 = 86_400_000;
/// Size of a stored record: what the form makes of a usual reading.
const RECORD_TEXT_BYTES: usize = 560;

/// Median and p95 of the rounds, in milliseconds.
pub(super) struct Figure {
    pub(super) median: Spread,
    pub(super) p95: Spread,
}

/// What was measured at one speed of the processor.
pub(super) struct Saves {
    pub(super) slowed: u32,
    /// The strict transaction.
    pub(super) store: Figure,
    /// From the tap until screen and engine know.
    pub(super) action: Figure,
    pub(super) raw: Figure,
}

pub(super) async fn measure(rounds: usize) -> Result<Vec<Saves>> {
    let mut all = Vec::new();
    for slowed in [1, 6] {
        let mut found: Vec<[Vec<f64>; 3]> = Vec::new();
        for _ in 0..rounds {
            found.push(round(slowed).await?);
        }
        let figure = |index: usize| Figure {
            median: Spread::of(found.iter().map(|it| percentile(&it[index], 0.5))),
            p95: Spread::of(found.iter().map(|it| percentile(&it[index], 0.95))),
        };
        all.push(Saves {
            slowed,
            store: figure(0),
            action: figure(1),
            raw: figure(2),
        });
    }
    Ok(all)
}

/// Sorted: transactions, actions, raw puts.
async fn round(slowed: u32) -> Result<[Vec<f64>; 3]> {
    let mut world = World::new(UNITS, months_ago(0)).await?;
    let browser = world.open_browser().await?;
    browser.goto(&world.relay.url()).await?;
    browser.see("[data-testid=unit-row]").await?;
    world.server.kill()?;
    let rate = json!({"rate": slowed});
    browser
        .driver()
        .cdp()
        .send_raw("Emulation.setCPUThrottlingRate", rate)
        .await?;
    let stops: Vec<Value> = world.points.iter().filter_map(stop).take(SAVES_A_ROUND).collect();
    let mut raw = numbers(&browser, &script(&stops)).await?;
    let mut store = durations(&browser, "save-store").await?;
    let mut action = durations(&browser, "save").await?;
    browser.close().await?;
    ensure!(
        store.len() == SAVES_A_ROUND && action.len() == SAVES_A_ROUND && raw.len() == SAVES_A_ROUND,
        "{} transactions, {} actions, {} raw puts",
        store.len(),
        action.len(),
        raw.len()
    );
    for figures in [&mut store, &mut action, &mut raw] {
        figures.sort_by(f64::total_cmp);
    }
    Ok([store, action, raw])
}

async fn durations(browser: &Browser, name: &str) -> Result<Vec<f64>> {
    Ok(spans(browser, name)
        .await?
        .iter()
        .map(|it| it.duration_ms)
        .collect())
}

/// A meter point and a value that raises no question: its usual use since the last reading.
pub(super) fn stop(row: &MeterPointRow) -> Option<Value> {
    let latest = row.latest.as_ref()?;
    let days = now().since_ms(LocalTime::parse(&latest.read_at)?.at) / DAY_MS;
    let used = row.statistics.mean_per_day_micro * days / 1_000_000;
    let value = latest.value.parse::<i64>().ok()? + used;
    Some(json!({"id": row.id, "digits": value.to_string()}))
}

/// Goes from form to form as a technician does, only faster; gives the times of the raw puts.
fn script(stops: &[Value]) -> String {
    format!(
        "const stops = {stops}, text = 'x'.repeat({RECORD_TEXT_BYTES});
         const rest = ms => new Promise(done => setTimeout(done, ms));
         const until = async (what, condition) => {{
           for (let tries = 0; tries < 1500; tries++) {{ if (condition()) return; await rest(20); }}
           throw new Error(what + ': ' + location.pathname + ' ' + document.body.innerText);
         }};
         const find = name => document.querySelector(`[data-testid=${{name}}]`);
         const raw = await new Promise((done, failed) => {{
           const open = indexedDB.open('raw');
           open.onupgradeneeded = () => open.result.createObjectStore('items', {{keyPath: ['person', 'seq']}});
           open.onsuccess = () => done(open.result); open.onerror = () => failed(open.error);
         }});
         const times = [];
         for (const [index, stop] of stops.entries()) {{
           const saved = performance.getEntriesByName('save').length;
           const link = document.createElement('a');
           link.href = `/read/${{stop.id}}?by=list`;
           document.body.append(link); link.click(); link.remove();
           await until('the form', () => location.pathname === `/read/${{stop.id}}` && find('save'));
           for (const digit of stop.digits) find(`key-${{digit}}`).click();
           // The draft of the last digit is stored meanwhile, as it is while a thumb moves to Save.
           await rest(150);
           find('save').click();
           await until('the save', () => performance.getEntriesByName('save').length > saved);
           await rest(50);
           const record = {{person: 'ana', seq: index, revision: 1, id: stop.id, read_at_ms: 0, body: text}};
           const start = performance.now();
           await new Promise((done, failed) => {{
             const transaction = raw.transaction('items', 'readwrite', {{durability: 'strict'}});
             transaction.oncomplete = done; transaction.onabort = () => failed(transaction.error);
             transaction.objectStore('items').put(record);
           }});
           times.push(performance.now() - start);
         }}
         return times;",
        stops = Value::Array(stops.to_vec())
    )
}
