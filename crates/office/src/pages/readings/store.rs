//! What the list shows: the pages that were loaded, the cursor, and what arrived meanwhile.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::ItemId;
use shared::wire::event::OfficeEvent;
use shared::wire::office::{ReadingRow, ReadingsPage, ReadingsQuery};

use super::query::fits;
use crate::adapters::api;
use ui::api::ApiError;

/// The list's state; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Store {
    query: Memo<ReadingsQuery>,
    pub(super) rows: RwSignal<Vec<Arc<ReadingRow>>>,
    pub(super) total: RwSignal<i64>,
    pub(super) next: RwSignal<Option<String>>,
    /// The last event that the first page includes; set when it is loaded.
    pub(super) events_after: RwSignal<Option<i64>>,
    pub(super) loading: RwSignal<bool>,
    pub(super) trouble: RwSignal<Option<ApiError>>,
    /// The row under the keyboard cursor.
    pub(super) cursor: RwSignal<Option<ItemId>>,
    /// The panel at the right shows the row under the cursor.
    pub(super) open: RwSignal<bool>,
    /// Rows that came while the page was open and were not looked at.
    pub(super) arrived: RwSignal<BTreeSet<ItemId>>,
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
                let known: BTreeSet<ItemId> = rows.iter().map(|row| row.id).collect();
                rows.extend(
                    page.rows
                        .into_iter()
                        .filter(|row| !known.contains(&row.id))
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
            OfficeEvent::Device { .. } => {}
        }
    }

    /// The row that the panel shows.
    pub(super) fn chosen(self) -> Option<Arc<ReadingRow>> {
        let cursor = self.cursor.get().filter(|_| self.open.get())?;
        self.rows.read().iter().find(|row| row.id == cursor).cloned()
    }

    /// Moves the cursor and says that the row was looked at.
    pub(super) fn choose(self, id: ItemId) {
        self.cursor.set(Some(id));
        if self.arrived.with_untracked(|arrived| arrived.contains(&id)) {
            self.arrived.update(|arrived| {
                arrived.remove(&id);
            });
        }
    }

    /// Moves the cursor by so many rows.
    pub(super) fn step(self, rows: isize) {
        let next = self.rows.with_untracked(|all| {
            let cursor = self.cursor.get_untracked();
            let now = all.iter().position(|row| Some(row.id) == cursor);
            let index = now.map_or(0, |now| {
                now.saturating_add_signed(rows).min(all.len().saturating_sub(1))
            });
            all.get(index).map(|row| row.id)
        });
        if let Some(id) = next {
            self.choose(id);
        }
    }

    fn take_row(self, row: ReadingRow) {
        let id = row.id;
        let place = self
            .rows
            .with_untracked(|rows| rows.iter().position(|it| it.id == id));
        let belongs = fits(&self.query.get_untracked(), &row);
        match (place, belongs) {
            (Some(place), true) => self.rows.update(|rows| rows[place] = Arc::new(row)),
            (Some(place), false) => {
                self.rows.update(|rows| drop(rows.remove(place)));
                self.total.update(|total| *total -= 1);
            }
            (None, true) => {
                self.rows.update(|rows| rows.insert(0, Arc::new(row)));
                self.total.update(|total| *total += 1);
                self.arrived.update(|arrived| {
                    arrived.insert(id);
                });
            }
            (None, false) => {}
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
