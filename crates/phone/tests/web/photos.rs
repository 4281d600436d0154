//! The store of photos: kept by person and item, deleted by their whole key, and full before readings are.

use phone::adapters::idb::StoreError;
use phone::adapters::photo_store::PhotoStore;
use shared::photo::{PhotoHash, PhotoKey};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{READ_AT, item_id, save};
use phone::adapters::outbox_store::OutboxStore;

fn photo(item: u8, number: u8) -> PhotoKey {
    PhotoKey {
        item: item_id(item),
        hash: PhotoHash::of(&[number]),
    }
}

async fn put(store: &PhotoStore, person: &str, photo: &PhotoKey, bytes: &[u8]) {
    store.put(person, photo, READ_AT, bytes).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_photo_is_found_by_another_connection_byte_for_byte() {
    let person = "photo-bytes";
    let bytes: Vec<u8> = (0..200_000_u32).map(|it| (it % 251) as u8).collect();
    let key = photo(60, 1);
    put(&PhotoStore::default(), person, &key, &bytes).await;
    let other = PhotoStore::default();
    assert_eq!(other.keys(person).await.unwrap(), [key]);
    let read = other.bytes(person, &key).await.unwrap().unwrap();
    assert_eq!(read.to_vec(), bytes);
    assert!(other.bytes(person, &photo(60, 2)).await.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn photos_of_two_people_and_of_two_items_stay_apart() {
    let (ana, ben) = ("photo-ana", "photo-ben");
    let store = PhotoStore::default();
    // The same picture for two meters: each has its own.
    let (one, two) = (photo(61, 1), photo(62, 1));
    put(&store, ana, &one, b"one").await;
    put(&store, ana, &two, b"two").await;
    put(&store, ben, &one, b"ben").await;
    store.delete(ana, &one).await.unwrap();
    assert_eq!(store.keys(ana).await.unwrap(), [two]);
    assert_eq!(store.keys(ben).await.unwrap(), [one]);
    assert_eq!(store.bytes(ana, &two).await.unwrap().unwrap().to_vec(), b"two");
}

#[wasm_bindgen_test]
async fn a_photo_that_is_stored_again_is_there_once() {
    let person = "photo-twice";
    let store = PhotoStore::default();
    put(&store, person, &photo(63, 1), b"x").await;
    put(&store, person, &photo(63, 1), b"x").await;
    assert_eq!(store.keys(person).await.unwrap().len(), 1);
}

/// Situation 14: what has no room for a photo has room for a reading.
#[wasm_bindgen_test]
async fn on_a_full_device_a_photo_is_refused_and_a_reading_is_saved() {
    let person = "photo-full";
    let break_photos = js_sys::Function::new_no_args(
        "const put = IDBObjectStore.prototype.put;
         IDBObjectStore.prototype.put = function (...given) {
           if (this.name === 'photos') throw new DOMException('', 'QuotaExceededError');
           return put.apply(this, given);
         };
         return () => { IDBObjectStore.prototype.put = put; };",
    );
    let mend: js_sys::Function = break_photos.call0(&wasm_bindgen::JsValue::NULL).unwrap().into();
    let refused = PhotoStore::default()
        .put(person, &photo(64, 1), READ_AT, b"x")
        .await;
    let saved = save(&OutboxStore::default(), person, item_id(64)).await;
    mend.call0(&wasm_bindgen::JsValue::NULL).unwrap();
    assert_eq!(refused, Err(StoreError::Full));
    assert_eq!(saved.seq, 1);
    assert!(PhotoStore::default().keys(person).await.unwrap().is_empty());
}
