//! Carries out what the engine asks for. Each request is answered by one input.

mod read_ahead;
mod settle;
mod transfer;

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::sync::event::{Effect, Input, PeerMessage, Stored};
use shared::sync::status::Summary;

use super::core::Core;
use crate::adapters::entropy;
use crate::adapters::idb::StoreError;
use crate::adapters::tab_lock;
use crate::view_state::Person;

pub(crate) use read_ahead::ReadAhead;
pub(crate) use settle::{InFlight, load_shelf};

/// Runs of sync that are kept.
const HISTORY_LENGTH_MAX: usize = 100;

/// Starts one effect. Returns at once; answers come as inputs.
pub(crate) fn carry_out(core: &Rc<Core>, effect: Effect) {
    match effect {
        Effect::ReleaseLock => drop(core.lock.take()),
        Effect::WakeAt(at) => {
            let waking = Rc::clone(core);
            core.wake
                .replace(at.since_ms(entropy::now()), move || waking.dispatch(Input::Woke));
        }
        Effect::Tell(message) => tell(core, &message),
        Effect::Record(summary) => record(core, summary),
        asked => {
            let Some(person) = core.person() else { return };
            let core = Rc::clone(core);
            // Answered even when the person is gone by then: the engine knows what to make of it.
            spawn_local(async move {
                let answer = answer(&core, &person, asked).await;
                core.dispatch(answer);
            });
        }
    }
}

/// Tells the other tabs of this phone.
pub(crate) fn tell(core: &Core, message: &PeerMessage) {
    if let Some(peers) = core.peers.borrow().as_ref() {
        peers.tell(message);
    }
}

async fn answer(core: &Rc<Core>, person: &Person, asked: Effect) -> Input {
    match asked {
        Effect::RequestLock => request_lock(core, person).await,
        Effect::ReadOutbox => Input::OutboxRead(read_outbox(core, person).await),
        Effect::Ping { nonce, timeout_ms } => Input::PingEnded {
            nonce,
            result: transfer::ping(nonce, timeout_ms).await,
        },
        Effect::Refresh => Input::RefreshEnded(transfer::refresh(core, person).await),
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
            transfer::post(core, person, post).await
        }
        Effect::Settle { attempt, settled } => Input::SettleEnded {
            attempt,
            stored: settle::settle(core, attempt, &settled).await,
        },
        Effect::Check {
            device_total,
            waiting,
            oldest_read_at,
        } => Input::CheckEnded(transfer::check(core, person, device_total, waiting, oldest_read_at).await),
        Effect::OfferAgain { missing } => {
            let offered = core.outbox.offer_again(&person.username, &missing).await;
            Input::OfferedAgain(noted(core, person, offered))
        }
        Effect::ReleaseLock | Effect::WakeAt(_) | Effect::Tell(_) | Effect::Record(_) => Input::Woke,
    }
}

async fn request_lock(core: &Rc<Core>, person: &Person) -> Input {
    let Some(lock) = tab_lock::try_take().await else {
        return Input::LockHeldElsewhere;
    };
    match core.outbox.load(&person.username).await {
        Ok(stored) => {
            core.lock.replace(Some(lock));
            note_stored(core, person, &stored);
            Input::LockGranted(stored)
        }
        Err(_) => {
            core.store_failed();
            Input::LockHeldElsewhere
        }
    }
}

async fn read_outbox(core: &Rc<Core>, person: &Person) -> Stored {
    let stored = core.outbox.load(&person.username).await;
    noted(core, person, stored)
}

/// Somebody else may be signed in by now; then it is not shown.
fn note_stored(core: &Rc<Core>, person: &Person, stored: &Stored) {
    if core.person().as_ref() != Some(person) {
        return;
    }
    core.note_stored(stored);
    if core
        .view
        .outbox
        .with_untracked(|shown| shown.shelf != stored.shelf)
    {
        let (core, username) = (Rc::clone(core), person.username.clone());
        spawn_local(async move { load_shelf(&core, &username).await });
    }
}

fn noted(core: &Rc<Core>, person: &Person, stored: Result<Stored, StoreError>) -> Stored {
    match stored {
        Ok(stored) => {
            note_stored(core, person, &stored);
            stored
        }
        Err(_) => {
            core.store_failed();
            core.stored_as_known()
        }
    }
}

fn record(core: &Rc<Core>, summary: Summary) {
    let mut history = core.view.history.get_untracked().to_vec();
    history.insert(0, summary);
    history.truncate(HISTORY_LENGTH_MAX);
    let history = Arc::new(history);
    core.view.history.set(Arc::clone(&history));
    let Some(person) = core.person() else { return };
    let core = Rc::clone(core);
    spawn_local(async move {
        core.cache
            .keep(&super::document::history(&person.username), &*history)
            .await;
    });
}
