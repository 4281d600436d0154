//! What the driver tells the page: written into the signals that pages read.

mod pace;

use std::rc::{Rc, Weak};
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use pace::Pace;
use phone::adapters::outbox_store::Answered;
use phone::listener::Listener;
use shared::sync::event::{PeerMessage, Stored};
use shared::sync::history::History;
use shared::sync::status::{Outcome, Status};

use super::core::Core;
use super::session::{self, Read};
use super::shelf::load_shelf;
use super::{update, walk};
use crate::view_state::PhoneList;

/// Listens for the page.
pub(crate) struct Screen {
    core: Weak<Core>,
    pace: Pace,
}

impl Screen {
    /// The listener of this page's parts.
    pub(crate) fn of(core: &Weak<Core>) -> Self {
        Self {
            core: Weak::clone(core),
            pace: Pace::default(),
        }
    }

    fn with(&self, show: impl FnOnce(&Rc<Core>)) {
        if let Some(core) = self.core.upgrade() {
            show(&core);
        }
    }
}

impl Listener for Screen {
    fn stepped(&self, status: &Status) {
        self.with(|core| {
            let Some(known) = self.pace.note(core, status) else {
                return;
            };
            if needs_background(&known, status) {
                core.ask_for_background();
            }
            if known.progress.is_some() && status.progress.is_none() {
                walk::tell(core);
            }
            self.pace.draw(core, status);
            update::reload_if_due(core);
        });
    }

    fn stored(&self, stored: &Stored, is_news: bool) {
        self.with(|core| {
            if is_news {
                core.outbox_changed();
            }
            let shelf_changed = core
                .view
                .outbox
                .with_untracked(|shown| shown.shelf != stored.shelf);
            if shelf_changed {
                show_shelf(core);
            }
        });
    }

    fn settled(&self, answered: &Answered<'_>) {
        self.with(|core| {
            self.pace.outbox_changed(core);
            core.draw_round_soon();
            if !answered.shelf.is_empty() {
                show_shelf(core);
            }
        });
    }

    fn photos(&self) {
        self.with(|core| core.outbox_changed());
    }

    fn list(&self, list: &Arc<PhoneList>) {
        self.with(|core| {
            core.view.list.set(Arc::clone(list));
            walk::list_came(core);
            // The first list is shown at once; a later one has time until the batches are on their way.
            if core.view.round.with_untracked(|round| round.rows.is_empty()) {
                core.draw_round();
            } else {
                core.draw_round_soon();
            }
        });
    }

    fn history(&self, history: History) {
        self.with(|core| core.view.history.set(Arc::new(history)));
    }

    fn revoked(&self, revoked: bool) {
        self.with(|core| core.view.revoked.set(revoked));
    }

    fn heard(&self, message: &PeerMessage) {
        let read = match message {
            // Away from the network this is every attempt of the service worker: nothing is read for it but the history.
            PeerMessage::Finished(summary) if summary.changed_nothing() => Read::History,
            PeerMessage::Finished(summary) if summary.batches == 0 => Read::Documents,
            PeerMessage::Finished(_) => Read::Everything,
            PeerMessage::OutboxChanged => Read::Outbox,
            _ => return,
        };
        self.with(|core| {
            let core = Rc::clone(core);
            spawn_local(async move { session::read_again(&core, read).await });
        });
    }

    fn store_failed(&self) {
        self.with(|core| core.store_failed());
    }
}

/// Something was saved, or a run has left something waiting: it may come to pass that no page is open when it can be sent.
/// What a person has stopped is not taken up again behind their back.
fn needs_background(known: &Status, status: &Status) -> bool {
    let run_ended = known.progress.is_some() && status.progress.is_none();
    let stopped = status
        .last
        .as_ref()
        .is_some_and(|last| last.outcome == Outcome::Stopped);
    let photos_wait = status.photos > 0 && status.photos_wait.is_none();
    let left = status.waiting > 0 || photos_wait;
    status.waiting > known.waiting || (run_ended && left && !stopped)
}

fn show_shelf(core: &Rc<Core>) {
    let Some(person) = core.person() else { return };
    let core = Rc::clone(core);
    spawn_local(async move { load_shelf(&core, &person.username).await });
}
