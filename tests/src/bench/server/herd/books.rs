//! Whether everything arrived, once.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use shared::id::ItemId;

use crate::phone::Phone;

/// Each reading of each phone stands in the books once, accepted, under the receipt that the phone keeps, and nothing else does.
pub(super) fn check_books(database: &Path, phones: &[&Phone], readings: usize) -> Result<()> {
    let books = rusqlite::Connection::open(database)?;
    let mut rows = books.prepare("SELECT id, receipt_seq, verdict FROM item WHERE source = 'phone'")?;
    let rows: Vec<(String, i64, String)> = rows
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    ensure!(
        rows.len() == readings,
        "{} rows for {readings} readings",
        rows.len()
    );
    let other = rows.iter().find(|row| row.2 != "accepted");
    ensure!(other.is_none(), "not accepted: {other:?}");
    let by_item: BTreeMap<ItemId, i64> = rows
        .iter()
        .map(|(id, seq, _)| Ok((ItemId::parse(id).context("an id")?, *seq)))
        .collect::<Result<_>>()?;
    ensure!(by_item.len() == readings, "a reading stands twice");
    let mut receipts = 0;
    for phone in phones {
        for ((id, _), verdict) in phone.store().receipts() {
            let seq = verdict.receipt.as_ref().map(|it| it.seq);
            ensure!(
                by_item.get(id).copied() == seq,
                "the receipt {seq:?} of {id} is not in the books"
            );
            receipts += 1;
        }
    }
    ensure!(
        receipts == readings,
        "{receipts} receipts for {readings} readings"
    );
    Ok(())
}
