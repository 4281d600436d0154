//! What the page shows: the rows that were loaded, and the one that is looked at.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::wire::audit::{AuditPage, AuditQuery, AuditRow};
use ui::api::ApiError;

use super::query::{Query, changed, goes_to};
use crate::adapters::audit;

/// The page's state; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Store {
    query: Memo<Query>,
    pub(super) rows: RwSignal<Vec<Arc<AuditRow>>>,
    next: RwSignal<Option<String>>,
    /// What there is to choose from.
    pub(super) actions: RwSignal<Vec<String>>,
    pub(super) loading: RwSignal<bool>,
    pub(super) trouble: RwSignal<Option<ApiError>>,
    /// The row that is looked at.
    pub(super) cursor: RwSignal<Option<i64>>,
    go: Callback<Query>,
}

impl Store {
    /// Loads the first page, and again whenever the filters change.
    pub(super) fn begin(query: Memo<Query>) -> Self {
        let go = goes_to();
        let store = Self {
            query,
            rows: RwSignal::default(),
            next: RwSignal::default(),
            actions: RwSignal::default(),
            loading: RwSignal::new(true),
            trouble: RwSignal::default(),
            cursor: RwSignal::default(),
            go: Callback::new(go),
        };
        // The rows come from the server, outside of the signals.
        Effect::new(move || {
            query.track();
            store.load(None);
        });
        store
    }

    /// Shows another list.
    pub(super) fn filter(self, change: impl FnOnce(&mut Query)) {
        self.go.run(changed(self.query, change));
    }

    /// What is looked at.
    pub(super) fn chosen(self) -> Option<Arc<AuditRow>> {
        let cursor = self.cursor.get_untracked()?;
        self.rows
            .with_untracked(|rows| rows.iter().find(|it| it.seq == cursor).cloned())
    }

    /// Looks at another row.
    pub(super) fn step(self, by: isize) {
        let next = self.rows.with_untracked(|rows| {
            let cursor = self.cursor.get_untracked();
            let now = rows.iter().position(|it| Some(it.seq) == cursor)?;
            let place = now.saturating_add_signed(by).min(rows.len().saturating_sub(1));
            rows.get(place).map(|it| it.seq)
        });
        if next.is_some() {
            self.cursor.set(next);
        }
    }

    /// There is more below.
    pub(super) fn has_more(self) -> bool {
        self.next.read().is_some()
    }

    /// Loads the next page below.
    pub(super) fn load_more(self) {
        if let Some(after) = self.next.get_untracked() {
            self.load(Some(after));
        }
    }

    /// Loads from the top, or behind a row.
    pub(super) fn load(self, after: Option<String>) {
        self.loading.set(true);
        let asked = self.query.get_untracked();
        let query = AuditQuery {
            after,
            ..asked.to_wire()
        };
        spawn_local(async move {
            let answer = audit::audit(&query).await;
            // The page was left, or the filters are others by now.
            if self.query.try_get_untracked() != Some(asked) {
                return;
            }
            self.loading.set(false);
            match answer {
                Ok(page) => self.take(query.after.is_some(), page),
                Err(error) => self.trouble.set(Some(error)),
            }
        });
    }

    fn take(self, below: bool, page: AuditPage) {
        self.trouble.set(None);
        self.next.set(page.next);
        self.actions.set(page.actions);
        let new = page.rows.into_iter().map(Arc::new);
        if below {
            self.rows.update(|rows| rows.extend(new));
        } else {
            let new: Vec<Arc<AuditRow>> = new.collect();
            self.cursor.set(new.first().map(|it| it.seq));
            self.rows.set(new);
        }
    }
}
