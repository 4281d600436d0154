//! The adapters against a real browser: what is promised of the stores, and of the lock.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod background;
mod orders;
mod people;
mod photos;
mod trouble;

use phone::adapters::cache_store::CacheStore;
use phone::adapters::outbox_store::{Answered, Edited, ForShelf, NewItem, OutboxStore, Stamp};
use phone::adapters::tab_lock;
use shared::id::{BatchId, ItemId};
use shared::sync::event::Entry;
use shared::timestamp::Timestamp;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const READ_AT: Timestamp = Timestamp::from_ms(1_795_000_000_000);

fn item_id(number: u8) -> ItemId {
    ItemId::new(READ_AT, [number; 10])
}

fn text(id: ItemId, stamp: Stamp) -> String {
    format!(
        r#"{{"id":"{id}","revision":{},"device_seq":{},"read_at":"2026-11-18T09:06:40+00:00","captured_by":"ana"}}"#,
        stamp.revision, stamp.seq
    )
}

async fn save(store: &OutboxStore, person: &str, id: ItemId) -> Entry {
    let body = |stamp: Stamp| text(id, stamp);
    let item = NewItem {
        person,
        id,
        read_at: READ_AT,
        body: &body,
    };
    store.save(&item).await.unwrap().entry
}

async fn edit(store: &OutboxStore, person: &str, id: ItemId) -> Edited {
    let body = |stamp: Stamp| text(id, stamp);
    store
        .replace(&NewItem {
            person,
            id,
            read_at: READ_AT,
            body: &body,
        })
        .await
        .unwrap()
}

