//! Stores what a batch came to; only then does the engine learn that it is settled.

use std::collections::BTreeMap;

use shared::id::BatchId;
use shared::sync::answer::VerdictText;
use shared::sync::event::{Entry, Place, Settled};

use crate::adapters::entropy;
use crate::adapters::marks::{self, Measure};
use crate::adapters::outbox_store::{Answered, Body, ForShelf};
use crate::adapters::timer;
use crate::driver::Driver;
use crate::queue::Where;

/// A batch that was answered and is not settled yet.
pub(crate) struct InFlight {
    pub(crate) person: String,
    pub(crate) batch_id: BatchId,
    pub(crate) bodies: Vec<Body>,
    pub(crate) verdicts: Vec<VerdictText>,
}

/// `true` when the transaction is complete.
pub(super) async fn settle(driver: &Driver, attempt: u64, settled: &[Settled]) -> bool {
    let Some(batch) = take_batch(driver, attempt) else {
        return false;
    };
    // The next batch, which is asked for in the same step, sets out first: what follows keeps the page busy for a while.
    timer::others_first().await;
    let now = entropy::now();
    let mut answered = Answered {
        person: &batch.person,
        batch_id: batch.batch_id,
        at: now,
        sent: Vec::new(),
        shelf: Vec::new(),
    };
    sort_by_place(&mut answered, settled, batch.bodies, batch.verdicts);
    let in_store = Measure::start(marks::SETTLE);
    let stored = driver.outbox.settle(&answered).await;
    drop(in_store);
    if stored.is_err() {
        return false;
    }
    if driver
        .person()
        .is_some_and(|person| person.username == batch.person)
    {
        note(driver, answered, settled);
    }
    true
}

/// Earlier batches are settled by now, or will be sent again.
fn take_batch(driver: &Driver, attempt: u64) -> Option<InFlight> {
    let mut in_flight = driver.in_flight.borrow_mut();
    let later = in_flight.split_off(&(attempt + 1));
    let batch = in_flight.remove(&attempt);
    *in_flight = later;
    batch
}

#[inline(never)]
fn sort_by_place(
    answered: &mut Answered<'_>,
    settled: &[Settled],
    bodies: Vec<Body>,
    verdicts: Vec<VerdictText>,
) {
    let mut verdicts: BTreeMap<Entry, String> = verdicts.into_iter().map(|it| (it.entry, it.json)).collect();
    let places: BTreeMap<Entry, Place> = settled.iter().map(|it| (it.entry, it.place())).collect();
    for body in bodies {
        let entry = body.entry;
        match (places.get(&entry), verdicts.remove(&entry)) {
            (Some(Place::Sent), Some(verdict)) => answered.sent.push((body, verdict)),
            (Some(Place::Shelf), Some(verdict)) => answered.shelf.push(ForShelf { entry, verdict }),
            _ => {}
        }
    }
}

#[inline(never)]
fn note(driver: &Driver, answered: Answered<'_>, settled: &[Settled]) {
    let mut gone: Vec<Entry> = settled
        .iter()
        .filter(|it| it.place() != Place::Outbox)
        .map(|it| it.entry)
        .collect();
    gone.sort_unstable();
    let mut queue = driver.queue.borrow_mut();
    queue.remove(&gone);
    for (body, _) in &answered.sent {
        queue.moved(&body.entry, Where::Sent(answered.at));
    }
    drop(queue);
    driver.listener.settled(&answered);
}
