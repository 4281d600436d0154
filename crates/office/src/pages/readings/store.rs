//! What the list shows: the pages that were loaded, the cursor, and what arrived meanwhile.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::ItemId;
use shared::wire::event::OfficeEvent;
use shared::wire::office::{NamedReading, ReadingRow, ReadingsPage, ReadingsQuery};

use super::actions::can_ask;
use super::query::fits;
use super::rows;
use crate::adapters::api;
use crate::components::outcome::Outcome;
use crate::wording::{Wording, use_wording};
use ui::api::ApiError;

/// What the panel asks before it decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// Why the reading is sent back.
    SendBack,
    /// What the value should have been, and why.
    Correct,
}

/// The list's state; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Store {
    pub(super) query: Memo<ReadingsQuery>,
    pub(super) rows: RwSignal<Vec<Arc<ReadingRow>>>,
    pub(super) total: RwSignal<i64>,
    pub(super) next: RwSignal<Option<String>>,
    /// The last event that the first page includes; set when it is loaded.
    pub(super) events_after: RwSignal<Option<i64>>,
    pub(super) loading: RwSignal<bool>,
    pub(super) trouble: RwSignal<Option<ApiError>>,
    /// The row under the keyboard cursor, by its receipt's number.
    pub(super) cursor: RwSignal<Option<i64>>,
    /// The panel at the right shows the row under the cursor.
    pub(super) open: RwSignal<bool>,
    /// The panel asks something.
    pub(super) asking: RwSignal<Option<Question>>,
    /// What was typed there.
    pub(super) reason: RwSignal<String>,
    /// What came of the last decision.
    pub(super) outcome: RwSignal<Option<Outcome>>,
    /// What handlers of events say: they run where no context is.
    pub(super) wording: &'static Wording,
    /// What was approved here and could be undone, the last step last.
    pub(super) undoable: RwSignal<Vec<Vec<NamedReading>>>,
    /// Rows that came while the page was open and were not looked at.
    pub(super) arrived: RwSignal<BTreeSet<i64>>,
}

impl Store {
    /// Loads the first page, and again whenever the filters change.
    pub(super) fn begin(query: Memo<ReadingsQuery>) -> Self {
        let store = Self {
            query,
            rows: RwSignal::default(),
            total: RwSignal::default(),
            next: RwSignal::default(),
            events_after: RwSignal::default(),
            loading: RwSignal::new(true),
            trouble: RwSignal::default(),
            cursor: RwSignal::default(),
            open: RwSignal::default(),
            asking: RwSignal::default(),
            undoable: RwSignal::default(),
            wording: use_wording(),
            reason: RwSignal::default(),
            outcome: RwSignal::default(),
            arrived: RwSignal::default(),
        };
        // The rows come from the server, outside of the signals.
        Effect::new(move || {
            query.track();
            store.reload();
        });
        store
    }

    /// Loads the first page.
    pub(super) fn reload(self) {
        self.load(self.query.get_untracked(), |store, page| {
            store.rows.set(page.rows.into_iter().map(Arc::new).collect());
            store.arrived.set(BTreeSet::new());
            store.events_after.set(Some(page.event_seq));
        });
    }

    /// Loads the next page below.
    pub(super) fn load_more(self) {
        let Some(after) = self.next.get_untracked() else {
            return;
        };
        let query = ReadingsQuery {
            after: Some(after),
            ..self.query.get_untracked()
        };
        self.load(query, |store, page| {
            store.rows.update(|rows| {
                let known: BTreeSet<i64> = rows.iter().map(|row| row.receipt_seq).collect();
                rows.extend(
                    page.rows
                        .into_iter()
                        .filter(|row| !known.contains(&row.receipt_seq))
                        .map(Arc::new),
                );
            });
        });
    }

    /// Something happened at the server.
    pub(super) fn take_event(self, event: OfficeEvent) {
        match event {
            OfficeEvent::Item { row, .. } => self.take_row(*row),
            OfficeEvent::Reload => self.reload(),
            OfficeEvent::Device { .. } | OfficeEvent::Period { .. } => {}
        }
    }

    /// Takes what the server made of an item: every revision, the highest first.
    pub(super) fn take_decided(self, revisions: Vec<ReadingRow>) {
        self.take_revisions(revisions);
        self.ask_nothing();
        self.reason.try_set(String::new());
    }

    /// The same, and whatever is asked or typed stays.
    pub(super) fn take_revisions(self, revisions: Vec<ReadingRow>) {
        let highest = revisions.first().map_or(0, |row| row.revision);
        for row in revisions.into_iter().filter(|row| row.revision == highest) {
            self.take_row(row);
        }
    }

