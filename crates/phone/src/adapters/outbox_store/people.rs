//! Whose unsent work lies on this phone.

use js_sys::Array;
use shared::sync::event::Stored;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbKeyRange, IdbObjectStore};

use super::super::idb::{StoreError, outcome};
use super::key::range_of_person;
use super::{OutboxStore, schema};

impl OutboxStore {
    /// Everybody of whom something waits here or needs attention, by name, with how many items. One look a person and
    /// store, so ten thousand items are cheap.
    pub async fn people_with_unsent(&self) -> Result<Vec<(String, usize)>, StoreError> {
        let mut people: Vec<(String, usize)> = Vec::new();
        for name in self.people().await? {
            let stored: Stored = self.load(&name).await?;
            people.push((name, stored.entries.len() + stored.shelf));
        }
        Ok(people)
    }

    async fn people(&self) -> Result<Vec<String>, StoreError> {
        self.database
            .read(&[schema::ITEMS, schema::SHELF], async |transaction| {
                let mut people = Vec::new();
                for store in [schema::ITEMS, schema::SHELF] {
                    let store = transaction.object_store(store)?;
                    let mut last = None;
                    while let Some(name) = next_person(&store, last.as_deref()).await? {
                        people.push(name.clone());
                        last = Some(name);
                    }
                }
                people.sort_unstable();
                people.dedup();
                Ok(people)
            })
            .await
    }
}

/// The person of the first key behind all keys of `last`.
async fn next_person(store: &IdbObjectStore, last: Option<&str>) -> Result<Option<String>, StoreError> {
    let range = match last {
        None => JsValue::UNDEFINED,
        Some(last) => {
            let all_of_last: IdbKeyRange = range_of_person(last)?.into();
            IdbKeyRange::lower_bound_with_open(&all_of_last.upper()?, true)?.into()
        }
    };
    let keys: Array = outcome(&store.get_all_keys_with_key_and_limit(&range, 1)?)
        .await?
        .into();
    let first: Option<Array> = keys.get(0).dyn_into().ok();
    Ok(first.and_then(|key| key.get(0).as_string()))
}
