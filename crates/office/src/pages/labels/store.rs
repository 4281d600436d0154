//! What the page shows: the rows that were loaded, what of them is selected, and the label that somebody changes.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::wire::labels::{LabelProperty, LabelRow, LabelsPage, LabelsQuery};
use ui::api::ApiError;

use super::query::Query;
use crate::adapters::labels::{self, LabelVerb};

/// The page's state; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Store {
    query: Memo<Query>,
    pub(super) rows: RwSignal<Vec<Arc<LabelRow>>>,
    pub(super) total: RwSignal<i64>,
    /// Labels of the list that can be printed.
    pub(super) active: RwSignal<i64>,
    next: RwSignal<Option<String>>,
    pub(super) properties: RwSignal<Vec<LabelProperty>>,
    pub(super) loading: RwSignal<bool>,
    pub(super) trouble: RwSignal<Option<ApiError>>,
    /// Codes that are going to be printed.
    pub(super) selected: RwSignal<BTreeSet<String>>,
    /// The label that is being revoked or replaced.
    pub(super) changing: RwSignal<Option<(Arc<LabelRow>, LabelVerb)>>,
}

impl Store {
    /// Loads the first page, and again whenever the filters change.
    pub(super) fn begin(query: Memo<Query>) -> Self {
        let store = Self {
            query,
            rows: RwSignal::default(),
            total: RwSignal::default(),
            active: RwSignal::default(),
            next: RwSignal::default(),
            properties: RwSignal::default(),
            loading: RwSignal::new(true),
            trouble: RwSignal::default(),
            selected: RwSignal::default(),
            changing: RwSignal::default(),
        };
        // The rows come from the server, outside of the signals.
        Effect::new(move || {
            query.track();
            store.selected.set(BTreeSet::new());
            store.reload();
        });
        store
    }

    /// Loads the first page.
    pub(super) fn reload(self) {
        let query = self.query.get_untracked().to_wire();
        self.load(query, |store, page| {
            store.rows.set(page.rows.into_iter().map(Arc::new).collect());
        });
    }

    /// There is more below.
    pub(super) fn has_more(self) -> bool {
        self.next.read().is_some()
    }

    /// Loads the next page below.
    pub(super) fn load_more(self) {
        let Some(after) = self.next.get_untracked() else {
            return;
        };
        let query = LabelsQuery {
            after: Some(after),
            ..self.query.get_untracked().to_wire()
        };
        self.load(query, |store, page| {
            store
                .rows
                .update(|rows| rows.extend(page.rows.into_iter().map(Arc::new)));
        });
    }

    /// Selects a label, or takes it out again.
    pub(super) fn select(self, code: &str, selected: bool) {
        self.selected.update(|codes| {
            if selected {
                codes.insert(code.to_owned());
            } else {
                codes.remove(code);
            }
        });
    }

    /// Selects every valid label that is shown, or none.
    pub(super) fn select_shown(self, selected: bool) {
        let codes = self.rows.with_untracked(|rows| {
            let active = rows.iter().filter(|row| row.state == "active");
            active.filter_map(|row| row.code.clone()).collect()
        });
        self.selected.set(if selected { codes } else { BTreeSet::new() });
    }

    /// Asks the server for the change; `on_done` hears what the label is then.
    pub(super) fn change(
        self,
        code: &str,
        verb: LabelVerb,
        reason: String,
        on_done: impl Fn(Result<LabelRow, ApiError>) + 'static,
    ) {
        let code = code.to_owned();
        spawn_local(async move {
            let result = labels::change_label(&code, verb, &reason).await;
            // The page may be gone by now.
            if self.selected.try_get_untracked().is_none() {
                return;
            }
            if let Ok(row) = &result {
                self.take(&code, row);
            }
            on_done(result);
        });
    }

    /// The old label is gone from what is printed; a new one is what has to be printed next. It stands where the old one
    /// stood, whatever was searched; lists that show revoked ones are loaded again.
    fn take(self, old: &str, row: &LabelRow) {
        self.select(old, false);
        match row.code.as_deref().filter(|_| row.state == "active") {
            Some(new) => self.select(new, true),
            None => self.active.update(|active| *active -= 1),
        }
        if self.query.with_untracked(|query| query.state.is_empty()) {
            self.rows.update(|rows| {
                if let Some(place) = rows.iter_mut().find(|it| it.code.as_deref() == Some(old)) {
                    *place = Arc::new(row.clone());
                }
            });
        } else {
            self.reload();
        }
    }

    fn load(self, query: LabelsQuery, take: impl FnOnce(Self, LabelsPage) + 'static) {
        self.loading.set(true);
        spawn_local(async move {
            let filters = LabelsQuery {
                after: None,
                ..query.clone()
            };
            let result = labels::labels(&query).await;
            // The page was left, or the filters are others by now.
            if self.query.try_get_untracked().map(|it| it.to_wire()) != Some(filters) {
                return;
            }
            self.loading.set(false);
            match result {
                Ok(mut page) => {
                    self.total.set(page.total);
                    self.active.set(page.active);
                    self.next.set(page.next.take());
                    self.properties.set(std::mem::take(&mut page.properties));
                    self.trouble.set(None);
                    take(self, page);
                }
                Err(error) => self.trouble.set(Some(error)),
            }
        });
    }
}
