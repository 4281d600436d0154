//! A list of what waits for a decision: one entry is looked at, and when it is decided the next one is.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;
use shared::wire::event::OfficeEvent;
use shared::wire::office::ReadingRow;
use shared::wire::open_decisions::OpenDecisionsQuery;
use ui::api::ApiError;
use wasm_bindgen::JsCast;

use crate::components::outcome::Outcome;
use crate::open_counts::{OpenCounts, use_open_counts};
use crate::subscription;
use crate::wording::{Wording, use_wording};

/// One entry of such a list.
pub(crate) trait Entry: Clone + PartialEq + Send + Sync + 'static {
    /// The receipt by which it is named.
    fn receipt_seq(&self) -> i64;

    /// Whether something that happened to a reading is about this list.
    fn concerns(row: &ReadingRow, known: &[Arc<Self>]) -> bool;

    /// A page: entries, how many there are in all, and where the next page begins.
    async fn load(query: &OpenDecisionsQuery) -> Result<(Vec<Self>, i64, Option<String>), ApiError>;
}

/// The list's state; copied freely.
pub(crate) struct Waiting<T: Entry> {
    pub(crate) property: Memo<Option<String>>,
    pub(crate) rows: RwSignal<Vec<Arc<T>>>,
    pub(crate) total: RwSignal<i64>,
    pub(crate) next: RwSignal<Option<String>>,
    pub(crate) loading: RwSignal<bool>,
    pub(crate) trouble: RwSignal<Option<ApiError>>,
    /// What is looked at, by its receipt.
    pub(crate) cursor: RwSignal<Option<i64>>,
    pub(crate) outcome: RwSignal<Option<Outcome>>,
    /// A decision is on its way.
    pub(crate) busy: RwSignal<bool>,
    stale: RwSignal<bool>,
    counts: OpenCounts,
    /// What handlers of events say: they run where no context is.
    pub(crate) wording: &'static Wording,
}

impl<T: Entry> Clone for Waiting<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Entry> Copy for Waiting<T> {}

impl<T: Entry> Waiting<T> {
    /// Loads the first page of the address's property, and again whenever it changes or something arrives.
    pub(crate) fn begin() -> Self {
        let address = use_query_map();
        let store = Self {
            property: Memo::new(move |_| address.read().get("property").filter(|it| !it.is_empty())),
            rows: RwSignal::default(),
            total: RwSignal::default(),
            next: RwSignal::default(),
            loading: RwSignal::new(false),
            trouble: RwSignal::default(),
            cursor: RwSignal::default(),
            outcome: RwSignal::default(),
            busy: RwSignal::default(),
            stale: RwSignal::default(),
            counts: use_open_counts(),
            wording: use_wording(),
        };
        // The rows come from the server, outside of the signals.
        Effect::new(move || {
            store.property.track();
            store.reload();
        });
        subscription::follow_from_now(move || store.reload(), move |event| store.take_event(&event));
        store
    }

    /// What is looked at.
    pub(crate) fn chosen(self) -> Option<Arc<T>> {
        let cursor = self.cursor.get()?;
        self.rows
            .read()
            .iter()
            .find(|it| it.receipt_seq() == cursor)
            .cloned()
    }

    /// Looks at another entry.
    pub(crate) fn step(self, by: isize) {
        let next = self.rows.with_untracked(|rows| {
            let cursor = self.cursor.get_untracked();
            let now = rows.iter().position(|it| Some(it.receipt_seq()) == cursor)?;
            let place = now.saturating_add_signed(by).min(rows.len().saturating_sub(1));
            rows.get(place).map(|it| it.receipt_seq())
        });
        if next.is_some() {
            self.cursor.set(next);
        }
    }

    /// What came of a decision: a decided entry leaves, and the next one is looked at.
    pub(crate) fn settle(self, receipt_seq: i64, outcome: Outcome) {
        if self.busy.try_set(false).is_some() {
            // The page is gone.
            return;
        }
        let refused = matches!(&outcome, Err(ApiError::Refused { .. }));
        if outcome.is_ok() {
            self.forget(receipt_seq);
        } else if refused {
            // Somebody else may have decided, or something has changed: what is shown is loaded again.
            self.reload();
        }
        self.outcome.set(Some(outcome));
        self.counts.refresh();
    }

