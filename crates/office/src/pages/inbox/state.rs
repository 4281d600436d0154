//! What the page of the inbox knows beside its list: what is asked, and what was found.

use leptos::html::Input;
use leptos::prelude::*;
use shared::wire::office::ReadingRow;
use shared::wire::open_decisions::MeterPointHit;

use super::decide;
use crate::waiting::Waiting;

/// The page's state; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Inbox {
    pub(super) store: Waiting<ReadingRow>,
    /// What is searched for the place of an unknown label.
    pub(super) search: RwSignal<String>,
    pub(super) hits: RwSignal<Vec<MeterPointHit>>,
    /// The hit that Enter chooses.
    pub(super) hit: RwSignal<usize>,
    pub(super) search_field: NodeRef<Input>,
    /// The month, where the clock does not tell.
    pub(super) period: RwSignal<String>,
    /// It is asked why it is dismissed.
    pub(super) dismissing: RwSignal<bool>,
    pub(super) reason: RwSignal<String>,
}

/// What has to be said before something can be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    Nothing,
    /// Where it was read.
    Place,
    /// For which month.
    Period,
    /// Nothing helps while the period is closed.
    Open,
}

/// By why it is held.
pub(super) fn missing_of(row: &ReadingRow) -> Missing {
    match row.code.as_deref() {
        Some("unknown_label" | "unknown_unit") => Missing::Place,
        Some("clock_undecidable") => Missing::Period,
        Some("period_closed") => Missing::Open,
        _ => Missing::Nothing,
    }
}

impl Inbox {
    pub(super) fn begin() -> Self {
        let inbox = Self {
            store: Waiting::begin(),
            search: RwSignal::default(),
            hits: RwSignal::default(),
            hit: RwSignal::default(),
            search_field: NodeRef::new(),
            period: RwSignal::default(),
            dismissing: RwSignal::default(),
            reason: RwSignal::default(),
        };
        // What was typed beside one entry is not meant for the next.
        Effect::new(move || {
            inbox.store.cursor.track();
            inbox.clear();
        });
        inbox
    }

    /// Books what is looked at, or goes to the search for its place.
    pub(super) fn book_or_search(self) {
        let Some(row) = untrack(move || self.store.chosen()) else {
            return;
        };
        match missing_of(&row) {
            Missing::Place => {
                if let Some(field) = self.search_field.get_untracked() {
                    // It can only fail when the element has left the document.
                    let _ = field.focus();
                }
            }
            Missing::Open => {}
            Missing::Nothing | Missing::Period => decide::book(self, None),
        }
    }

    pub(super) fn ask_dismissal(self) {
        if untrack(move || self.store.chosen()).is_some() {
            self.dismissing.set(true);
        }
    }

    fn clear(self) {
        self.search.set(String::new());
        self.hits.set(Vec::new());
        self.hit.set(0);
        self.dismissing.set(false);
        self.reason.set(String::new());
        let row = untrack(move || self.store.chosen());
        let month = row.map(|row| row.received_at.chars().take(7).collect());
        self.period.set(month.unwrap_or_default());
    }
}
