//! Settings, storage and updates.

use leptos::prelude::*;

use super::UpdateError;
use crate::adapters::persist;
use crate::runtime::{Runtime, document, session, update};
use crate::view_state::{Settings, StorageState};

impl Runtime {
    /// Applies settings at once, so that the next change begins with them, and keeps them.
    pub fn set_settings(self, settings: Settings) -> impl Future<Output = ()> {
        let core = self.core();
        core.view.settings.set(settings.clone());
        core.driver().set_settings(session::sync_settings(&settings));
        async move {
            if let Some(person) = core.person() {
                core.cache
                    .keep(&document::settings(&person.username), &settings)
                    .await;
            }
        }
    }

    /// Asks the browser to protect the storage; call it from a tap.
    pub async fn request_persist(self) -> StorageState {
        let state = persist::request().await;
        self.core().view.storage.set(state);
        state
    }

    /// Starts the waiting version; this page and all others reload when it is in charge.
    pub async fn apply_update(self) -> Result<(), UpdateError> {
        update::apply(&self.core()).await
    }
}
