//! Readings by the dozen: what is flagged, then one after the other, then all that is clean.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use shared::reading_value::ReadingValue;
use shared::wire::office::ReadingRow;

use super::super::office::Office;
use super::super::world::World;
use super::month::Month;

const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";
const ESCAPE: &str = "\u{e00c}";
const REASON: &str = "The photo shows it";
/// So many are looked at one by one.
const REVIEWED: usize = 40;
/// So many rows are walked past at most.
const STEPS_MAX: usize = 200;

/// Gives the reading that was corrected.
pub(super) async fn everything(world: &World, rita: &Office, month: &Month) -> Result<ReadingRow> {
    let mut reviewed = BTreeSet::new();
    approves_flagged(rita, &mut reviewed).await?;
    ensure!(reviewed.len() >= 2, "{reviewed:?}");
    // The month of all properties.
    rita.browser.keys("P").await?;
    rita.browser.see("[data-testid=period-title]").await?;
    rita.browser.keys(ESCAPE).await?;
    rita.browser.see("[data-testid=period-row]").await?;
    rita.browser.keys("R").await?;
    let all = format!(
        "location.pathname === '/office/readings' && new URLSearchParams(location.search).get('period') === '{}'
            && !new URLSearchParams(location.search).get('property')
            && document.querySelector('[data-testid=approve-clean]')",
        month.period
    );
    rita.browser.wait_for("all readings of the month", &all).await?;
    moves_there_and_back(rita).await?;
    let corrected = corrects(world, rita, month, &mut reviewed).await?;
    one_by_one(rita, &mut reviewed).await?;
    ensure!(reviewed.len() >= REVIEWED, "only {}", reviewed.len());
    rita.pictures("month-7-reviewed").await?;
    all_clean(rita).await?;
    let open = month.books(world, "state=received").await?;
    ensure!(open.is_empty(), "{open:?}");
    Ok(corrected)
}

/// From the list of what is in the way; each leaves when it is approved.
async fn approves_flagged(rita: &Office, reviewed: &mut BTreeSet<String>) -> Result<()> {
    rita.browser.keys("P").await?;
    rita.browser
        .see("[data-testid=in-the-way][data-kind=flagged][aria-current=true]")
        .await?;
    rita.browser.keys(ENTER).await?;
    rita.browser.see("[data-testid=reading-row]").await?;
    rita.browser.keys("j").await?;
    rita.pictures("month-7-flagged").await?;
    for _ in 0..STEPS_MAX {
        let rows = rita.browser.count("[data-testid=reading-row]").await?;
        if rows == 0 {
            return Ok(());
        }
        let Some(row) = chosen(rita).await? else {
            rita.browser.keys("j").await?;
            continue;
        };
        rita.browser.keys("a").await?;
        is_decided(rita, &row.id).await?;
        reviewed.insert(row.id);
    }
    anyhow::bail!("too many are flagged")
}

async fn moves_there_and_back(rita: &Office) -> Result<()> {
    rita.browser.keys("j").await?;
    let first = sees_chosen(rita).await?;
    rita.browser.keys("j").await?;
    moved_from(rita, &first).await?;
    let second = sees_chosen(rita).await?;
    rita.browser.keys("k").await?;
    moved_from(rita, &second).await?;
    ensure!(sees_chosen(rita).await?.id == first.id, "back at the first");
    Ok(())
}

/// The first plain reading that waits: a digit more, and why.
async fn corrects(
    world: &World,
    rita: &Office,
    month: &Month,
    reviewed: &mut BTreeSet<String>,
) -> Result<ReadingRow> {
    let books = of_all(world, month).await?;
    // What the journey tells of elsewhere stays as it is.
    let told = |row: &&ReadingRow| {
        row.id == month.exchange || row.meter_serial == month.asked.row.meter_serial || month.is_rival(row)
    };
    let others: Vec<String> = books.iter().filter(told).map(|it| it.id.to_string()).collect();
    let row = to_next_received(rita, &others).await?;
    let waits = |it: &&ReadingRow| it.id.to_string() == row.id && it.state == "received";
    let before = books.iter().find(waits);
    let before = before.and_then(|it| it.value.clone()).context("a value")?;
    let micro = ReadingValue::parse(&before).map(|it| it.to_micro());
    let micro = micro.ok().context("a number")? + 1_000_000;
    let value = ReadingValue::from_micro(micro).context("a value")?.to_string();
    rita.browser.keys("e").await?;
    rita.has_focus_on("correct-value").await?;
    rita.browser.keys(&format!("{value}{TAB}{REASON}")).await?;
    rita.pictures("month-7-correct").await?;
    rita.browser.keys(ENTER).await?;
    rita.is_told("readings-outcome", "corrected").await?;
    rita.browser.keys(ESCAPE).await?;
    let books = of_all(world, month).await?;
    let ours = |it: &&ReadingRow| it.id.to_string() == row.id && it.source == "office";
    let after = books.iter().find(ours);
    let after = after.context("the correction")?;
    ensure!(
        after.value.as_ref() == Some(&value) && after.decision_reason.as_deref() == Some(REASON),
        "{after:?}"
    );
    let corrected = after.clone();
    reviewed.insert(row.id);
    Ok(corrected)
}

