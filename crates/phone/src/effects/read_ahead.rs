//! The items of the next batch are read while the one before is on its way. Otherwise their reading would wait for the
//! transaction that stores its receipts: both are about the same store.

use std::rc::Rc;

use shared::sync::batch::{FIRST_BATCH, GROWTH_MAX};
use shared::sync::event::Entry;
use shared::wire::batch::BATCH_ITEMS_MAX;
use wasm_bindgen_futures::spawn_local;

use crate::adapters::idb::StoreError;
use crate::adapters::outbox_store::Body;
use crate::driver::Driver;

/// Items that were read before they are needed, by rising number. The text of a revision never changes.
pub(crate) struct ReadAhead {
    person: String,
    bodies: Vec<Body>,
}

/// Reads what probably goes first; ends at some time, and nobody waits for it.
pub(super) fn start_first(driver: &Rc<Driver>, person: &str) {
    let first = driver
        .queue
        .borrow()
        .entries
        .iter()
        .take(FIRST_BATCH)
        .copied()
        .collect();
    read(driver, person, first);
}

/// Reads what probably follows these entries; ends at some time, and nobody waits for it.
pub(super) fn start(driver: &Rc<Driver>, person: &str, sent: &[Entry]) {
    let Some(last) = sent.last() else { return };
    let next = {
        let queue = driver.queue.borrow();
        let from = queue.entries.partition_point(|entry| entry <= last);
        let count = (sent.len() * GROWTH_MAX).min(BATCH_ITEMS_MAX);
        queue.entries.iter().skip(from).take(count).copied().collect()
    };
    read(driver, person, next);
}

fn read(driver: &Rc<Driver>, person: &str, next: Vec<Entry>) {
    if next.is_empty() {
        return;
    }
    let (driver, person) = (Rc::clone(driver), String::from(person));
    spawn_local(async move {
        if let Ok(bodies) = driver.outbox.bodies(&person, &next).await {
            driver.read_ahead.replace(Some(ReadAhead { person, bodies }));
        }
    });
}

/// The texts of these entries: as read ahead when all of them were, else from the store.
pub(super) async fn bodies(
    driver: &Driver,
    person: &str,
    entries: &[Entry],
) -> Result<Vec<Body>, StoreError> {
    let ahead = driver.read_ahead.take().filter(|ahead| ahead.person == person);
    match ahead.and_then(|ahead| select(ahead.bodies, entries)) {
        Some(bodies) => Ok(bodies),
        None => driver.outbox.bodies(person, entries).await,
    }
}

fn select(mut bodies: Vec<Body>, entries: &[Entry]) -> Option<Vec<Body>> {
    bodies.retain(|body| entries.binary_search(&body.entry).is_ok());
    (bodies.len() == entries.len()).then_some(bodies)
}

#[cfg(test)]
mod tests {
    use shared::id::ItemId;
    use wasm_bindgen::JsValue;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn entry(seq: u64, revision: u32) -> Entry {
        Entry {
            seq,
            revision,
            id: ItemId::default(),
        }
    }

    fn read(entries: &[Entry]) -> Vec<Body> {
        let body = |entry: &Entry| Body {
            entry: *entry,
            text: JsValue::NULL,
        };
        entries.iter().map(body).collect()
    }

    #[test]
    fn what_was_read_ahead_serves_only_when_it_has_every_entry_in_its_revision() {
        let ahead = [entry(1, 1), entry(2, 1), entry(3, 1)];
        let chosen = select(read(&ahead), &ahead[1..]).map(|it| it.len());
        assert_eq!(chosen, Some(2));
        assert!(select(read(&ahead), &[entry(2, 2)]).is_none());
        assert!(select(read(&ahead), &[entry(3, 1), entry(4, 1)]).is_none());
    }
}