    /// Loads the first page; what is looked at stays, if it is still there.
    pub(crate) fn reload(self) {
        self.load(None);
    }

    /// Loads the next page below.
    pub(crate) fn load_more(self) {
        if let Some(after) = self.next.get_untracked() {
            self.load(Some(after));
        }
    }

    fn take_event(self, event: &OfficeEvent) {
        let matters = match event {
            OfficeEvent::Item { row, .. } => self
                .rows
                .try_with_untracked(|rows| T::concerns(row, rows))
                .unwrap_or(false),
            OfficeEvent::Reload => true,
            OfficeEvent::Device { .. } | OfficeEvent::Period { .. } => false,
        };
        if matters {
            self.reload();
        }
    }

    fn forget(self, receipt_seq: i64) {
        let place = self
            .rows
            .with_untracked(|rows| rows.iter().position(|it| it.receipt_seq() == receipt_seq));
        let Some(place) = place else { return };
        self.rows.update(|rows| drop(rows.remove(place)));
        self.total.update(|total| *total -= 1);
        self.look_at(place);
        if self.rows.with_untracked(Vec::is_empty) {
            self.reload();
        }
    }

    fn look_at(self, place: usize) {
        let cursor = self.rows.with_untracked(|rows| {
            let row = rows.get(place).or(rows.last());
            row.map(|it| it.receipt_seq())
        });
        self.cursor.set(cursor);
    }

    fn load(self, after: Option<String>) {
        if self.loading.try_get_untracked() != Some(false) {
            self.stale.try_set(true);
            return;
        }
        self.loading.set(true);
        let query = OpenDecisionsQuery {
            property: self.property.get_untracked(),
            after,
            limit: None,
        };
        spawn_local(async move {
            let answer = T::load(&query).await;
            // The page was left.
            let Some(property) = self.property.try_get_untracked() else {
                return;
            };
            self.loading.set(false);
            if property == query.property {
                self.take(&query, answer);
            } else {
                self.stale.set(true);
            }
            if self.stale.get_untracked() {
                self.stale.set(false);
                self.reload();
            }
        });
    }

    fn take(self, query: &OpenDecisionsQuery, answer: Result<(Vec<T>, i64, Option<String>), ApiError>) {
        let (rows, total, next) = match answer {
            Ok(page) => page,
            Err(error) => {
                self.trouble.set(Some(error));
                return;
            }
        };
        self.trouble.set(None);
        self.total.set(total);
        self.next.set(next);
        let new = rows.into_iter().map(Arc::new);
        if query.after.is_some() {
            self.rows.update(|rows| rows.extend(new));
            return;
        }
        let cursor = self.cursor.get_untracked();
        let before = self
            .rows
            .with_untracked(|rows| rows.iter().position(|it| Some(it.receipt_seq()) == cursor));
        let new: Vec<Arc<T>> = new.collect();
        let is_there = new.iter().any(|it| Some(it.receipt_seq()) == cursor);
        // An entry that is as it was is not drawn again: somebody may be typing beside it.
        let same = self.rows.with_untracked(|rows| *rows == new);
        if !same {
            self.rows.set(new);
        }
        if !is_there {
            self.look_at(before.unwrap_or(0));
        }
    }
}

/// The key that was pressed while nobody types, with the others that the page has in common.
pub(crate) fn on_key<T: Entry>(store: Waiting<T>, handle: impl Fn(&str) -> bool + 'static) {
    let listening = window_event_listener(leptos::ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event) {
            return;
        }
        let key = event.key();
        let handled = match key.as_str() {
            "j" | "ArrowDown" => {
                store.step(1);
                true
            }
            "k" | "ArrowUp" => {
                store.step(-1);
                true
            }
            key => handle(key),
        };
        if handled {
            event.prevent_default();
        }
    });
    on_cleanup(move || listening.remove());
}

/// Whether a key was pressed in a field.
pub(crate) fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let name = target.map(|element| element.tag_name()).unwrap_or_default();
    matches!(name.as_str(), "INPUT" | "SELECT" | "TEXTAREA")
}
