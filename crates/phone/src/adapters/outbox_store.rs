//! The outbox on the device: the database `meterline-outbox`, version 1 for ever (see `ARCHITECTURE.md`).
//!
//! One function = one strict transaction. A function that returns `Ok` has seen the transaction's `complete`.

mod bodies;
mod counter;
mod decided;
mod draft;
mod key;
mod offer_again;
mod order;
mod people;
mod record;
mod save;
mod schema;
mod settle;

pub use bodies::Body;
pub use save::{Edited, NewItem, Stamp};
pub use settle::{Answered, ForShelf};

use js_sys::Array;
use shared::sync::event::{Entry, Stored};
use shared::timestamp::Timestamp;
use web_sys::{IdbObjectStore, IdbTransaction};

use super::idb::{Database, StoreError, number_of, outcome};
use counter::LastSeq;
use key::{entries_of_keys, range_behind, range_of_person};

/// Keys that are read in one go.
const KEYS_A_SLICE: u32 = 500;

/// The device's outbox.
pub struct OutboxStore {
    database: Database,
    last_seq: LastSeq,
}

impl Default for OutboxStore {
    /// Nothing is opened before it is needed.
    fn default() -> Self {
        Self {
            database: Database::new(schema::NAME, schema::create),
            last_seq: LastSeq::default(),
        }
    }
}

impl OutboxStore {
    /// What the store holds for this person. Reads keys and not bodies, so ten thousand items are cheap.
    pub async fn load(&self, person: &str) -> Result<Stored, StoreError> {
        let stored = self
            .database
            .read(
                &[schema::ITEMS, schema::SHELF, schema::COUNTERS],
                async |transaction| stored(transaction, person).await,
            )
            .await?;
        self.last_seq.note(person, stored.device_total);
        Ok(stored)
    }
}

/// What the store holds for this person, read inside a transaction over items, shelf and counters.
async fn stored(transaction: &IdbTransaction, person: &str) -> Result<Stored, StoreError> {
    let range = range_of_person(person)?;
    let items = transaction.object_store(schema::ITEMS)?;
    let shelf = transaction.object_store(schema::SHELF)?;
    let oldest = outcome(&items.get_all_with_key_and_limit(&range, 1)?);
    let on_shelf = outcome(&shelf.count_with_key(&range)?);
    let device_total = counter::ask(transaction, &counter::name_of_seq(person))?;
    let entries = entries(&items, person).await?;
    let oldest: Array = oldest.await?.into();
    Ok(Stored {
        entries,
        shelf: on_shelf.await?.as_f64().unwrap_or_default() as usize,
        device_total: device_total.await?,
        oldest_read_at: (oldest.length() > 0)
            .then(|| Timestamp::from_ms(number_of(&oldest.get(0), "read_at_ms") as i64)),
    })
}

/// Everything that waits, slice by slice inside one transaction: between two slices the page draws and answers taps.
async fn entries(items: &IdbObjectStore, person: &str) -> Result<Vec<Entry>, StoreError> {
    let mut range = range_of_person(person)?;
    let mut entries = Vec::new();
    loop {
        let request = items.get_all_keys_with_key_and_limit(&range, KEYS_A_SLICE)?;
        let keys: Array = outcome(&request).await?.into();
        entries.extend(entries_of_keys(&keys));
        if keys.length() < KEYS_A_SLICE {
            return Ok(entries);
        }
        range = range_behind(person, &keys.get(keys.length() - 1))?;
    }
}
