//! When the progress of a run is drawn: small steps not more often than anybody can read.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use shared::sync::status::Status;

use crate::adapters::entropy::monotonic_ms;
use crate::adapters::timer::Timer;
use crate::runtime::core::Core;

/// Small steps are drawn at most this often: what drawing takes is missing to the run.
const SMALL_STEPS_MS: f64 = 200.0;
/// From so many percent on a step is not small.
const LARGE_STEP_PERCENT: u8 = 10;

/// Draws the status of the engine and the counts of the outbox.
#[derive(Default)]
pub(super) struct Pace {
    /// As it was after the last step, drawn or not.
    latest: RefCell<Status>,
    drawn: Rc<Drawn>,
    timer: Timer,
}

/// When something was drawn last, and what has happened since.
#[derive(Default)]
struct Drawn {
    at_ms: Cell<f64>,
    is_due: Cell<bool>,
    outbox_is_due: Cell<bool>,
}

impl Pace {
    /// The status is this now. Gives the one before; `None` where that was the same and is drawn.
    pub(super) fn note(&self, core: &Core, status: &Status) -> Option<Status> {
        let known = self.latest.replace(status.clone());
        let is_drawn = core.view.status.with_untracked(|drawn| drawn == status);
        (known != *status || !is_drawn).then_some(known)
    }

    /// Draws this status now, or with what follows.
    pub(super) fn draw(&self, core: &Rc<Core>, status: &Status) {
        let since_ms = monotonic_ms() - self.drawn.at_ms.get();
        let shown = core.view.status;
        match shown.with_untracked(|shown| wait_ms(shown, status, since_ms)) {
            Some(wait_ms) => self.draw_in(core, wait_ms),
            None => self.drawn.draw(core, status.clone()),
        }
    }

    /// The counts of the outbox are others; the status that says so follows.
    pub(super) fn outbox_changed(&self, core: &Rc<Core>) {
        self.drawn.outbox_is_due.set(true);
        self.draw_in(core, SMALL_STEPS_MS);
    }

    /// The last step of many is drawn as well.
    fn draw_in(&self, core: &Rc<Core>, wait_ms: f64) {
        if self.drawn.is_due.replace(true) {
            return;
        }
        let (core, drawn) = (Rc::downgrade(core), Rc::clone(&self.drawn));
        self.timer.replace(wait_ms.ceil() as i64, move || {
            if drawn.is_due.get()
                && let Some(core) = core.upgrade()
            {
                drawn.draw(&core, core.driver().status());
            }
        });
    }
}

impl Drawn {
    fn draw(&self, core: &Core, status: Status) {
        self.is_due.set(false);
        self.at_ms.set(monotonic_ms());
        if self.outbox_is_due.replace(false) {
            core.outbox_changed();
        }
        core.view.status.set(status);
    }
}

/// How long a status can wait whose predecessor is shown since so long; `None`: it is drawn at once.
fn wait_ms(shown: &Status, status: &Status, since_ms: f64) -> Option<f64> {
    let (before, now) = (shown.progress.as_ref()?, status.progress.as_ref()?);
    let is_small = before.step == now.step && now.percent().abs_diff(before.percent()) < LARGE_STEP_PERCENT;
    Some(SMALL_STEPS_MS - since_ms).filter(|wait_ms| is_small && *wait_ms > 0.0)
}

#[cfg(test)]
mod tests {
    use shared::sync::status::{Progress, Step};
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn sending(synced: usize) -> Status {
        at(Step::Sending, synced)
    }

    fn at(step: Step, synced: usize) -> Status {
        let progress = Progress {
            step,
            synced,
            total: 100,
            ..Progress::default()
        };
        Status {
            progress: Some(progress),
            ..Status::default()
        }
    }

    #[test]
    fn a_small_step_waits_until_the_one_before_was_seen() {
        assert_eq!(wait_ms(&sending(20), &sending(25), 30.0), Some(170.0));
        assert_eq!(wait_ms(&sending(20), &sending(25), 200.0), None);
    }

    #[test]
    fn a_large_step_another_step_and_begin_and_end_are_drawn_at_once() {
        assert_eq!(wait_ms(&sending(20), &sending(30), 0.0), None);
        assert_eq!(wait_ms(&sending(100), &at(Step::Confirming, 100), 0.0), None);
        assert_eq!(wait_ms(&Status::default(), &sending(0), 0.0), None);
        assert_eq!(wait_ms(&sending(100), &Status::default(), 0.0), None);
    }
}
