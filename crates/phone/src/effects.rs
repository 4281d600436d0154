//! Carries out what the engine asks for. Each request is answered by one input.

mod keep;
mod photo;
mod prepared;
mod read_ahead;
mod settle;
mod transfer;

use std::future::ready;
use std::pin::Pin;
use std::rc::Rc;

use shared::sync::event::{Effect, Input, PeerMessage, Stored};
use shared::sync::history::History;
use shared::sync::status::Summary;
use wasm_bindgen_futures::spawn_local;

use crate::adapters::entropy;
use crate::adapters::idb::StoreError;
use crate::adapters::tab_lock;
use crate::document;
use crate::driver::Driver;
use crate::person::Person;

pub(crate) use read_ahead::ReadAhead;
pub(crate) use settle::InFlight;

/// Starts one effect. Returns at once; answers come as inputs.
pub(crate) fn carry_out(driver: &Rc<Driver>, effect: Effect) {
    match effect {
        Effect::ReleaseLock => drop(driver.lock.take()),
        Effect::WakeAt(at) => {
            let waking = Rc::clone(driver);
            driver
                .wake
                .replace(at.since_ms(entropy::now()), move || waking.dispatch(Input::Woke));
        }
        // Whoever hears of the end reads the list, which is still being kept.
        Effect::Tell(message @ PeerMessage::Finished(_)) if driver.keeping.get() > 0 => {
            driver.untold.replace(Some(message));
        }
        Effect::Tell(message) => tell(driver, &message),
        Effect::Record(summary) => record(driver, summary),
        Effect::ForgetPhoto { photo } => photo::forget(driver, photo),
        asked => {
            let Some(person) = driver.person() else { return };
            let driver = Rc::clone(driver);
            // Answered even when the person is gone by then: the engine knows what to make of it.
            driver.owed.set(driver.owed.get() + 1);
            spawn_local(async move {
                let answer = answer(Rc::clone(&driver), person, asked).await;
                driver.owed.set(driver.owed.get() - 1);
                driver.dispatch(answer);
            });
        }
    }
}

/// Tells the other tabs of this phone.
pub(crate) fn tell(driver: &Driver, message: &PeerMessage) {
    if let Some(peers) = driver.peers.borrow().as_ref() {
        peers.tell(message);
    }
}

/// What an effect comes to.
type Answer = Pin<Box<dyn Future<Output = Input>>>;

/// Each kind of effect is a future of its own. As one they were a function of fifty kilobytes, and the browser, which makes
/// often called code fast while the first batches are on their way, was busy with it for a tenth of a second. What goes through
/// a whole batch is kept out of line for the same reason.
fn answer(driver: Rc<Driver>, person: Person, asked: Effect) -> Answer {
    match asked {
        Effect::RequestLock => Box::pin(async move { request_lock(&driver, &person).await }),
        Effect::ReadOutbox => Box::pin(async move { Input::OutboxRead(read_outbox(&driver, &person).await) }),
        Effect::Ping { nonce, timeout_ms } => Box::pin(async move {
            Input::PingEnded {
                nonce,
                result: transfer::ping(nonce, timeout_ms).await,
            }
        }),
        Effect::Refresh => {
            Box::pin(async move { Input::RefreshEnded(transfer::refresh(&driver, &person).await) })
        }
        Effect::Post {
            attempt,
            entries,
            device_total,
            stall_timeout_ms,
        } => {
            let post = transfer::Post {
                attempt,
                entries,
                device_total,
                stall_timeout_ms,
            };
            Box::pin(async move { transfer::post(&driver, &person, post).await })
        }
        Effect::Settle { attempt, settled } => Box::pin(async move {
            Input::SettleEnded {
                attempt,
                stored: settle::settle(&driver, attempt, &settled).await,
            }
        }),
        Effect::Check {
            device_total,
            waiting,
            oldest_read_at,
        } => Box::pin(async move {
            Input::CheckEnded(transfer::check(&person, device_total, waiting, oldest_read_at).await)
        }),
        Effect::OfferAgain { missing } => Box::pin(async move {
            let offered = driver.outbox.offer_again(&person.username, &missing).await;
            Input::OfferedAgain(noted(&driver, &person, offered))
        }),
        Effect::SendPhoto {
            attempt,
            photo,
            held,
            size_max,
            stall_timeout_ms,
        } => {
            let asked = photo::SendPhoto {
                attempt,
                photo,
                held,
                size_max,
                stall_timeout_ms,
            };
            Box::pin(async move { photo::send(&driver, &person, asked).await })
        }
        Effect::ReleaseLock
        | Effect::WakeAt(_)
        | Effect::Tell(_)
        | Effect::Record(_)
        | Effect::ForgetPhoto { .. } => Box::pin(ready(Input::Woke)),
    }
}

async fn request_lock(driver: &Rc<Driver>, person: &Person) -> Input {
    let Some(lock) = tab_lock::try_take().await else {
        return Input::LockHeldElsewhere;
    };
    // Another tab may have sent some, or taken new ones.
    driver.read_photos(person).await;
    match driver.outbox.load(&person.username).await {
        Ok(stored) => {
            driver.lock.replace(Some(lock));
            note_stored(driver, person, &stored);
            Input::LockGranted(stored)
        }
        Err(_) => {
            driver.listener.store_failed();
            Input::LockHeldElsewhere
        }
    }
}

async fn read_outbox(driver: &Rc<Driver>, person: &Person) -> Stored {
    let stored = driver.outbox.load(&person.username).await;
    noted(driver, person, stored)
}

/// Somebody else may be here by now; then it is not told.
fn note_stored(driver: &Driver, person: &Person, stored: &Stored) {
    if driver.person().as_ref() == Some(person) {
        driver.note_stored(stored);
    }
}

fn noted(driver: &Driver, person: &Person, stored: Result<Stored, StoreError>) -> Stored {
    match stored {
        Ok(stored) => {
            note_stored(driver, person, &stored);
            stored
        }
        Err(_) => {
            driver.listener.store_failed();
            driver.stored_as_known()
        }
    }
}

/// Does it beside the engine, but owed like an answer: a service worker does not end before.
fn spawn_owed(driver: &Rc<Driver>, work: impl Future<Output = ()> + 'static) {
    let driver = Rc::clone(driver);
    driver.owed.set(driver.owed.get() + 1);
    spawn_local(async move {
        work.await;
        driver.owed.set(driver.owed.get() - 1);
        driver.listener.stepped(&driver.status());
    });
}

/// Tabs and the service worker keep one history: what the others wrote meanwhile stays.
fn record(driver: &Rc<Driver>, summary: Summary) {
    let Some(person) = driver.person() else { return };
    let recording = Rc::clone(driver);
    spawn_owed(driver, async move {
        let driver = recording;
        let name = document::history(&person.username);
        let mut history: History = driver.cache.load(&name).await.unwrap_or_default();
        history.record(summary, entropy::local_now());
        driver.cache.keep(&name, &history).await;
        if driver.person().as_ref() == Some(&person) {
            driver.listener.history(history);
        }
    });
}
