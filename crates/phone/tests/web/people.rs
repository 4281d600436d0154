//! Whose unsent work lies on this phone.

use phone::adapters::outbox_store::OutboxStore;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{item_id, save, settle};

#[wasm_bindgen_test]
async fn everybody_with_unsent_work_is_named_with_how_much_it_is() {
    let store = OutboxStore::default();
    // Names of which one begins like the other, and one that is done.
    let waits = save(&store, "people", item_id(180)).await;
    save(&store, "people", item_id(181)).await;
    save(&store, "people 2", item_id(182)).await;
    let done = save(&store, "people 3", item_id(183)).await;
    settle(&store, "people", &[], &[waits], 180).await;
    settle(&store, "people 3", &[done], &[], 181).await;
    let people = OutboxStore::default().people_with_unsent().await.unwrap();
    let ours: Vec<_> = people
        .into_iter()
        .filter(|(name, _)| name.starts_with("people"))
        .collect();
    assert_eq!(ours, [("people".to_owned(), 2), ("people 2".to_owned(), 1)]);
}
