//! What lies beside the outbox's items: walking orders that wait, and readings at a move.

use phone::adapters::outbox_store::OutboxStore;
use phone::queue::{Queue, Where, codes_of};
use shared::wire::list::MeterPointRow;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{item_id, save};

#[wasm_bindgen_test]
async fn a_walking_order_stays_when_the_draft_goes_with_the_save() {
    let store = OutboxStore::default();
    store.save_order("olga", "GC A", "first").await.unwrap();
    store.save_order("olga", "GC A", "second").await.unwrap();
    store.save_order("olga", "HV", "other").await.unwrap();
    store.save_draft("olga", "form").await.unwrap();
    save(&store, "olga", item_id(201)).await;
    let another = OutboxStore::default();
    assert_eq!(another.load_orders("olga").await.unwrap(), ["second", "other"]);
    assert_eq!(another.load_draft("olga").await.unwrap(), None);
    another.drop_order("olga", "GC A").await.unwrap();
    assert_eq!(store.load_orders("olga").await.unwrap(), ["other"]);
    assert_eq!(store.load_orders("olg").await.unwrap(), [""; 0]);
}

fn body(number: u8, revision: u32, kind: &str, more: &str) -> String {
    format!(
        r#"{{"id":"{}","revision":{revision},"property_code":"GC A","building":"","unit_no":"101",
            "utility":"water","point":"","period":"2026-11","kind":"{kind}","read_at":"2026-11-27T09:00:00+10:00",
            "captured_by":"ana"{more}}}"#,
        item_id(number)
    )
}

fn place() -> String {
    codes_of(&MeterPointRow {
        property_code: "gc a".to_owned(),
        unit_no: "101".to_owned(),
        utility: "water".to_owned(),
        ..MeterPointRow::default()
    })
}

#[wasm_bindgen_test]
fn a_reading_at_a_move_is_known_until_it_is_taken_back_or_becomes_another() {
    let kinds =
        |queue: &Queue| -> Vec<String> { queue.moves.of(&place()).map(|(_, it)| it.kind.clone()).collect() };
    let mut queue = Queue::default();
    queue.mark(&body(1, 1, "move_out", r#","value":"7""#), Where::Waiting);
    queue.mark(&body(2, 1, "move_in", r#","value":"7""#), Where::Waiting);
    assert_eq!(kinds(&queue), ["move_in", "move_out"]);
    queue.mark(&body(1, 2, "move_out", r#","void":true"#), Where::Waiting);
    queue.mark(&body(2, 2, "regular", r#","value":"7""#), Where::Waiting);
    queue.mark(&body(2, 1, "move_in", r#","value":"7""#), Where::Waiting);
    assert_eq!(kinds(&queue), [""; 0]);
}

#[wasm_bindgen_test]
fn a_regular_reading_that_becomes_one_at_a_move_leaves_the_unit_to_be_read() {
    let mut queue = Queue::default();
    let here = format!("2026-11{}", place());
    queue.mark(&body(1, 1, "regular", r#","value":"7""#), Where::Waiting);
    assert!(queue.at_place(&here).is_some());
    queue.mark(&body(1, 2, "move_out", r#","value":"7""#), Where::Waiting);
    assert!(queue.at_place(&here).is_none());
}
