//! Moving items to where their receipts send them.

use js_sys::Array;
use shared::id::BatchId;
use shared::sync::event::Entry;
use shared::timestamp::Timestamp;
use wasm_bindgen::JsValue;
use web_sys::{IdbKeyRange, IdbTransaction};

use super::super::idb::{StoreError, outcome, record};
use super::key::{are_keys_of, key_of, range_of_entries};
use super::{Body, OutboxStore, schema};

/// What the server has of a batch, and goes to `sent`.
pub struct Answered<'a> {
    /// Whose queue.
    pub person: &'a str,
    /// The batch.
    pub batch_id: BatchId,
    /// When the answer came.
    pub at: Timestamp,
    /// Items that the server has, with their verdicts as JSON of one line, by rising number.
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

/// Items that share a record of what was sent. Chromium keeps a record of over 64 KiB in a file of its own.
const SENT_ITEMS_A_RECORD: usize = 100;

impl OutboxStore {
    /// Settles one batch in one transaction. Deletes exactly the revisions that were answered; a later revision that
    /// was stored in the meantime stays, and its item does not go to the shelf.
    pub async fn settle(&self, answered: &Answered<'_>) -> Result<(), StoreError> {
        if answered.shelf.is_empty() && self.settle_at_once(answered).await.is_some() {
            return Ok(());
        }
        self.database
            .write(
                &[schema::ITEMS, schema::SHELF, schema::SENT],
                async |transaction| {
                    put_sent(transaction, answered)?;
                    move_to_shelf(transaction, answered).await?;
                    let settled = entries_of_sent(answered);
                    delete_exactly(transaction, answered.person, &settled).await
                },
            )
            .await
    }

    /// As if nothing but these revisions lay between the first and the last: one request deletes them, and the store is at it
    /// while the page hands over what is kept. The transaction completes only if it was so.
    async fn settle_at_once(&self, answered: &Answered<'_>) -> Option<()> {
        let (first, last) = (answered.sent.first()?, answered.sent.last()?);
        self.database
            .write_if(&[schema::ITEMS, schema::SENT], async |transaction| {
                let items = transaction.object_store(schema::ITEMS)?;
                let range = range_of_entries(answered.person, &first.0.entry, &last.0.entry)?;
                let keys = outcome(&items.get_all_keys_with_key(&range)?);
                items.delete(&range)?;
                put_sent(transaction, answered)?;
                let keys: Array = keys.await?.into();
                let settled = entries_of_sent(answered);
                Ok(are_keys_of(&keys, answered.person, &settled).then_some(()))
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

/// Keeps what was sent.
pub(super) fn put_sent(transaction: &IdbTransaction, answered: &Answered<'_>) -> Result<(), StoreError> {
    let store = transaction.object_store(schema::SENT)?;
    for (part, sent) in answered.sent.chunks(SENT_ITEMS_A_RECORD).enumerate() {
        store.put(&sent_record(answered, part, sent)?)?;
    }
    Ok(())
}

fn sent_record(answered: &Answered<'_>, part: usize, sent: &[(Body, String)]) -> Result<JsValue, StoreError> {
    // Sorts behind the batch and before the next one.
    let name = match part {
        0 => answered.batch_id.to_string(),
        _ => format!("{}/{part:02}", answered.batch_id),
    };
    let items: Array = sent.iter().map(|(body, _)| body.text.clone()).collect();
    // One text, a line each: as texts of their own they would cost more than all the rest of their storing.
    let receipts: Vec<&str> = sent.iter().map(|(_, verdict)| verdict.as_str()).collect();
    let seqs: Array = sent
        .iter()
        .map(|(body, _)| JsValue::from_f64(body.entry.seq as f64))
        .collect();
    record(&[
        ("person", JsValue::from_str(answered.person)),
        ("batch_id", JsValue::from_str(&name)),
        ("at_ms", JsValue::from_f64(answered.at.ms() as f64)),
        ("items", items.into()),
        ("receipts", JsValue::from_str(&receipts.join("\n"))),
        ("seqs", seqs.into()),
    ])
}

#[inline(never)]
fn entries_of_sent(answered: &Answered<'_>) -> Vec<Entry> {
    answered.sent.iter().map(|(body, _)| body.entry).collect()
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
    if are_keys_of(&keys, person, settled) {
        items.delete(&range)?;
    } else {
        for entry in settled {
            items.delete(&key_of(person, entry))?;
        }
    }
    Ok(())
}
