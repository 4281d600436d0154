//! Saving, editing and taking back: each a strict transaction that gives the running number and drops the draft.

use js_sys::Array;
use shared::id::ItemId;
use shared::sync::event::Entry;
use shared::timestamp::Timestamp;
use wasm_bindgen::JsValue;
use web_sys::IdbTransaction;

use super::super::idb::{StoreError, outcome, record, text_of};
use super::key::{entry_of_key, key_of, range_of_person};
use super::{OutboxStore, counter, draft, schema};

/// What the transaction decides and the item's text contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The running number.
    pub seq: u64,
    /// The revision.
    pub revision: u32,
}

/// An item to be saved. `body` makes the text that is sent, once the number is known.
pub struct NewItem<'a> {
    /// Whose queue.
    pub person: &'a str,
    /// The item.
    pub id: ItemId,
    /// When it was read.
    pub read_at: Timestamp,
    /// The text that is sent.
    pub body: &'a dyn Fn(Stamp) -> String,
}

/// What the store holds now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// The entry.
    pub entry: Entry,
    /// It was there before.
    pub replay: bool,
}

/// What became of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edited {
    /// The next revision waits to be sent.
    Stored {
        /// It.
        entry: Entry,
        /// The earlier revision came from the shelf.
        from_shelf: bool,
    },
    /// The item is neither in the outbox nor on the shelf.
    Gone,
}

/// What a save reads and writes.
const STORES: [&str; 4] = [schema::ITEMS, schema::SHELF, schema::COUNTERS, schema::DRAFTS];

impl OutboxStore {
    /// Saves a new item. The same id again is a replay and adds nothing.
    pub async fn save(&self, item: &NewItem<'_>) -> Result<Stored, StoreError> {
        let saved = match self.last_seq.known(item.person) {
            Some(last) => self.save_as_next(item, last + 1).await,
            None => None,
        };
        let saved = match saved {
            Some(saved) => saved,
            None => self.save_with_care(item).await?,
        };
        if !saved.replay {
            self.last_seq.note(item.person, saved.entry.seq);
        }
        Ok(saved)
    }

    /// Everything at once, as if the item were new and this its number: one trip to the store, where giving the number
    /// first takes two. The transaction completes only if it was so; another tab may have given the number meanwhile.
    async fn save_as_next(&self, item: &NewItem<'_>, seq: u64) -> Option<Stored> {
        let entry = Entry {
            seq,
            id: item.id,
            revision: 1,
        };
        self.database
            .write_if(&STORES, async |transaction| {
                let name = counter::name_of_seq(item.person);
                let found = find(transaction, item.person, item.id)?;
                let last = counter::ask(transaction, &name)?;
                counter::set(transaction, &name, seq)?;
                put(transaction, item, &entry)?;
                draft::forget(transaction, item.person)?;
                let is_new = found.await?.is_none();
                let is_next = last.await? + 1 == seq;
                Ok((is_new && is_next).then_some(Stored { entry, replay: false }))
            })
            .await
    }

    /// Looks first, then writes.
    async fn save_with_care(&self, item: &NewItem<'_>) -> Result<Stored, StoreError> {
        self.database
            .write(&STORES, async |transaction| {
                draft::forget(transaction, item.person)?;
                let name = counter::name_of_seq(item.person);
                // Asked together: one way to the store and back, and not three.
                let found = find(transaction, item.person, item.id)?;
                let last = counter::ask(transaction, &name)?;
                if let Some((entry, _)) = found.await? {
                    return Ok(Stored { entry, replay: true });
                }
                let seq = last.await? + 1;
                counter::set(transaction, &name, seq)?;
                let entry = Entry {
                    seq,
                    id: item.id,
                    revision: 1,
                };
                put(transaction, item, &entry)?;
                Ok(Stored { entry, replay: false })
            })
            .await
    }

    /// Replaces an item of the outbox or the shelf by its next revision, which waits to be sent.
    pub async fn replace(&self, item: &NewItem<'_>) -> Result<Edited, StoreError> {
        let stores = [schema::ITEMS, schema::SHELF, schema::DRAFTS];
        self.database
            .write(&stores, async |transaction| {
                let Some((old, store)) = find(transaction, item.person, item.id)?.await? else {
                    return Ok(Edited::Gone);
                };
                draft::forget(transaction, item.person)?;
                transaction
                    .object_store(store)?
                    .delete(&key_of(item.person, &old))?;
                let entry = Entry {
                    revision: old.revision + 1,
                    ..old
                };
                put(transaction, item, &entry)?;
                Ok(Edited::Stored {
                    entry,
                    from_shelf: store == schema::SHELF,
                })
            })
            .await
    }

    /// The text of an item of the outbox or the shelf.
    pub async fn find(&self, person: &str, id: ItemId) -> Result<Option<(Entry, String)>, StoreError> {
        self.database
            .read(&[schema::ITEMS, schema::SHELF], async |transaction| {
                let Some((entry, store)) = find(transaction, person, id)?.await? else {
                    return Ok(None);
                };
                let request = transaction.object_store(store)?.get(&key_of(person, &entry))?;
                Ok(Some((entry, text_of(&outcome(&request).await?, "body"))))
            })
            .await
    }
}

/// Where an item was found: its entry and its store.
type Found = Option<(Entry, &'static str)>;

/// Where the item is: in the outbox or on the shelf. Asks at once; the answer can be awaited later.
fn find(
    transaction: &IdbTransaction,
    person: &str,
    id: ItemId,
) -> Result<impl Future<Output = Result<Found, StoreError>> + use<>, StoreError> {
    let by_id = transaction
        .object_store(schema::ITEMS)?
        .index(schema::ITEM_BY_ID)?;
    let shelf = transaction.object_store(schema::SHELF)?;
    let in_outbox = outcome(&by_id.get_key(&JsValue::from_str(&id.to_string()))?);
    let on_shelf = outcome(&shelf.get_all_keys_with_key(&range_of_person(person)?)?);
    Ok(async move {
        // Answers come in the order of the requests.
        let key = in_outbox.await?;
        let keys: Array = on_shelf.await?.into();
        if let Some(entry) = entry_of_key(&key) {
            return Ok(Some((entry, schema::ITEMS)));
        }
        let found = keys
            .iter()
            .filter_map(|key| entry_of_key(&key))
            .rfind(|entry| entry.id == id);
        Ok(found.map(|entry| (entry, schema::SHELF)))
    })
}

fn put(transaction: &IdbTransaction, item: &NewItem<'_>, entry: &Entry) -> Result<(), StoreError> {
    let body = (item.body)(Stamp {
        seq: entry.seq,
        revision: entry.revision,
    });
    let stored = item_record(item.person, entry, item.read_at, &JsValue::from_str(&body))?;
    transaction.object_store(schema::ITEMS)?.put(&stored)?;
    Ok(())
}

/// A record of `items`.
pub(super) fn item_record(
    person: &str,
    entry: &Entry,
    read_at: Timestamp,
    body: &JsValue,
) -> Result<JsValue, StoreError> {
    record(&[
        ("person", JsValue::from_str(person)),
        ("seq", JsValue::from_f64(entry.seq as f64)),
        ("revision", JsValue::from_f64(f64::from(entry.revision))),
        ("id", JsValue::from_str(&entry.id.to_string())),
        ("read_at_ms", JsValue::from_f64(read_at.ms() as f64)),
        ("body", body.clone()),
    ])
}