async fn settle(store: &OutboxStore, person: &str, sent: &[Entry], shelf: &[Entry], number: u8) {
    let bodies = store.bodies(person, sent).await.unwrap();
    let verdict = String::from(r#"{"verdict":"accepted"}"#);
    store
        .settle(&Answered {
            person,
            batch_id: BatchId::new(READ_AT, [number; 10]),
            at: READ_AT,
            sent: bodies.into_iter().map(|body| (body, verdict.clone())).collect(),
            shelf: shelf
                .iter()
                .map(|entry| ForShelf {
                    entry: *entry,
                    verdict: verdict.clone(),
                })
                .collect(),
        })
        .await
        .unwrap();
}

#[wasm_bindgen_test]
async fn saved_items_are_found_by_another_connection_in_order_of_capture() {
    let person = "order";
    let store = OutboxStore::default();
    let first = save(&store, person, item_id(9)).await;
    let second = save(&store, person, item_id(3)).await;
    let stored = OutboxStore::default().load(person).await.unwrap();
    assert_eq!(stored.entries, [first, second]);
    assert_eq!((first.seq, second.seq, stored.device_total), (1, 2, 2));
    assert_eq!(stored.oldest_read_at, Some(READ_AT));
}

#[wasm_bindgen_test]
async fn saving_one_form_twice_is_a_replay() {
    let person = "replay";
    let store = OutboxStore::default();
    let (one, id) = (save(&store, person, item_id(20)).await, item_id(20));
    let body = |stamp: Stamp| text(id, stamp);
    let again = store
        .save(&NewItem {
            person,
            id,
            read_at: READ_AT,
            body: &body,
        })
        .await
        .unwrap();
    assert!(again.replay);
    assert_eq!(again.entry, one);
    assert_eq!(store.load(person).await.unwrap().device_total, 1);
}

#[wasm_bindgen_test]
async fn a_receipt_for_one_revision_leaves_the_next_one_waiting() {
    let person = "edit-in-flight";
    let store = OutboxStore::default();
    let before = save(&store, person, item_id(30)).await;
    let sent = save(&store, person, item_id(31)).await;
    let after = save(&store, person, item_id(32)).await;
    let bodies = [before, sent, after];
    let in_flight = store.bodies(person, &bodies).await.unwrap();
    let Edited::Stored { entry: edited, .. } = edit(&store, person, item_id(31)).await else {
        panic!("it was there");
    };
    assert_eq!((edited.seq, edited.revision), (sent.seq, 2));
    let verdict = String::from("{}");
    let answered = Answered {
        person,
        batch_id: BatchId::new(READ_AT, [30; 10]),
        at: READ_AT,
        sent: in_flight
            .into_iter()
            .map(|body| (body, verdict.clone()))
            .collect(),
        shelf: Vec::new(),
    };
    store.settle(&answered).await.unwrap();
    assert_eq!(store.load(person).await.unwrap().entries, [edited]);
}

#[wasm_bindgen_test]
async fn what_needs_attention_keeps_its_text_and_an_edit_brings_it_back() {
    let person = "shelf";
    let store = OutboxStore::default();
    let entry = save(&store, person, item_id(40)).await;
    settle(&store, person, &[], &[entry], 40).await;
    let stored = store.load(person).await.unwrap();
    assert_eq!((stored.entries.len(), stored.shelf), (0, 1));
    assert!(
        store.shelf(person).await.unwrap()[0]
            .body
            .contains(&entry.id.to_string())
    );
    let edited = edit(&store, person, entry.id).await;
    let next = Entry { revision: 2, ..entry };
    assert_eq!(
        edited,
        Edited::Stored {
            entry: next,
            from_shelf: true
        }
    );
    let stored = store.load(person).await.unwrap();
    assert_eq!((stored.entries, stored.shelf), (vec![next], 0));
}

#[wasm_bindgen_test]
async fn a_conflict_about_an_edited_item_does_not_go_to_the_shelf() {
    let person = "shelf-edited";
    let store = OutboxStore::default();
    let sent = save(&store, person, item_id(50)).await;
    edit(&store, person, item_id(50)).await;
    settle(&store, person, &[], &[sent], 50).await;
    let stored = store.load(person).await.unwrap();
    assert_eq!((stored.entries.len(), stored.shelf), (1, 0));
}

#[wasm_bindgen_test]
async fn an_edit_of_what_the_server_has_is_refused() {
    let person = "gone";
    let store = OutboxStore::default();
    let entry = save(&store, person, item_id(60)).await;
    settle(&store, person, &[entry], &[], 60).await;
    assert_eq!(edit(&store, person, entry.id).await, Edited::Gone);
}

#[wasm_bindgen_test]
async fn kept_items_are_offered_again_with_their_own_numbers() {
    let person = "restored";
    let store = OutboxStore::default();
    let entries = [
        save(&store, person, item_id(70)).await,
        save(&store, person, item_id(71)).await,
        save(&store, person, item_id(72)).await,
    ];
    settle(&store, person, &entries[..2], &[], 70).await;
    settle(&store, person, &[], &entries[2..], 71).await;
    let stored = store.offer_again(person, &[(2, 3)]).await.unwrap();
    assert_eq!(stored.entries, entries[1..]);
    assert_eq!((stored.shelf, stored.device_total), (0, 3));
}

#[wasm_bindgen_test]
async fn a_large_batch_is_kept_whole_offered_again_and_forgotten_as_one() {
    let person = "large";
    let store = OutboxStore::default();
    let mut entries = Vec::new();
    for number in 0..250_u8 {
        entries.push(
            save(
                &store,
                person,
                ItemId::new(READ_AT, [76, number, 0, 0, 0, 0, 0, 0, 0, 0]),
            )
            .await,
        );
    }
    settle(&store, person, &entries, &[], 76).await;
    assert_eq!(store.load(person).await.unwrap().entries, []);
    let kept = async |since| store.sent_since(person, since).await.unwrap().len();
    assert_eq!(kept(READ_AT).await, 250);
    assert_eq!(kept(READ_AT.plus_ms(1)).await, 0);
    let again = store
        .offer_again(person, &[(100, 101), (250, 250)])
        .await
        .unwrap();
    assert_eq!(again.entries, [entries[99], entries[100], entries[249]]);
    store.prune_sent(person, READ_AT.plus_ms(1)).await.unwrap();
    assert_eq!(kept(READ_AT).await, 0);
}

#[wasm_bindgen_test]
async fn each_person_has_a_queue_of_their_own() {
    let store = OutboxStore::default();
    let ana = save(&store, "two-ana", item_id(80)).await;
    let ben = save(&store, "two-ben", item_id(81)).await;
    assert_eq!((ana.seq, ben.seq), (1, 1));
    assert_eq!(store.load("two-ana").await.unwrap().entries, [ana]);
    assert_eq!(store.load("two-ben").await.unwrap().entries, [ben]);
}

#[wasm_bindgen_test]
async fn the_draft_goes_with_the_save() {
    let person = "draft";
    let store = OutboxStore::default();
    store.save_draft(person, "half typed").await.unwrap();
    assert_eq!(
        store.load_draft(person).await.unwrap().as_deref(),
        Some("half typed")
    );
    save(&store, person, item_id(90)).await;
    assert_eq!(store.load_draft(person).await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn a_number_that_the_server_has_seen_is_never_given_again() {
    let person = "raised";
    let store = OutboxStore::default();
    assert_eq!(store.raise_seq(person, 41).await.unwrap(), 0);
    assert_eq!(store.raise_seq(person, 7).await.unwrap(), 41);
    assert_eq!(save(&store, person, item_id(100)).await.seq, 42);
}

#[wasm_bindgen_test]
async fn pruning_forgets_only_batches_made_before() {
    let person = "pruned";
    let store = OutboxStore::default();
    let entry = save(&store, person, item_id(110)).await;
    settle(&store, person, &[entry], &[], 110).await;
    store.prune_sent(person, READ_AT).await.unwrap();
    assert_eq!(
        store
            .sent_since(person, Timestamp::default())
            .await
            .unwrap()
            .len(),
        1
    );
    store.prune_sent(person, READ_AT.plus_ms(1)).await.unwrap();
    assert!(
        store
            .sent_since(person, Timestamp::default())
            .await
            .unwrap()
            .is_empty()
    );
}

#[wasm_bindgen_test]
async fn the_cache_keeps_and_forgets_documents() {
    let cache = CacheStore::default();
    assert!(cache.keep("test", &vec![1, 2]).await);
    assert_eq!(
        CacheStore::default().load::<Vec<i32>>("test").await,
        Some(vec![1, 2])
    );
    cache.forget("test").await;
    assert_eq!(cache.load::<Vec<i32>>("test").await, None);
}

#[wasm_bindgen_test]
async fn the_lock_is_held_by_one_at_a_time_until_it_is_dropped() {
    let held = tab_lock::try_take().await.expect("nobody holds it");
    assert!(tab_lock::try_take().await.is_none());
    drop(held);
    // The browser gives the lock back in its own time.
    loop {
        if tab_lock::try_take().await.is_some() {
            return;
        }
    }
}

#[wasm_bindgen_test]
async fn a_number_that_another_tab_gave_meanwhile_is_not_given_again() {
    let person = "two-tabs";
    let (one, other) = (OutboxStore::default(), OutboxStore::default());
    let seqs = [
        save(&one, person, item_id(120)).await.seq,
        save(&other, person, item_id(121)).await.seq,
        save(&other, person, item_id(122)).await.seq,
        save(&one, person, item_id(123)).await.seq,
        save(&one, person, item_id(124)).await.seq,
    ];
    assert_eq!(seqs, [1, 2, 3, 4, 5]);
    let stored = OutboxStore::default().load(person).await.unwrap();
    assert_eq!((stored.entries.len(), stored.device_total), (5, 5));
}

#[wasm_bindgen_test]
async fn a_form_that_another_tab_saved_is_a_replay_here() {
    let person = "replay-two-tabs";
    let (one, other) = (OutboxStore::default(), OutboxStore::default());
    save(&one, person, item_id(130)).await;
    let there = save(&other, person, item_id(131)).await;
    assert_eq!(save(&one, person, item_id(131)).await, there);
    settle(&other, person, &[], &[there], 131).await;
    assert_eq!(save(&one, person, item_id(131)).await, there, "on the shelf");
    assert_eq!(one.load(person).await.unwrap().device_total, 2);
}

#[wasm_bindgen_test]
async fn an_outbox_of_many_slices_is_read_whole_and_in_order() {
    let person = "slices";
    let store = OutboxStore::default();
    let mut expected = Vec::new();
    for number in 0..1_001_u32 {
        let mut bytes = [0; 10];
        bytes[..4].copy_from_slice(&number.to_be_bytes());
        expected.push(save(&store, person, ItemId::new(READ_AT, bytes)).await);
    }
    save(&store, "slices-of-another", item_id(140)).await;
    assert_eq!(store.load(person).await.unwrap().entries, expected);
}

#[wasm_bindgen_test]
async fn what_is_decided_leaves_the_shelf_and_can_be_offered_again() {
    let store = OutboxStore::default();
    let person = "decided";
    let (first, second) = (
        save(&store, person, item_id(161)).await,
        save(&store, person, item_id(162)).await,
    );
    settle(&store, person, &[], &[first, second], 161).await;
    let kept_as = || Answered {
        person,
        batch_id: BatchId::new(READ_AT, [162; 10]),
        at: READ_AT,
        sent: Vec::new(),
        shelf: Vec::new(),
    };
    let left = store.leave_shelf(kept_as(), |entry| *entry == first).await;
    assert_eq!(left.unwrap(), 1);
    let shelf = store.shelf(person).await.unwrap();
    assert_eq!(shelf.iter().map(|it| it.entry).collect::<Vec<_>>(), [second]);
    let stored = store
        .offer_again(person, &[(first.seq, first.seq)])
        .await
        .unwrap();
    assert_eq!(
        stored.entries,
        [first],
        "a server that was restored may have lost it"
    );
}
