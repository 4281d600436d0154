//! What runs in a page: the driver, and beside it what only a screen needs.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use phone::driver::Driver;
use shared::id::ItemId;
use shared::sync::event::{Entry, Hint, Input};
use shared::wire::list::MeterPointRow;
use shared::zone::Zone;

use super::locator::Locator;
use super::round::{self, Codes};
use super::screen::Screen;
use super::update::{FormOpen, HandOver};
use super::view::View;
use super::walk::Walks;
use crate::adapters::entropy;
use crate::adapters::marks::{self, Measure};
use crate::adapters::timer::Timer;
use crate::adapters::update::Worker;
use crate::view_state::{PhoneList, StoreTrouble};

/// Changes of the round that come in a row are drawn once.
const ROUND_DELAY_MS: i64 = 150;

/// The parts of the running app. The driver's parts are reached through it as if they were its own.
pub(crate) struct Core {
    pub(crate) view: View,
    pub(crate) worker: RefCell<Option<Worker>>,
    pub(crate) page_session: String,
    pub(crate) form_open: FormOpen,
    pub(crate) update: HandOver,
    /// Forms that are being saved.
    pub(crate) saving: RefCell<BTreeSet<ItemId>>,
    /// Forms that were saved since the page was opened: a second tap finds them even when they are sent already.
    pub(crate) saved: RefCell<HashMap<ItemId, Entry>>,
    /// The list that is being made ready for being searched.
    pub(crate) indexing: RefCell<Option<Arc<PhoneList>>>,
    /// What the rows of the list are found by in the queue.
    pub(crate) codes: RefCell<Codes>,
    /// Walking orders that were changed here.
    pub(crate) walks: Walks,
    /// Where the phone is, while a form is open and the person wants it to say so.
    pub(crate) locator: Locator,
    driver: Rc<Driver>,
    generation: Cell<u32>,
    round_timer: Timer,
    round_due: Cell<bool>,
}

impl Deref for Core {
    type Target = Driver;

    fn deref(&self) -> &Driver {
        &self.driver
    }
}

impl Core {
    pub(crate) fn new(view: View) -> Rc<Self> {
        Rc::new_cyclic(|core| Self {
            view,
            worker: RefCell::default(),
            page_session: format!("{:016x}", u64::from_le_bytes(entropy::random_bytes())),
            form_open: FormOpen::of(core),
            update: HandOver::default(),
            saving: RefCell::default(),
            saved: RefCell::default(),
            indexing: RefCell::default(),
            codes: RefCell::default(),
            walks: Walks::default(),
            locator: Locator::default(),
            driver: Driver::new(Box::new(Screen::of(core))),
            generation: Cell::default(),
            round_timer: Timer::default(),
            round_due: Cell::default(),
        })
    }

    /// Tells the engine, and carries out what it asks for.
    pub(crate) fn dispatch(&self, input: Input) {
        match input {
            // The service worker has to know them as well.
            Input::Settings(settings) => self.driver.set_settings(settings),
            input => self.driver.dispatch(input),
        }
    }

    /// A hint, as an input.
    pub(crate) fn hint(&self, hint: Hint) {
        self.driver.hint(hint);
    }

    /// The driver itself.
    pub(crate) fn driver(&self) -> &Rc<Driver> {
        &self.driver
    }

    /// Numbers the persons that were signed in since the page was opened.
    pub(crate) fn generation(&self) -> u32 {
        self.generation.get()
    }

    /// Work in the background for an earlier person ends.
    pub(crate) fn begin_generation(&self) {
        self.generation.set(self.generation.get().wrapping_add(1));
    }

    /// Counts of the outbox have changed.
    pub(crate) fn outbox_changed(&self) {
        let waiting = self.queue.borrow().entries.len();
        self.view.outbox.update(|outbox| {
            outbox.waiting = waiting;
            outbox.version += 1;
        });
    }

    /// A row of the list, with the meter that sits there after the exchanges of this phone, `own` left out.
    pub(crate) fn row_of(&self, point_id: &str, own: ItemId) -> Option<Arc<MeterPointRow>> {
        let list = self.view.list.get_untracked();
        let row = list.row(point_id)?;
        let zone = list
            .property(&row.property_code)
            .map_or_else(Zone::utc, Zone::of_property);
        let exchanges = &self.queue.borrow().exchanges;
        Some(exchanges.row(row, Some(own), list.refreshed_at, &zone, &list.settings))
    }

    /// Draws the round again now.
    pub(crate) fn draw_round(&self) {
        let _measure = Measure::start(marks::ROUND);
        self.round_due.set(false);
        let list = self.view.list.get_untracked();
        let codes = &mut self.codes.borrow_mut();
        let order = self.walks.order_of(&list);
        let round = round::build(&list, &order, codes, &self.queue.borrow(), entropy::now());
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

    /// Asks the browser to send what waits even when this page is gone.
    pub(crate) fn ask_for_background(&self) {
        if let Some(worker) = self.worker.borrow().as_ref() {
            worker.ask_for_background();
        }
    }

    /// The device's store does not open: said, because nothing can be saved.
    pub(crate) fn store_failed(&self) {
        self.view.trouble.set(Some(StoreTrouble::CannotOpen));
    }
}
