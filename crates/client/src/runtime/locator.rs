//! Where the phone is, while a page wants to know.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use shared::position::Position;

use crate::adapters::position::Watch;

/// One page looks at a time; what it found goes with it.
#[derive(Default)]
pub(crate) struct Locator {
    watch: RefCell<Option<Watch>>,
    last: Rc<Cell<Option<Position>>>,
    visit: Cell<u32>,
}

impl Locator {
    /// Another page opens. Its number keeps the page before, which may close later, from stopping it.
    pub(crate) fn open(&self) -> u32 {
        self.visit.set(self.visit.get().wrapping_add(1));
        self.end();
        self.visit.get()
    }

    /// Begins to look, for the page with this number.
    pub(crate) fn start(&self, visit: u32) {
        if visit == self.visit.get() {
            let last = Rc::clone(&self.last);
            let watch = Watch::start(move |position| last.set(Some(position)));
            self.watch.replace(watch);
        }
    }

    /// Stops looking, for the page with this number, and forgets.
    pub(crate) fn stop(&self, visit: u32) {
        if visit == self.visit.get() {
            self.end();
        }
    }

    /// What is known at this moment.
    pub(crate) fn last(&self) -> Option<Position> {
        self.last.get()
    }

    fn end(&self) {
        self.watch.take();
        self.last.take();
    }
}
