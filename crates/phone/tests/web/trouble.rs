//! Situations 14 and 15: the device's database closes behind the app's back, breaks off, or is full.

use js_sys::Function;
use phone::adapters::idb::StoreError;
use phone::adapters::outbox_store::{NewItem, OutboxStore, Stamp};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{READ_AT, item_id, save, text};

/// Runs a script in the page and gives what it returns.
fn run(script: &str) -> JsValue {
    Function::new_no_args(script).call0(&JsValue::NULL).unwrap()
}

/// Changes the browser until this is dropped.
struct Changed(&'static str);

impl Changed {
    /// All connections that are opened from now on are in `connections`.
    fn connections_in_sight() -> Self {
        run(
            "globalThis.connections = []; globalThis.realOpen = IDBFactory.prototype.open;
             IDBFactory.prototype.open = function (...given) {
               const request = realOpen.apply(this, given);
               request.addEventListener('success', () => connections.push(request.result));
               return request;
             };",
        );
        Self("IDBFactory.prototype.open = realOpen;")
    }

    /// The next put runs this in place of the browser's own, which is `realPut`.
    fn puts(script: &str) -> Self {
        run(&format!(
            "globalThis.puts = 0; globalThis.realPut = IDBObjectStore.prototype.put;
             IDBObjectStore.prototype.put = function (...given) {{ puts += 1; {script} }};"
        ));
        Self("IDBObjectStore.prototype.put = realPut;")
    }
}

impl Drop for Changed {
    fn drop(&mut self) {
        run(self.0);
    }
}

#[wasm_bindgen_test]
async fn a_connection_closed_behind_the_back_is_opened_again_and_the_save_is_done() {
    let person = "closed-connection";
    let changed = Changed::connections_in_sight();
    let store = OutboxStore::default();
    let first = save(&store, person, item_id(101)).await;
    run("connections.forEach((connection) => connection.close());");
    let second = save(&store, person, item_id(102)).await;
    assert_eq!(run("return connections.length").as_f64(), Some(2.0));
    drop(changed);
    let stored = OutboxStore::default().load(person).await.unwrap();
    assert_eq!(stored.entries, [first, second]);
}

#[wasm_bindgen_test]
async fn a_save_that_was_broken_off_is_tried_once_more_and_stores_one_item() {
    let person = "broken-off";
    let store = OutboxStore::default();
    let changed = Changed::puts(
        "const request = realPut.apply(this, given);
         if (puts === 1) this.transaction.abort();
         return request;",
    );
    let entry = save(&store, person, item_id(103)).await;
    drop(changed);
    let stored = OutboxStore::default().load(person).await.unwrap();
    assert_eq!((stored.entries, stored.device_total), (vec![entry], 1));
}

#[wasm_bindgen_test]
async fn a_full_device_is_said_and_nothing_of_the_item_is_stored() {
    let person = "full";
    let store = OutboxStore::default();
    let id = item_id(104);
    let body = |stamp: Stamp| text(id, stamp);
    let item = NewItem {
        person,
        id,
        read_at: READ_AT,
        body: &body,
    };
    let changed = Changed::puts("throw new DOMException('', 'QuotaExceededError');");
    assert_eq!(store.save(&item).await.err(), Some(StoreError::Full));
    drop(changed);
    let stored = store.load(person).await.unwrap();
    assert_eq!((stored.entries.len(), stored.device_total), (0, 0));
    let saved = store.save(&item).await.unwrap();
    assert!(!saved.replay);
    assert_eq!(saved.entry.seq, 1);
}
