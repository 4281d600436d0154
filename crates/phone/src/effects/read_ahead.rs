//! The next batch is read and packed while the one before is on its way. Otherwise its reading would wait for the
//! transaction that stores the receipts, as both are about the same store, and its packing for nothing.

use std::rc::Rc;

use shared::sync::batch::{FIRST_BATCH, following_max};
use shared::sync::event::Entry;
use wasm_bindgen_futures::spawn_local;

use super::prepared::{PreparedBatch, entries_of};
use crate::adapters::outbox_store::Body;
use crate::driver::Driver;
use crate::person::Person;

/// What was made before it is needed, by rising number. The text of a revision never changes.
pub(crate) struct ReadAhead {
    person: Person,
    made: Made,
}

enum Made {
    Read(Vec<Body>),
    Packed(PreparedBatch),
}

/// Prepares what probably goes first; ends at some time, and nobody waits for it.
pub(super) fn start_first(driver: &Rc<Driver>, person: &Person) {
    let first = driver
        .queue
        .borrow()
        .entries
        .iter()
        .take(FIRST_BATCH)
        .copied()
        .collect();
    prepare(driver, person, first, driver.device_total.get());
}

/// Prepares what probably follows these entries; ends at some time, and nobody waits for it.
pub(super) fn start(driver: &Rc<Driver>, person: &Person, sent: &[Entry], device_total: u64) {
    let Some(last) = sent.last() else { return };
    let next = {
        let queue = driver.queue.borrow();
        let from = queue.entries.partition_point(|entry| entry <= last);
        let count = following_max(sent.len());
        queue.entries.iter().skip(from).take(count).copied().collect()
    };
    prepare(driver, person, next, device_total);
}

fn prepare(driver: &Rc<Driver>, person: &Person, next: Vec<Entry>, device_total: u64) {
    if next.is_empty() {
        return;
    }
    let (driver, person) = (Rc::clone(driver), person.clone());
    spawn_local(async move {
        let read = driver.texts.take(&driver.outbox, &person.username, &next);
        let Ok(bodies) = read.await else {
            return;
        };
        let read = ReadAhead {
            person: person.clone(),
            made: Made::Read(bodies.clone()),
        };
        driver.read_ahead.replace(Some(read));
        let Some(batch) = PreparedBatch::new(&driver, &person, device_total, bodies).await else {
            return;
        };
        let mut ahead = driver.read_ahead.borrow_mut();
        if ahead.as_ref().is_some_and(|it| it.is_read_of(&person, &batch)) {
            let made = Made::Packed(batch);
            ahead.replace(ReadAhead { person, made });
        }
    });
}

/// A batch of these entries: as prepared when it was of all of them, else from the store. `None`: there is none now.
pub(super) async fn prepared(
    driver: &Driver,
    person: &Person,
    entries: &[Entry],
    device_total: u64,
) -> Option<PreparedBatch> {
    let ahead = driver.read_ahead.take().filter(|ahead| ahead.person == *person);
    let bodies = match ahead.map(|it| it.made) {
        Some(Made::Packed(batch)) if batch.is_of(entries, device_total) => return Some(batch),
        Some(Made::Packed(PreparedBatch { bodies, .. }) | Made::Read(bodies)) => select(bodies, entries),
        None => None,
    };
    let bodies = match bodies {
        Some(bodies) => bodies,
        None => {
            let read = driver.texts.take(&driver.outbox, &person.username, entries);
            read.await.ok()?
        }
    };
    PreparedBatch::new(driver, person, device_total, bodies).await
}

impl ReadAhead {
    /// It still is what this batch was packed from.
    fn is_read_of(&self, person: &Person, batch: &PreparedBatch) -> bool {
        match &self.made {
            Made::Read(bodies) => self.person == *person && entries_of(bodies) == entries_of(&batch.bodies),
            Made::Packed(_) => false,
        }
    }
}

fn select(mut bodies: Vec<Body>, entries: &[Entry]) -> Option<Vec<Body>> {
    bodies.retain(|body| entries.binary_search(&body.entry).is_ok());
    (bodies.len() == entries.len()).then_some(bodies)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::tests::{body, entry};

    fn read(entries: &[Entry]) -> Vec<Body> {
        entries.iter().copied().map(body).collect()
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
