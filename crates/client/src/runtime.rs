//! The handle that pages hold: what to show, as signals, and (in [`crate::actions`]) what to do.

pub mod view;

use leptos::prelude::*;
use shared::sync::status::{Status, Summary};
use std::sync::Arc;

use crate::view_state::{
    OutboxSummary, PhoneList, Round, SessionState, Settings, ShelfEntry, StorageState, StoreTrouble,
};
use view::View;

/// The running app. Copy it freely; pages get it by [`use_runtime`].
#[derive(Clone, Copy)]
pub struct Runtime {
    view: View,
}

/// The runtime that [`Runtime::start`] has put into the context.
pub fn use_runtime() -> Runtime {
    expect_context::<Runtime>()
}

impl Runtime {
    /// Opens the stores, starts the engine and provides the handle as context. Called once, by the app's frame.
    pub fn start() -> Self {
        let runtime = Self { view: View::new() };
        provide_context(runtime);
        runtime
    }

    /// Who works with the app.
    pub fn session(self) -> Signal<SessionState> {
        self.view.session.into()
    }

    /// What the status pill and the Sync screen show.
    pub fn status(self) -> Signal<Status> {
        self.view.status.into()
    }

    /// The list that look-ups and checks run against.
    pub fn list(self) -> Signal<Arc<PhoneList>> {
        self.view.list.into()
    }

    /// The round: the list, overlaid with what is on this phone.
    pub fn round(self) -> Signal<Arc<Round>> {
        self.view.round.into()
    }

    /// Counts of the outbox and a version that rises with each change.
    pub fn outbox(self) -> Signal<OutboxSummary> {
        self.view.outbox.into()
    }

    /// What needs attention, with both values.
    pub fn shelf(self) -> Signal<Arc<Vec<ShelfEntry>>> {
        self.view.shelf.into()
    }

    /// Runs of sync, newest first.
    pub fn history(self) -> Signal<Arc<Vec<Summary>>> {
        self.view.history.into()
    }

    /// The person's settings on this phone.
    pub fn settings(self) -> Signal<Settings> {
        self.view.settings.into()
    }

    /// What the browser says of this app's storage.
    pub fn storage(self) -> Signal<StorageState> {
        self.view.storage.into()
    }

    /// Trouble with the device's store that a person has to know of.
    pub fn trouble(self) -> Signal<Option<StoreTrouble>> {
        self.view.trouble.into()
    }

    /// A new version of the app is installed and waits for consent.
    pub fn update_available(self) -> Signal<bool> {
        self.view.update_available.into()
    }
}
