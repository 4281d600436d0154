//! What several drills share: items that are all accepted, and the comparison of phone and books.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use journeys::person::Person;
use journeys::phone::Phone;
use journeys::server::Server;
use shared::id::ItemId;
use shared::wire::batch::WireItem;

pub(crate) const PASSWORD: &str = "walks-the-round";
/// Only bounds a run that is broken.
pub(crate) const LIMIT: Duration = Duration::from_secs(120);

/// Regular readings of months that the customer's file does not have, so that each has a key of its own.
pub(crate) async fn readings_of_past_months(ana: &mut Person, count: usize) -> Result<Vec<WireItem>> {
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
    ensure!(items.len() >= count, "only {} keys", items.len());
    items.truncate(count);
    Ok(items)
}

/// Each item stands in the books once, accepted, under the receipt that the phone keeps.
pub(crate) fn compare_with_the_books(server: &Server, phone: &Phone, items: &[WireItem]) -> Result<()> {
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
