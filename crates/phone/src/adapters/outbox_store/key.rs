//! Keys of `items` and `shelf`: `[person, seq, revision, id]`.

use js_sys::Array;
use shared::id::ItemId;
use shared::sync::event::Entry;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbKeyRange;

use super::super::idb::{StoreError, number_of, text_of};

/// The key that names exactly this revision.
pub(super) fn key_of(person: &str, entry: &Entry) -> JsValue {
    Array::of4(
        &JsValue::from_str(person),
        &JsValue::from_f64(entry.seq as f64),
        &JsValue::from_f64(f64::from(entry.revision)),
        &JsValue::from_str(&entry.id.to_string()),
    )
    .into()
}

/// The entry that a key names.
pub(super) fn entry_of_key(key: &JsValue) -> Option<Entry> {
    let key: &Array = key.dyn_ref()?;
    Some(Entry {
        seq: key.get(1).as_f64()? as u64,
        revision: key.get(2).as_f64()? as u32,
        id: ItemId::parse(&key.get(3).as_string()?)?,
    })
}

/// The entry that a record holds.
pub(super) fn entry_of_record(record: &JsValue) -> Option<Entry> {
    Some(Entry {
        seq: number_of(record, "seq") as u64,
        revision: number_of(record, "revision") as u32,
        id: ItemId::parse(&text_of(record, "id"))?,
    })
}

/// All keys of one person: in IndexedDB's order an array sorts behind every number and every text.
pub(super) fn range_of_person(person: &str) -> Result<JsValue, StoreError> {
    let person = JsValue::from_str(person);
    let end = Array::of2(&person, &Array::new());
    Ok(IdbKeyRange::bound(&Array::of1(&person), &end)?.into())
}

/// From one entry's key to another's, both included.
pub(super) fn range_of_entries(person: &str, first: &Entry, last: &Entry) -> Result<JsValue, StoreError> {
    Ok(IdbKeyRange::bound(&key_of(person, first), &key_of(person, last))?.into())
}
