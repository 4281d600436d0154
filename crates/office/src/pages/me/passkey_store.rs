//! What the card of passkeys shows, and what is done with them.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::wire::passkeys::{MadePasskey, NewPasskey, PasskeyList, PasskeyRow, passkey_name};
use ui::api::ApiError;

use crate::adapters::authenticator::{self, Declined};
use crate::adapters::passkeys;
use crate::components::trouble::office_error;
use crate::wording::{Wording, use_wording};

/// What came of what was done, in words.
type Said = Result<String, String>;

/// The card's state; copied freely.
#[derive(Clone, Copy)]
pub(super) struct PasskeyStore {
    /// Nothing until the server has answered.
    pub(super) list: RwSignal<Option<PasskeyList>>,
    pub(super) adding: RwSignal<bool>,
    /// The browser or the server is at work.
    pub(super) working: RwSignal<bool>,
    pub(super) asking: RwSignal<Option<Arc<PasskeyRow>>>,
    pub(super) outcome: RwSignal<Option<Said>>,
    /// What handlers of events say: they run where no context is.
    wording: &'static Wording,
}

impl PasskeyStore {
    /// Loads the list.
    pub(super) fn begin() -> Self {
        let store = Self {
            list: RwSignal::default(),
            adding: RwSignal::default(),
            working: RwSignal::default(),
            asking: RwSignal::default(),
            outcome: RwSignal::default(),
            wording: use_wording(),
        };
        store.load();
        store
    }

    /// Adds one by the browser, after the password was asked for once more.
    pub(super) fn add(self, name: String, password: String) {
        if self.working.get_untracked() {
            return;
        }
        let words = self.wording.passkeys();
        self.outcome.set(None);
        let Some(name) = passkey_name(&name).map(str::to_owned) else {
            self.outcome.set(Some(Err(words.name_empty.to_owned())));
            return;
        };
        self.working.set(true);
        spawn_local(async move {
            let made = self.made(name, password).await;
            // The page may have been left meanwhile.
            self.working.try_set(false);
            if made.is_ok() {
                self.adding.try_set(false);
                self.load();
            }
            self.outcome.try_set(Some(made));
        });
    }

    /// Removes one.
    pub(super) fn remove(self, row: Arc<PasskeyRow>) {
        self.outcome.set(None);
        spawn_local(async move {
            let words = self.wording.passkeys();
            let answer = passkeys::remove(&row.id).await;
            let said = answer.map(|()| (words.removed)(&row.name));
            self.outcome
                .try_set(Some(said.map_err(|error| office_error(&error, self.wording))));
            self.load();
        });
    }

    async fn made(self, name: String, password: String) -> Said {
        let words = self.wording.passkeys();
        let refused = |error: ApiError| self.refusal(&error);
        let begun = passkeys::begin_adding(&NewPasskey { password })
            .await
            .map_err(refused)?;
        let credential = authenticator::make(&begun.options).await;
        let credential = credential.map_err(|why| {
            let text = match why {
                Declined::Cancelled => words.cancelled,
                Declined::KnownHere => words.known_here,
                Declined::NotPossible => words.not_possible,
                Declined::Failed => words.failed,
            };
            text.to_owned()
        })?;
        let made = MadePasskey {
            ceremony: begun.ceremony,
            name,
            credential,
        };
        let row = passkeys::add(&made).await.map_err(refused)?;
        Ok((words.added)(&row.name))
    }

    fn refusal(self, error: &ApiError) -> String {
        let words = self.wording.passkeys();
        let ApiError::Refused { status, code } = error else {
            return office_error(error, self.wording);
        };
        let said = match (status, code.as_str()) {
            (429, _) => self.wording.password.too_often,
            (_, "present_password_wrong") => self.wording.password.wrong,
            (_, "passkeys_enough") => words.enough,
            (_, "passkeys_off") => words.off,
            (_, "bad_passkey_name") => words.name_empty,
            (_, "passkey_refused" | "passkey_known") => words.refused,
            _ => return office_error(error, self.wording),
        };
        said.to_owned()
    }

    fn load(self) {
        spawn_local(async move {
            match passkeys::own().await {
                Ok(list) => drop(self.list.try_set(Some(list))),
                Err(error) => drop(
                    self.outcome
                        .try_set(Some(Err(office_error(&error, self.wording)))),
                ),
            }
        });
    }
}