async fn of_all(world: &World, month: &Month) -> Result<Vec<ReadingRow>> {
    let query = format!("period={}&limit=500", month.period);
    Ok(world.rita.readings(&query).await?.rows)
}

async fn one_by_one(rita: &Office, reviewed: &mut BTreeSet<String>) -> Result<()> {
    while reviewed.len() < REVIEWED {
        let row = to_next_received(rita, &[]).await?;
        rita.browser.keys("a").await?;
        is_decided(rita, &row.id).await?;
        moved_from(rita, &row).await?;
        reviewed.insert(row.id);
    }
    Ok(())
}

async fn all_clean(rita: &Office) -> Result<()> {
    let clean = "document.querySelector('[data-testid=approve-clean]')?.dataset.count ?? '0'";
    let count = rita.browser.js(&format!("return {clean}")).await?;
    let count: usize = count.as_str().context("a count")?.parse()?;
    ensure!(count >= 5, "only {count} are left");
    rita.browser.keys("A").await?;
    rita.is_told("readings-outcome", &format!("Approved: {count}"))
        .await?;
    rita.browser.keys("u").await?;
    rita.is_told("readings-outcome", &format!("undone: {count}"))
        .await?;
    rita.pictures("month-8-undone").await?;
    rita.browser.keys("A").await?;
    rita.is_told("readings-outcome", &format!("Approved: {count}"))
        .await?;
    rita.pictures("month-8-approved").await
}

/// A row as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    id: String,
    state: String,
    kind: String,
    skip: bool,
}

/// The row under the cursor.
async fn chosen(rita: &Office) -> Result<Option<Row>> {
    let row = rita
        .browser
        .js(
            "const row = document.querySelector('[data-testid=reading-row][aria-selected=true]');
             return row && [row.dataset.id, row.dataset.state, row.dataset.kind, String('skip' in row.dataset)];",
        )
        .await?;
    let Value::Array(parts) = row else {
        return Ok(None);
    };
    let part = |place: usize| parts[place].as_str().unwrap_or_default().to_owned();
    Ok(Some(Row {
        id: part(0),
        state: part(1),
        kind: part(2),
        skip: part(3) == "true",
    }))
}

async fn sees_chosen(rita: &Office) -> Result<Row> {
    rita.browser
        .see("[data-testid=reading-row][aria-selected=true]")
        .await?;
    chosen(rita).await?.context("a row")
}

/// Down to the next regular value that nobody has decided about, but not these items.
async fn to_next_received(rita: &Office, but: &[String]) -> Result<Row> {
    for _ in 0..STEPS_MAX {
        let row = sees_chosen(rita).await?;
        if row.state == "received" && row.kind == "regular" && !row.skip && !but.contains(&row.id) {
            return Ok(row);
        }
        rita.browser.keys("j").await?;
        moved_from(rita, &row).await?;
    }
    anyhow::bail!("no reading is left")
}

async fn moved_from(rita: &Office, row: &Row) -> Result<()> {
    let moved = format!(
        "(row => row && (row.dataset.id !== '{}' || row.dataset.kind !== '{}'))
            (document.querySelector('[data-testid=reading-row][aria-selected=true]'))",
        row.id, row.kind
    );
    rita.browser.wait_for("the cursor to move", &moved).await
}

/// It says so, or has left.
async fn is_decided(rita: &Office, id: &str) -> Result<()> {
    let decided = format!(
        "[...document.querySelectorAll(\"[data-testid=reading-row][data-id='{id}']\")]
            .every(row => row.dataset.state !== 'received')"
    );
    rita.browser.wait_for("the decision", &decided).await
}
