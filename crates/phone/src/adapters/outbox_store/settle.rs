//! Moving items to where their receipts send them, and back when a restored server has lost them.

use std::collections::{BTreeMap, BTreeSet};

use js_sys::{Array, JsString};
use serde::Deserialize;
use shared::id::{BatchId, ItemId};
use shared::sync::event::{Entry, Stored};
use shared::timestamp::{LocalTime, Timestamp};
use wasm_bindgen::JsValue;
use web_sys::{IdbKeyRange, IdbTransaction};

use super::super::idb::{StoreError, outcome, record, value_of};
use super::bodies::{read_at_of, shelf_record};
use super::key::{entries_of_keys, key_of, range_of_entries, range_of_person};
use super::save::item_record;
use super::{Body, OutboxStore, entries, schema, stored};

/// What the server has of a batch, and goes to `sent`.
pub struct Answered<'a> {
    /// Whose queue.
    pub person: &'a str,
    /// The batch.
    pub batch_id: BatchId,
    /// When the answer came.
    pub at: Timestamp,
    /// Items that the server has, with their verdicts as JSON, by rising number.
    pub sent: Vec<(Body, String)>,
    /// Items that need attention.
    pub shelf: Vec<ForShelf>,
}

/// One item that needs attention.
pub struct ForShelf {
    /// The item.
    pub entry: Entry,
    /// The verdict as JSON.
    pub verdict: String,
}

impl OutboxStore {
    /// Settles one batch in one transaction. Deletes exactly the revisions that were answered; a later revision that
    /// was stored in the meantime stays, and its item does not go to the shelf.
    pub async fn settle(&self, answered: &Answered<'_>) -> Result<(), StoreError> {
        self.database
            .write(
                &[schema::ITEMS, schema::SHELF, schema::SENT],
                async |transaction| {
                    if !answered.sent.is_empty() {
                        transaction
                            .object_store(schema::SENT)?
                            .put(&batch_record(answered)?)?;
                    }
                    move_to_shelf(transaction, answered).await?;
                    let settled: Vec<Entry> = answered.sent.iter().map(|(body, _)| body.entry).collect();
                    delete_exactly(transaction, answered.person, &settled).await
                },
            )
            .await
    }

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

    /// Forgets batches that were made before this moment.
    pub async fn prune_sent(&self, person: &str, before: Timestamp) -> Result<(), StoreError> {
        self.database
            .write(&[schema::SENT], async |transaction| {
                let person = JsValue::from_str(person);
                let end = JsValue::from_str(&BatchId::new(before, [0; 10]).to_string());
                let range = IdbKeyRange::bound(&Array::of1(&person), &Array::of2(&person, &end))?;
                transaction.object_store(schema::SENT)?.delete(&range)?;
                Ok(())
            })
            .await
    }
}

/// Keys of batches made at this moment or later: their ids sort by time.
pub(super) fn range_of_batches_from(person: &str, from: Timestamp) -> Result<JsValue, StoreError> {
    let person = JsValue::from_str(person);
    let first = JsValue::from_str(&BatchId::new(from, [0; 10]).to_string());
    let end = Array::of2(&person, &Array::new());
    Ok(IdbKeyRange::bound(&Array::of2(&person, &first), &end)?.into())
}

pub(super) fn batch_record(answered: &Answered<'_>) -> Result<JsValue, StoreError> {
    let sent = &answered.sent;
    let items: Array = sent.iter().map(|(body, _)| body.text.clone()).collect();
    let receipts = texts(sent.iter().map(|(_, verdict)| verdict.as_str()));
    let seqs: Array = sent
        .iter()
        .map(|(body, _)| JsValue::from_f64(body.entry.seq as f64))
        .collect();
    record(&[
        ("person", JsValue::from_str(answered.person)),
        ("batch_id", JsValue::from_str(&answered.batch_id.to_string())),
        ("at_ms", JsValue::from_f64(answered.at.ms() as f64)),
        ("items", items.into()),
        ("receipts", receipts.into()),
        ("seqs", seqs.into()),
    ])
}

/// Texts of JSON, handed to the browser in one and parted there: each for itself costs more than all the rest of its storing. A
/// line break stands in no text of JSON but between its parts, and these are written without any.
fn texts<'a>(texts: impl Iterator<Item = &'a str>) -> Array {
    let texts: Vec<&str> = texts.collect();
    if texts.is_empty() {
        return Array::new();
    }
    JsString::from(texts.join("\n")).split("\n")
}

async fn move_to_shelf(transaction: &IdbTransaction, answered: &Answered<'_>) -> Result<(), StoreError> {
    let items = transaction.object_store(schema::ITEMS)?;
    let shelf = transaction.object_store(schema::SHELF)?;
    for moved in &answered.shelf {
        let key = key_of(answered.person, &moved.entry);
        let stored = outcome(&items.get(&key)?).await?;
        if stored.is_undefined() {
            continue;
        }
        js_sys::Reflect::set(&stored, &"verdict".into(), &JsValue::from_str(&moved.verdict))?;
        shelf.put(&stored)?;
        items.delete(&key)?;
    }
    Ok(())
}

/// One request where the keys between the first and the last are exactly these, else one a key.
async fn delete_exactly(
    transaction: &IdbTransaction,
    person: &str,
    settled: &[Entry],
) -> Result<(), StoreError> {
    let (Some(first), Some(last)) = (settled.first(), settled.last()) else {
        return Ok(());
    };
    let items = transaction.object_store(schema::ITEMS)?;
    let range = range_of_entries(person, first, last)?;
    let keys: Array = outcome(&items.get_all_keys_with_key(&range)?).await?.into();
    if keys.length() as usize == settled.len() && entries_of_keys(&keys) == settled {
        items.delete(&range)?;
    } else {
        for entry in settled {
            items.delete(&key_of(person, entry))?;
        }
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn receipts_are_kept_one_by_one_whatever_stands_in_them() {
        let receipts = [
            r#"{"id":"a","message":"two\nlines, \"quoted\""}"#,
            r#"{"id":"b"}"#,
        ];
        let kept: Vec<Option<String>> = texts(receipts.into_iter())
            .iter()
            .map(|it| it.as_string())
            .collect();
        assert_eq!(kept, receipts.map(|it| Some(it.to_owned())));
        assert_eq!(texts([].into_iter()).length(), 0);
    }
}
