//! The properties of a month: those that were loaded, and the one that is looked at.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::wire::event::OfficeEvent;
use shared::wire::periods::{PeriodSummary, PeriodsPage, PeriodsQuery};
use ui::api::ApiError;

use crate::adapters::periods;
use crate::components::outcome::Outcome;
use crate::subscription;

/// The list's state; copied freely.
#[derive(Clone, Copy)]
pub(super) struct ListStore {
    period: Memo<Option<String>>,
    /// What stands around the rows.
    pub(super) page: RwSignal<PeriodsPage>,
    pub(super) rows: RwSignal<Vec<PeriodSummary>>,
    pub(super) loading: RwSignal<bool>,
    pub(super) trouble: RwSignal<Option<ApiError>>,
    pub(super) outcome: RwSignal<Option<Outcome>>,
    /// The property that is looked at.
    pub(super) cursor: RwSignal<Option<String>>,
    turn: RwSignal<u32>,
}

impl ListStore {
    /// Loads the first page, and again whenever the month changes or something happens there.
    pub(super) fn begin(period: Memo<Option<String>>) -> Self {
        let store = Self {
            period,
            page: RwSignal::default(),
            rows: RwSignal::default(),
            loading: RwSignal::new(true),
            trouble: RwSignal::default(),
            outcome: RwSignal::default(),
            cursor: RwSignal::default(),
            turn: RwSignal::default(),
        };
        // The rows come from the server, outside of the signals.
        Effect::new(move || {
            period.track();
            store.load(None);
        });
        subscription::follow_from_now(move || store.load(None), move |event| store.take_event(&event));
        store
    }

    /// Looks at another row.
    pub(super) fn step(self, by: isize) {
        let next = self.rows.with_untracked(|rows| {
            let cursor = self.cursor.get_untracked();
            let now = rows.iter().position(|it| Some(&it.property) == cursor.as_ref())?;
            let place = now.saturating_add_signed(by).min(rows.len().saturating_sub(1));
            rows.get(place).map(|it| it.property.clone())
        });
        if next.is_some() {
            self.cursor.set(next);
        }
    }

    /// Loads the next page below.
    pub(super) fn load_more(self) {
        let next = self.page.with_untracked(|it| it.next.clone());
        if next.is_some() {
            self.load(next);
        }
    }

    /// Loads from the top, or behind a row.
    pub(super) fn load(self, after: Option<String>) {
        let Some(turn) = self.turn.try_get_untracked().map(|it| it.wrapping_add(1)) else {
            return;
        };
        self.turn.set(turn);
        self.loading.set(true);
        let query = PeriodsQuery {
            period: self.period.get_untracked(),
            after,
            limit: None,
        };
        spawn_local(async move {
            let answer = periods::periods(&query).await;
            // The page was left, or something newer is on its way.
            if self.turn.try_get_untracked() != Some(turn) {
                return;
            }
            self.loading.set(false);
            match answer {
                Ok(page) => self.take(query.after.is_some(), page),
                Err(error) => self.trouble.set(Some(error)),
            }
        });
    }

    fn take(self, below: bool, mut page: PeriodsPage) {
        self.trouble.set(None);
        let new = std::mem::take(&mut page.rows);
        self.page.set(page);
        if below {
            self.rows.update(|rows| rows.extend(new));
            return;
        }
        let cursor = self.cursor.get_untracked();
        let is_there = new.iter().any(|it| Some(&it.property) == cursor.as_ref());
        let first = new.first().map(|it| it.property.clone());
        self.rows.set(new);
        if !is_there {
            self.cursor.set(first);
        }
    }

    fn take_event(self, event: &OfficeEvent) {
        let period = match event {
            OfficeEvent::Item { row, .. } => Some(&row.period),
            OfficeEvent::Period { period, .. } => Some(period),
            OfficeEvent::Reload => None,
            OfficeEvent::Device { .. } => return,
        };
        let shown = |period: &String| self.page.try_with_untracked(|it| it.period == *period);
        if period.is_none_or(|it| shown(it).unwrap_or(false)) {
            self.load(None);
        }
    }
}