    /// These readings are in this state now; the server's own word on each follows as an event.
    pub(super) fn set_states(self, readings: &[NamedReading], state: &str) {
        let names: BTreeSet<_> = readings.iter().map(|it| (it.id, it.revision)).collect();
        let rows = self.rows.with_untracked(Vec::clone);
        for row in rows.iter().filter(|it| names.contains(&(it.id, it.revision))) {
            self.take_row(ReadingRow {
                state: state.into(),
                ..ReadingRow::clone(row)
            });
        }
    }

    /// The row under the cursor.
    pub(super) fn under_cursor(self) -> Option<Arc<ReadingRow>> {
        let cursor = self.cursor.get_untracked()?;
        self.rows.with_untracked(|rows| {
            let row = rows.iter().find(|row| row.receipt_seq == cursor);
            row.cloned()
        })
    }

    /// The row that the panel shows.
    pub(super) fn chosen(self) -> Option<Arc<ReadingRow>> {
        let cursor = self.cursor.get().filter(|_| self.open.get())?;
        self.rows
            .read()
            .iter()
            .find(|row| row.receipt_seq == cursor)
            .cloned()
    }

    /// Moves the cursor and says that the row was looked at.
    pub(super) fn choose(self, receipt_seq: i64) {
        if self.cursor.get_untracked() != Some(receipt_seq) {
            self.cursor.set(Some(receipt_seq));
            self.ask_nothing();
            self.reason.set(String::new());
        }
        if self
            .arrived
            .with_untracked(|arrived| arrived.contains(&receipt_seq))
        {
            self.arrived.update(|arrived| {
                arrived.remove(&receipt_seq);
            });
        }
    }

    /// Moves the cursor by so many rows.
    pub(super) fn step(self, rows: isize) {
        let next = self.rows.with_untracked(|all| {
            let cursor = self.cursor.get_untracked();
            let now = all.iter().position(|row| Some(row.receipt_seq) == cursor);
            let index = now.map_or(0, |now| {
                now.saturating_add_signed(rows).min(all.len().saturating_sub(1))
            });
            all.get(index).map(|row| row.receipt_seq)
        });
        if let Some(receipt_seq) = next {
            self.choose(receipt_seq);
        }
    }

    /// Opens the panel on the row under the cursor and asks there, where the rules let it be.
    pub(super) fn ask(self, question: Question) {
        if self.under_cursor().is_some_and(|row| can_ask(question, &row)) {
            self.open.set(true);
            self.asking.set(Some(question));
        }
    }

    /// The panel asks nothing more; what was typed is kept as long as the row is looked at.
    pub(super) fn ask_nothing(self) {
        self.asking.try_set(None);
    }

    fn take_row(self, row: ReadingRow) {
        let (id, receipt_seq) = (row.id, row.receipt_seq);
        // The page may be gone by now.
        let Some(query) = self.query.try_get_untracked() else {
            return;
        };
        let belongs = fits(&query, &row);
        let was_chosen = self.rows.with_untracked(|rows| {
            let cursor = self.cursor.get_untracked();
            rows.iter()
                .any(|it| it.id == id && Some(it.receipt_seq) == cursor)
        });
        let before = self.rows.with_untracked(Vec::len);
        let effect = self.rows.try_update(|rows| rows::take(rows, row, belongs));
        let after = self.rows.with_untracked(Vec::len);
        let more = i64::try_from(after).unwrap_or(0) - i64::try_from(before).unwrap_or(0);
        self.total.update(|total| *total += more);
        if effect == Some(rows::Effect::Added) {
            self.arrived.update(|arrived| {
                arrived.insert(receipt_seq);
            });
        }
        self.follow_revision(was_chosen, id);
    }

    // A new revision stands in the place of the one that was looked at.
    fn follow_revision(self, was_chosen: bool, id: ItemId) {
        let cursor = self.cursor.get_untracked();
        let place = self.rows.with_untracked(|rows| {
            let is_there = rows.iter().any(|it| Some(it.receipt_seq) == cursor);
            let of_item = rows.iter().find(|it| it.id == id);
            of_item
                .filter(|_| was_chosen && !is_there)
                .map(|it| it.receipt_seq)
        });
        if place.is_some() {
            self.cursor.set(place);
        }
    }

    fn load(self, query: ReadingsQuery, take: impl FnOnce(Self, ReadingsPage) + 'static) {
        self.loading.set(true);
        spawn_local(async move {
            let filters = ReadingsQuery {
                after: None,
                ..query.clone()
            };
            let result = api::readings(&query).await;
            // The page was left, or the filters are others by now.
            if self.query.try_get_untracked() != Some(filters) {
                return;
            }
            self.loading.set(false);
            match result {
                Ok(page) => {
                    self.total.set(page.total);
                    self.next.set(page.next.clone());
                    self.trouble.set(None);
                    take(self, page);
                }
                Err(error) => self.trouble.set(Some(error)),
            }
        });
    }
}
