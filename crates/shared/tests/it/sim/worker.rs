//! The service worker: a third runner of the engine that needs no page, wakes when the browser likes and is ended when
//! the browser likes.

use shared::sync::event::{Hint, Input};

use super::event::Event;
use super::table::Fault;
use super::world::World;

/// A browser lets an event run for so long.
const EVENT_MAX_MS: u64 = 180_000;

impl World {
    /// The browser may tell the service worker.
    pub(super) fn background_sync(&mut self, phone: usize, percent: u64) {
        if self.phones[phone].worker.is_some() && !self.healed && self.chance.percent(percent) {
            let delay_ms = self.chance.below(5_000);
            self.plan(delay_ms, Event::WorkerWakes { phone });
        }
    }

    /// The sync event.
    pub(super) fn wake_worker(&mut self, phone: usize) {
        let Some(worker) = self.phones[phone].worker else {
            return;
        };
        if self.phones[phone].tabs[worker].is_alive {
            self.step(phone, worker, Input::Hint(Hint::Background));
            return;
        }
        self.open_tab(phone, worker);
        if !self.healed {
            let life = self.phones[phone].tabs[worker].life;
            let delay_ms = self.chance.between(300, EVENT_MAX_MS);
            self.plan(delay_ms, Event::WorkerDies { phone, life });
        }
    }

    pub(super) fn end_worker(&mut self, phone: usize, life: u32) {
        let Some(worker) = self.phones[phone].worker else {
            return;
        };
        let tab = &self.phones[phone].tabs[worker];
        if tab.is_alive && tab.life == life {
            self.met(Fault::WorkerDies, phone);
            self.let_die(phone, worker);
        }
    }
}
