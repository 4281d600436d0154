//! What the page shows: loaded at the start, and again soon after anything was heard of a phone.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::DeviceId;
use shared::timestamp::Timestamp;
use shared::wire::devices::DeviceList;

use super::standing::Asked;
use crate::adapters::{api, entropy};
use crate::components::outcome::Outcome;
use crate::subscription;
use ui::api::ApiError;

/// A drain tells of many items in a row: the list is loaded once for all of them.
const RELOAD_DELAY: Duration = Duration::from_millis(700);
/// Ages are shown in minutes.
const CLOCK_STEP: Duration = Duration::from_secs(30);

/// The page's state; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Store {
    /// `None` before the first answer.
    pub(super) list: RwSignal<Option<DeviceList>>,
    pub(super) trouble: RwSignal<Option<ApiError>>,
    /// What ages are reckoned from.
    pub(super) now: RwSignal<Timestamp>,
    /// What came of what was done here last.
    pub(super) outcome: RwSignal<Option<Outcome>>,
    /// What an admin is asked about, while `asking`.
    pub(super) asked: RwSignal<Option<Asked>>,
    pub(super) asking: RwSignal<bool>,
    /// The row whose button had the focus: phone and person.
    pub(super) returns_to: RwSignal<Option<(DeviceId, String)>>,
    reload_due: StoredValue<bool>,
}

impl Store {
    /// Loads the list and follows what is heard of phones until the page is left.
    pub(super) fn begin() -> Self {
        let store = Self {
            list: RwSignal::default(),
            trouble: RwSignal::default(),
            now: RwSignal::new(entropy::now()),
            outcome: RwSignal::default(),
            asked: RwSignal::default(),
            asking: RwSignal::default(),
            returns_to: RwSignal::default(),
            reload_due: StoredValue::new(false),
        };
        store.reload();
        // Each begin of the stream: what happened before it was not heard.
        subscription::follow_from_now(move || store.reload(), move |_| store.reload_soon());
        let clock = set_interval_with_handle(
            move || {
                store.now.try_set(entropy::now());
            },
            CLOCK_STEP,
        );
        on_cleanup(move || {
            if let Ok(clock) = clock {
                clock.clear();
            }
        });
        store
    }

    /// Loads the list now.
    pub(super) fn reload(self) {
        spawn_local(async move {
            let result = api::devices().await;
            // The page may be gone by now.
            self.now.try_set(entropy::now());
            match result {
                Ok(list) => {
                    self.trouble.try_set(None);
                    self.list.try_set(Some(list));
                }
                Err(error) => drop(self.trouble.try_set(Some(error))),
            }
        });
    }

    fn reload_soon(self) {
        let is_due = self.reload_due.try_get_value() != Some(false);
        if is_due {
            return;
        }
        self.reload_due.set_value(true);
        set_timeout(
            move || {
                if self.reload_due.try_set_value(false).is_none() {
                    self.reload();
                }
            },
            RELOAD_DELAY,
        );
    }
}
