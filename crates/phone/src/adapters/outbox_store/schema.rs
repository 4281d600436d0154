//! Names and keys of the stores. Never to be changed: a phone may hold unsent work in them.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbIndexParameters, IdbObjectStoreParameters};

/// The database.
pub(super) const NAME: &str = "meterline-outbox";
/// What waits to be sent.
pub(super) const ITEMS: &str = "items";
/// What needs attention.
pub(super) const SHELF: &str = "shelf";
/// What the server has, one record a batch.
pub(super) const SENT: &str = "sent";
/// Half-typed forms.
pub(super) const DRAFTS: &str = "drafts";
/// Running numbers and the phone's id.
pub(super) const COUNTERS: &str = "counters";
/// The unique index of `items` by item id.
pub(super) const ITEM_BY_ID: &str = "id";

/// Makes the stores.
pub(super) fn create(database: &IdbDatabase) -> Result<(), JsValue> {
    const ENTRY_KEY: [&str; 4] = ["person", "seq", "revision", "id"];
    let items = create_store(database, ITEMS, &ENTRY_KEY)?;
    let unique = IdbIndexParameters::new();
    unique.set_unique(true);
    items.create_index_with_str_and_optional_parameters(ITEM_BY_ID, "id", &unique)?;
    create_store(database, SHELF, &ENTRY_KEY)?;
    create_store(database, SENT, &["person", "batch_id"])?;
    create_store(database, DRAFTS, &["person", "draft"])?;
    let by_name = IdbObjectStoreParameters::new();
    by_name.set_key_path(&JsValue::from_str("name"));
    database.create_object_store_with_optional_parameters(COUNTERS, &by_name)?;
    Ok(())
}

fn create_store(
    database: &IdbDatabase,
    name: &str,
    key: &[&str],
) -> Result<web_sys::IdbObjectStore, JsValue> {
    let path: Array = key.iter().map(|member| JsValue::from_str(member)).collect();
    let parameters = IdbObjectStoreParameters::new();
    parameters.set_key_path(&path);
    database.create_object_store_with_optional_parameters(name, &parameters)
}
