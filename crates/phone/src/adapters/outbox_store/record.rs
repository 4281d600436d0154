//! Records of `items` and `shelf`.

use shared::id::ItemId;
use shared::sync::event::Entry;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// One record. Its members are read by code that knows their names: to hand a name over takes longer than to look it up,
    /// and a drain reads ten thousand records.
    pub(super) type ItemRecord;

    #[wasm_bindgen(method, getter)]
    fn seq(this: &ItemRecord) -> f64;

    #[wasm_bindgen(method, getter)]
    fn revision(this: &ItemRecord) -> f64;

    #[wasm_bindgen(method, getter)]
    fn id(this: &ItemRecord) -> Option<String>;

    /// The JSON text that is sent, as a JavaScript string.
    #[wasm_bindgen(method, getter)]
    pub(super) fn body(this: &ItemRecord) -> JsValue;
}

impl ItemRecord {
    /// The entry that it holds.
    pub(super) fn entry(&self) -> Option<Entry> {
        Some(Entry {
            seq: self.seq() as u64,
            revision: self.revision() as u32,
            id: ItemId::parse(&self.id()?)?,
        })
    }
}
