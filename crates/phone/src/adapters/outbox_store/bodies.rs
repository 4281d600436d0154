//! Reading what is stored. The text of an item stays a text of the browser's: a batch is joined from it unparsed.

use js_sys::Array;
use shared::sync::event::Entry;
use shared::timestamp::Timestamp;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbObjectStore;

use super::super::idb::{StoreError, number_of, outcome, text_of, value_of};
use super::key::{key_of, range_behind, range_of_entries, range_of_person};
use super::record::ItemRecord;
use super::{OutboxStore, schema};

/// One stored item with its text.
#[derive(Debug, Clone)]
pub struct Body {
    /// The item.
    pub entry: Entry,
    /// The JSON text that is sent, as a JavaScript string.
    pub text: JsValue,
}

/// One item of the shelf.
#[derive(Debug, Clone)]
pub struct ShelfRecord {
    /// The item.
    pub entry: Entry,
    /// The JSON text that was sent.
    pub body: String,
    /// The verdict as JSON.
    pub verdict: String,
}

/// A range is read at once when it holds at most this many times what is wanted; else one by one.
const RANGE_WASTE_MAX: u64 = 4;

/// Records that are read in one go, so that the page draws and answers taps meanwhile.
const BODIES_A_SLICE: u32 = 250;

impl OutboxStore {
    /// The texts of these entries, by rising number. An entry that is not stored in this revision is left out.
    pub async fn bodies(&self, person: &str, entries: &[Entry]) -> Result<Vec<Body>, StoreError> {
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
            return Ok(Vec::new());
        };
        let span = last.seq.saturating_sub(first.seq) + 1;
        let contiguous = span <= RANGE_WASTE_MAX * entries.len() as u64;
        self.database
            .read(&[schema::ITEMS], async |transaction| {
                let items = transaction.object_store(schema::ITEMS)?;
                if !contiguous {
                    return one_by_one(&items, person, entries).await;
                }
                let range = range_of_entries(person, first, last)?;
                let found: Array = outcome(&items.get_all_with_key(&range)?).await?.into();
                Ok(bodies_of(&found)
                    .filter(|body| entries.binary_search(&body.entry).is_ok())
                    .collect())
            })
            .await
    }

    /// Everything that waits, read slice by slice inside one transaction.
    pub async fn all_bodies(&self, person: &str) -> Result<Vec<Body>, StoreError> {
        self.database
            .read(&[schema::ITEMS], async |transaction| {
                let items = transaction.object_store(schema::ITEMS)?;
                let mut range = range_of_person(person)?;
                let mut bodies: Vec<Body> = Vec::new();
                loop {
                    let request = items.get_all_with_key_and_limit(&range, BODIES_A_SLICE)?;
                    let found: Array = outcome(&request).await?.into();
                    bodies.extend(bodies_of(&found));
                    match bodies.last() {
                        Some(last) if found.length() == BODIES_A_SLICE => {
                            range = range_behind(person, &key_of(person, &last.entry))?;
                        }
                        _ => return Ok(bodies),
                    }
                }
            })
            .await
    }

    /// Everything that needs attention.
    pub async fn shelf(&self, person: &str) -> Result<Vec<ShelfRecord>, StoreError> {
        self.database
            .read(&[schema::SHELF], async |transaction| {
                let shelf = transaction.object_store(schema::SHELF)?;
                let range = range_of_person(person)?;
                let found: Array = outcome(&shelf.get_all_with_key(&range)?).await?.into();
                Ok(found.iter().filter_map(|record| shelf_record(&record)).collect())
            })
            .await
    }

    /// Texts of items that the server has taken in batches made since this moment, oldest first; texts of the browser's,
    /// read batch by batch.
    pub async fn sent_since(&self, person: &str, since: Timestamp) -> Result<Vec<JsValue>, StoreError> {
        self.database
            .read(&[schema::SENT], async |transaction| {
                let sent = transaction.object_store(schema::SENT)?;
                let mut range = super::settle::range_of_batches_from(person, since)?;
                let mut bodies = Vec::new();
                loop {
                    let request = sent.get_all_with_key_and_limit(&range, 1)?;
                    let found: Array = outcome(&request).await?.into();
                    let batch = found.get(0);
                    if batch.is_undefined() {
                        return Ok(bodies);
                    }
                    bodies.extend(Array::from(&value_of(&batch, "items")).iter());
                    let key = Array::of2(&JsValue::from_str(person), &value_of(&batch, "batch_id"));
                    range = range_behind(person, &key)?;
                }
            })
            .await
    }
}

async fn one_by_one(
    items: &IdbObjectStore,
    person: &str,
    entries: &[Entry],
) -> Result<Vec<Body>, StoreError> {
    let mut bodies = Vec::with_capacity(entries.len());
    for entry in entries {
        let record = outcome(&items.get(&key_of(person, entry))?).await?;
        if !record.is_undefined() {
            bodies.push(Body {
                entry: *entry,
                text: record.unchecked_into::<ItemRecord>().body(),
            });
        }
    }
    Ok(bodies)
}

fn bodies_of(records: &Array) -> impl Iterator<Item = Body> {
    records.iter().filter_map(|record| {
        let record: ItemRecord = record.unchecked_into();
        Some(Body {
            entry: record.entry()?,
            text: record.body(),
        })
    })
}

pub(super) fn shelf_record(record: &JsValue) -> Option<ShelfRecord> {
    Some(ShelfRecord {
        entry: record.unchecked_ref::<ItemRecord>().entry()?,
        body: text_of(record, "body"),
        verdict: text_of(record, "verdict"),
    })
}

/// When the item of a record was read.
pub(super) fn read_at_of(record: &JsValue) -> Timestamp {
    Timestamp::from_ms(number_of(record, "read_at_ms") as i64)
}
