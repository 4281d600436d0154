//! The outbox on the device: the database `meterline-outbox`, version 1 for ever (see `ARCHITECTURE.md`).
//!
//! One function = one strict transaction. A function that returns `Ok` has seen the transaction's `complete`.

mod bodies;
mod counter;
mod draft;
mod key;
mod people;
mod save;
mod schema;
mod settle;

pub use bodies::Body;
pub use save::{Edited, NewItem, Stamp};
pub use settle::{Answered, ForShelf};

use js_sys::Array;
use shared::sync::event::Stored;
use shared::timestamp::Timestamp;
use web_sys::IdbTransaction;

use super::idb::{Database, StoreError, number_of, outcome};
use key::{entries_of_keys, range_of_person};

/// The device's outbox.
pub struct OutboxStore {
    database: Database,
}

impl Default for OutboxStore {
    /// Nothing is opened before it is needed.
    fn default() -> Self {
        Self {
            database: Database::new(schema::NAME, schema::create),
        }
    }
}

impl OutboxStore {
    /// What the store holds for this person. Reads keys and not bodies, so ten thousand items are cheap.
    pub async fn load(&self, person: &str) -> Result<Stored, StoreError> {
        self.database
            .read(
                &[schema::ITEMS, schema::SHELF, schema::COUNTERS],
                async |transaction| stored(transaction, person).await,
            )
            .await
    }
}

/// What the store holds for this person, read inside a transaction over items, shelf and counters.
async fn stored(transaction: &IdbTransaction, person: &str) -> Result<Stored, StoreError> {
    let range = range_of_person(person)?;
    let items = transaction.object_store(schema::ITEMS)?;
    let keys: Array = outcome(&items.get_all_keys_with_key(&range)?).await?.into();
    let oldest: Array = outcome(&items.get_all_with_key_and_limit(&range, 1)?)
        .await?
        .into();
    let shelf = transaction.object_store(schema::SHELF)?;
    let on_shelf = outcome(&shelf.count_with_key(&range)?).await?;
    let device_total = counter::value(transaction, &counter::name_of_seq(person)).await?;
    Ok(Stored {
        entries: entries_of_keys(&keys),
        shelf: on_shelf.as_f64().unwrap_or_default() as usize,
        device_total,
        oldest_read_at: (oldest.length() > 0)
            .then(|| Timestamp::from_ms(number_of(&oldest.get(0), "read_at_ms") as i64)),
    })
}
