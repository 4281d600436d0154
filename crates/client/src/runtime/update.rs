//! A new version of the app: when it may take over, and what each tab does then.
//!
//! It never takes over during a drain or over a half-typed form, in whatever tab: the tab that asks for it holds the
//! locks of both until it is reloaded.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::core::Core;
use crate::actions::UpdateError;
use crate::adapters::tab_lock::{self, HeldLock};
use crate::adapters::timer::Timer;
use crate::adapters::update::Versions;

/// A new version that has not taken over by then never will; the locks are given back.
const HAND_OVER_MS: i64 = 20_000;

/// What is under way.
#[derive(Default)]
pub(crate) struct HandOver {
    reload_due: Cell<bool>,
    locks: RefCell<Option<[HeldLock; 2]>>,
    timer: Timer,
}

/// Starts the waiting version unless something is in the way here, in another tab or in the service worker.
pub(crate) async fn apply(core: &Rc<Core>) -> Result<(), UpdateError> {
    if core.status().progress.is_some() {
        return Err(UpdateError::SyncRuns);
    }
    if core.form_open.get() {
        return Err(UpdateError::FormOpen);
    }
    let worker = core.worker.borrow().clone();
    let worker = worker
        .filter(|worker| worker.has_waiting())
        .ok_or(UpdateError::NothingWaits)?;
    let drain = tab_lock::try_take().await.ok_or(UpdateError::SyncRuns)?;
    let typing = tab_lock::forbid_typing().await.ok_or(UpdateError::FormOpen)?;
    if !worker.apply() {
        return Err(UpdateError::NothingWaits);
    }
    core.update.locks.replace(Some([drain, typing]));
    let giving_up = Rc::clone(core);
    core.update
        .timer
        .replace(HAND_OVER_MS, move || drop(giving_up.update.locks.take()));
    Ok(())
}

/// Reloads a page of an old version as soon as nothing is in the way.
pub(crate) fn reload_if_due(core: &Core) {
    let in_the_way = core.form_open.get() || core.status().progress.is_some();
    if core.update.reload_due.get() && !in_the_way {
        core.update.reload_due.set(false);
        // What cannot be reloaded goes on as it is: an old app is served by a new server.
        let _ = window().location().reload();
    }
}

/// What a page hears of versions.
#[derive(Clone)]
pub(crate) struct OfPage(pub(crate) Weak<Core>);

impl Versions for OfPage {
    fn waits(&self) {
        if let Some(core) = self.0.upgrade() {
            core.view.update_available.set(true);
        }
    }

    fn took_over(&self) {
        if let Some(core) = self.0.upgrade() {
            core.update.reload_due.set(true);
            reload_if_due(&core);
        }
    }
}

/// Whether a form is half typed here; the other tabs see it by a lock.
pub(crate) struct FormOpen {
    core: Weak<Core>,
    open: Cell<bool>,
    lock: RefCell<Option<HeldLock>>,
}

impl FormOpen {
    /// Of this page.
    pub(crate) fn of(core: &Weak<Core>) -> Self {
        Self {
            core: Weak::clone(core),
            open: Cell::default(),
            lock: RefCell::default(),
        }
    }

    /// Whether one is.
    pub(crate) fn get(&self) -> bool {
        self.open.get()
    }

    /// One is begun, or saved or dropped.
    pub(crate) fn set(&self, open: bool) {
        if self.open.replace(open) == open {
            return;
        }
        let Some(core) = self.core.upgrade() else { return };
        if open {
            spawn_local(async move {
                let lock = tab_lock::say_typing().await;
                if core.form_open.get() {
                    core.form_open.lock.replace(lock);
                }
            });
        } else {
            drop(self.lock.take());
            // After the action that closed it has had its say.
            spawn_local(async move { reload_if_due(&core) });
        }
    }
}
