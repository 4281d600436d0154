//! Back into the outbox: what a restored server has lost.

use std::collections::{BTreeMap, BTreeSet};

use js_sys::Array;
use serde::Deserialize;
use shared::id::ItemId;
use shared::sync::event::{Entry, Stored};
use shared::timestamp::{LocalTime, Timestamp};
use wasm_bindgen::JsValue;
use web_sys::IdbTransaction;

use super::super::idb::{StoreError, outcome, value_of};
use super::bodies::{read_at_of, shelf_record};
use super::key::{key_of, range_of_person};
use super::save::item_record;
use super::{OutboxStore, entries, schema, stored};

impl OutboxStore {
    /// Puts kept items with these running numbers back into the outbox, and says what it holds then.
    pub async fn offer_again(&self, person: &str, missing: &[(u64, u64)]) -> Result<Stored, StoreError> {
        let stores = [schema::ITEMS, schema::SHELF, schema::SENT, schema::COUNTERS];
        self.database
            .write(&stores, async |transaction| {
                let is_missing = |seq: u64| missing.iter().any(|(from, to)| (*from..=*to).contains(&seq));
                let waiting = ids_of_items(transaction, person).await?;
                let mut found = kept_on_shelf(transaction, person, &is_missing).await?;
                found.extend(kept_in_sent(transaction, person, &is_missing).await?);
                let items = transaction.object_store(schema::ITEMS)?;
                for (id, (entry, read_at, body)) in found {
                    if !waiting.contains(&id) {
                        items.put(&item_record(person, &entry, read_at, &body)?)?;
                    }
                }
                stored(transaction, person).await
            })
            .await
    }
}

type Kept = BTreeMap<ItemId, (Entry, Timestamp, JsValue)>;

async fn ids_of_items(transaction: &IdbTransaction, person: &str) -> Result<BTreeSet<ItemId>, StoreError> {
    let items = transaction.object_store(schema::ITEMS)?;
    let waiting = entries(&items, person).await?;
    Ok(waiting.into_iter().map(|entry| entry.id).collect())
}

/// Items of the shelf that the server has lost: taken off the shelf.
async fn kept_on_shelf(
    transaction: &IdbTransaction,
    person: &str,
    is_missing: &impl Fn(u64) -> bool,
) -> Result<Kept, StoreError> {
    let shelf = transaction.object_store(schema::SHELF)?;
    let records: Array = outcome(&shelf.get_all_with_key(&range_of_person(person)?)?)
        .await?
        .into();
    let mut kept = Kept::new();
    for record in records.iter() {
        if let Some(found) = shelf_record(&record).filter(|found| is_missing(found.entry.seq)) {
            shelf.delete(&key_of(person, &found.entry))?;
            let body = value_of(&record, "body");
            kept.insert(found.entry.id, (found.entry, read_at_of(&record), body));
        }
    }
    Ok(kept)
}

/// The members of an item's text that its record is made from.
#[derive(Deserialize)]
struct SentItem {
    id: ItemId,
    revision: u32,
    device_seq: u64,
    read_at: String,
}

/// Items of `sent` that the server has lost, each in its highest revision.
async fn kept_in_sent(
    transaction: &IdbTransaction,
    person: &str,
    is_missing: &impl Fn(u64) -> bool,
) -> Result<Kept, StoreError> {
    let sent = transaction.object_store(schema::SENT)?;
    let batches: Array = outcome(&sent.get_all_with_key(&range_of_person(person)?)?)
        .await?
        .into();
    let mut kept = Kept::new();
    for batch in batches.iter() {
        let seqs = Array::from(&value_of(&batch, "seqs"));
        let bodies = Array::from(&value_of(&batch, "items"));
        for (seq, body) in seqs.iter().zip(bodies.iter()) {
            if !is_missing(seq.as_f64().unwrap_or_default() as u64) {
                continue;
            }
            let text = body.as_string().unwrap_or_default();
            let Ok(item) = serde_json::from_str::<SentItem>(&text) else {
                continue;
            };
            let entry = Entry {
                seq: item.device_seq,
                id: item.id,
                revision: item.revision,
            };
            let read_at = LocalTime::parse(&item.read_at)
                .map(|it| it.at)
                .unwrap_or_default();
            let is_newer = kept
                .get(&item.id)
                .is_none_or(|(old, ..)| old.revision < item.revision);
            if is_newer {
                kept.insert(item.id, (entry, read_at, body));
            }
        }
    }
    Ok(kept)
}
