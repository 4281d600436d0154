//! Settings, storage and updates.

use leptos::prelude::*;
use shared::sync::event::Input;

use super::UpdateError;
use crate::adapters::persist;
use crate::runtime::{Runtime, document, session};
use crate::view_state::{Settings, StorageState};

impl Runtime {
    /// Keeps and applies settings.
    pub async fn set_settings(self, settings: Settings) {
        let core = self.core();
        core.view.settings.set(settings.clone());
        core.dispatch(Input::Settings(session::sync_settings(&settings)));
        if let Some(person) = core.person() {
            core.cache
                .keep(&document::settings(&person.username), &settings)
                .await;
        }
    }

    /// Asks the browser to protect the storage; call it from a tap.
    pub async fn request_persist(self) -> StorageState {
        let state = persist::request().await;
        self.core().view.storage.set(state);
        state
    }

    /// Starts the waiting version; the page reloads when it is in charge.
    pub async fn apply_update(self) -> Result<(), UpdateError> {
        let core = self.core();
        if core
            .view
            .status
            .with_untracked(|status| status.progress.is_some())
        {
            return Err(UpdateError::SyncRuns);
        }
        if core.form_open.get() {
            return Err(UpdateError::FormOpen);
        }
        let worker = core.worker.borrow().clone();
        match worker {
            Some(worker) if worker.apply() => Ok(()),
            _ => Err(UpdateError::NothingWaits),
        }
    }
}
