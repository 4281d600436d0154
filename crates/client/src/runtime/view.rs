//! The one view state: written only by the runtime, read by every page.

use std::sync::Arc;

use leptos::prelude::{RwSignal, Set};
use shared::sync::history::History;
use shared::sync::status::Status;

use super::directory::Directory;
use crate::view_state::{
    OutboxSummary, OwnPassword, PhoneList, Round, RoundFilter, SessionState, Settings, ShelfEntry,
    StorageState, StoreTrouble,
};

/// One signal for each part of the screen that changes by itself.
#[derive(Clone, Copy)]
pub(crate) struct View {
    pub(crate) session: RwSignal<SessionState>,
    pub(crate) status: RwSignal<Status>,
    pub(crate) list: RwSignal<Arc<PhoneList>>,
    pub(crate) directory: RwSignal<Option<Arc<Directory>>>,
    pub(crate) round: RwSignal<Arc<Round>>,
    pub(crate) round_filter: RwSignal<RoundFilter>,
    pub(crate) outbox: RwSignal<OutboxSummary>,
    pub(crate) shelf: RwSignal<Arc<Vec<ShelfEntry>>>,
    pub(crate) history: RwSignal<Arc<History>>,
    pub(crate) settings: RwSignal<Settings>,
    pub(crate) storage: RwSignal<StorageState>,
    pub(crate) trouble: RwSignal<Option<StoreTrouble>>,
    pub(crate) revoked: RwSignal<bool>,
    pub(crate) own_password: RwSignal<OwnPassword>,
    pub(crate) update_available: RwSignal<bool>,
}

impl View {
    pub(crate) fn new() -> Self {
        Self {
            session: RwSignal::default(),
            status: RwSignal::default(),
            list: RwSignal::default(),
            directory: RwSignal::default(),
            round: RwSignal::default(),
            round_filter: RwSignal::default(),
            outbox: RwSignal::default(),
            shelf: RwSignal::default(),
            history: RwSignal::default(),
            settings: RwSignal::default(),
            storage: RwSignal::default(),
            trouble: RwSignal::default(),
            revoked: RwSignal::default(),
            own_password: RwSignal::default(),
            update_available: RwSignal::default(),
        }
    }
}

/// Nobody's view: what belonged to a person is gone from the screen.
pub(crate) fn clear(view: View) {
    view.status.set(Status::default());
    view.list.set(Arc::default());
    view.directory.set(None);
    view.round.set(Arc::default());
    view.round_filter.set(RoundFilter::default());
    view.outbox.set(OutboxSummary::default());
    view.shelf.set(Arc::default());
    view.history.set(Arc::default());
    view.settings.set(Settings::default());
    view.revoked.set(false);
    view.own_password.set(OwnPassword::Chosen);
}
