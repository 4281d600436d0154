//! What runs: the engine, the adapters, and the queue of inputs between them.
//!
//! Invariants:
//! - `Engine::step` is never entered while it runs: inputs wait in a queue.
//! - No borrow is held over an await.
//! - Each request of the engine is answered, even when its person is gone; what is shown is the present person's.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use shared::id::ItemId;
use shared::sync::engine::Engine;
use shared::sync::event::{Entry, Hint, Input, Stored};
use shared::sync::status::Status;
use shared::timestamp::Timestamp;

use super::effects;
use super::queue::Queue;
use super::round;
use super::view::View;
use crate::adapters::broadcast::Peers;
use crate::adapters::cache_store::CacheStore;
use crate::adapters::entropy;
use crate::adapters::marks::{self, Measure};
use crate::adapters::outbox_store::OutboxStore;
use crate::adapters::tab_lock::HeldLock;
use crate::adapters::timer::Timer;
use crate::adapters::update::Worker;
use crate::view_state::{Person, StoreTrouble};

/// Changes of the round that come in a row are drawn once.
const ROUND_DELAY_MS: i64 = 150;

/// The parts of the running app.
pub(crate) struct Core {
    pub(crate) view: View,
    pub(crate) outbox: OutboxStore,
    pub(crate) cache: CacheStore,
    pub(crate) queue: RefCell<Queue>,
    pub(crate) in_flight: RefCell<BTreeMap<u64, effects::InFlight>>,
    pub(crate) read_ahead: RefCell<Option<effects::ReadAhead>>,
    pub(crate) lock: RefCell<Option<HeldLock>>,
    pub(crate) peers: RefCell<Option<Peers>>,
    pub(crate) worker: RefCell<Option<Worker>>,
    pub(crate) cursor: RefCell<Option<String>>,
    pub(crate) device_total: Cell<u64>,
    pub(crate) clock_offset: Cell<Option<(i64, Timestamp)>>,
    pub(crate) page_session: String,
    pub(crate) form_open: Cell<bool>,
    /// Forms that are being saved.
    pub(crate) saving: RefCell<BTreeSet<ItemId>>,
    /// Forms that were saved since the page was opened: a second tap finds them even when they are sent already.
    pub(crate) saved: RefCell<HashMap<ItemId, Entry>>,
    pub(crate) wake: Timer,
    engine: RefCell<Engine>,
    inputs: RefCell<VecDeque<Input>>,
    stepping: Cell<bool>,
    generation: Cell<u32>,
    round_timer: Timer,
    round_due: Cell<bool>,
}

impl Core {
    pub(crate) fn new(view: View) -> Rc<Self> {
        let seed = u64::from_le_bytes(entropy::random_bytes());
        Rc::new(Self {
            view,
            outbox: OutboxStore::default(),
            cache: CacheStore::default(),
            queue: RefCell::default(),
            in_flight: RefCell::default(),
            read_ahead: RefCell::default(),
            lock: RefCell::default(),
            peers: RefCell::default(),
            worker: RefCell::default(),
            cursor: RefCell::default(),
            device_total: Cell::default(),
            clock_offset: Cell::default(),
            page_session: format!("{:016x}", u64::from_le_bytes(entropy::random_bytes())),
            form_open: Cell::default(),
            saving: RefCell::default(),
            saved: RefCell::default(),
            wake: Timer::default(),
            engine: RefCell::new(Engine::new(seed)),
            inputs: RefCell::default(),
            stepping: Cell::default(),
            generation: Cell::default(),
            round_timer: Timer::default(),
            round_due: Cell::default(),
        })
    }

    /// Tells the engine, and carries out what it asks for.
    pub(crate) fn dispatch(self: &Rc<Self>, input: Input) {
        self.inputs.borrow_mut().push_back(input);
        if self.stepping.replace(true) {
            return;
        }
        while let Some(input) = self.next_input() {
            let asked = self.engine.borrow_mut().step(entropy::now(), input);
            for effect in asked {
                effects::carry_out(self, effect);
            }
        }
        self.stepping.set(false);
        let status = self.engine.borrow().status().clone();
        self.publish(status);
    }

    /// A hint, as an input.
    pub(crate) fn hint(self: &Rc<Self>, hint: Hint) {
        self.dispatch(Input::Hint(hint));
    }

    /// Numbers the persons that were signed in since the page was opened.
    pub(crate) fn generation(&self) -> u32 {
        self.generation.get()
    }

    /// Work in the background for an earlier person ends.
    pub(crate) fn begin_generation(&self) {
        self.generation.set(self.generation.get().wrapping_add(1));
    }

    /// Who is signed in.
    pub(crate) fn person(&self) -> Option<Person> {
        self.view
            .session
            .with_untracked(|session| session.person().cloned())
    }

    /// Remembers what the store holds.
    pub(crate) fn note_stored(&self, stored: &Stored) {
        self.queue.borrow_mut().entries.clone_from(&stored.entries);
        self.device_total.set(stored.device_total);
        self.outbox_changed();
    }

    /// What is known of the store, when it cannot be asked.
    pub(crate) fn stored_as_known(&self) -> Stored {
        Stored {
            entries: self.queue.borrow().entries.clone(),
            shelf: self.view.shelf.with_untracked(|shelf| shelf.len()),
            device_total: self.device_total.get(),
            oldest_read_at: None,
        }
    }

    /// Counts of the outbox have changed.
    pub(crate) fn outbox_changed(&self) {
        let waiting = self.queue.borrow().entries.len();
        self.view.outbox.update(|outbox| {
            outbox.waiting = waiting;
            outbox.version += 1;
        });
    }

    /// Draws the round again now.
    pub(crate) fn draw_round(&self) {
        let _measure = Measure::start(marks::ROUND);
        self.round_due.set(false);
        let list = self.view.list.get_untracked();
        let round = round::build(&list, &self.queue.borrow(), entropy::now());
        self.view.round.set(Arc::new(round));
    }

    /// Draws the round again soon; changes in a row are drawn once.
    pub(crate) fn draw_round_soon(self: &Rc<Self>) {
        if self.round_due.replace(true) {
            return;
        }
        let core = Rc::clone(self);
        self.round_timer
            .replace(ROUND_DELAY_MS, move || core.draw_round());
    }

    /// The device's store does not open: said, because nothing can be saved.
    pub(crate) fn store_failed(&self) {
        self.view.trouble.set(Some(StoreTrouble::CannotOpen));
    }

    fn next_input(&self) -> Option<Input> {
        self.inputs.borrow_mut().pop_front()
    }

    fn publish(self: &Rc<Self>, status: Status) {
        if status.clock_offset.is_some() && status.clock_offset != self.clock_offset.get() {
            self.clock_offset.set(status.clock_offset);
            let core = Rc::clone(self);
            leptos::task::spawn_local(async move {
                core.cache
                    .keep(super::document::CLOCK, &core.clock_offset.get())
                    .await;
            });
        }
        if self.view.status.with_untracked(|known| *known != status) {
            self.view.status.set(status);
        }
    }
}
