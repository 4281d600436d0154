//! What the page shows: the rows that were loaded, the one that is looked at, and what is asked of it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::wire::event::OfficeEvent;
use shared::wire::missing::{EstimateRow, MissingPage, MissingQuery, MissingRow};
use ui::api::ApiError;

use crate::adapters::missing;
use crate::components::outcome::Outcome;
use crate::subscription;
use crate::wording::{Wording, use_wording};

/// What is done about a meter point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Mean,
    LastYear,
    Reading,
}

impl What {
    /// What the method makes of it; `None` for what is no estimate.
    pub(super) fn estimate(self, row: &MissingRow) -> Option<&EstimateRow> {
        match self {
            Self::Mean => Some(&row.mean),
            Self::LastYear => Some(&row.last_year),
            Self::Reading => None,
        }
    }
}

/// The page's state; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Store {
    query: Memo<MissingQuery>,
    /// What stands around the rows.
    pub(super) page: RwSignal<MissingPage>,
    pub(super) rows: RwSignal<Vec<Arc<MissingRow>>>,
    pub(super) loading: RwSignal<bool>,
    pub(super) trouble: RwSignal<Option<ApiError>>,
    /// The meter point that is looked at.
    pub(super) cursor: RwSignal<Option<String>>,
    /// It is asked why.
    pub(super) asking: RwSignal<Option<What>>,
    pub(super) outcome: RwSignal<Option<Outcome>>,
    /// A decision is on its way.
    pub(super) busy: RwSignal<bool>,
    /// The last reason for an estimate, and for a request: the next one is often the same.
    pub(super) reasons: [RwSignal<String>; 2],
    turn: RwSignal<u32>,
    /// What handlers of events say: they run where no context is.
    pub(super) wording: &'static Wording,
}

impl Store {
    /// Loads the first page, and again whenever the filters change or something arrives there.
    pub(super) fn begin(query: Memo<MissingQuery>) -> Self {
        let store = Self {
            query,
            page: RwSignal::default(),
            rows: RwSignal::default(),
            loading: RwSignal::new(true),
            trouble: RwSignal::default(),
            cursor: RwSignal::default(),
            asking: RwSignal::default(),
            outcome: RwSignal::default(),
            busy: RwSignal::default(),
            reasons: [RwSignal::default(), RwSignal::default()],
            turn: RwSignal::default(),
            wording: use_wording(),
        };
        // The rows come from the server, outside of the signals.
        Effect::new(move || {
            query.track();
            store.asking.set(None);
            store.load(None);
        });
        subscription::follow_from_now(move || store.load(None), move |event| store.take_event(&event));
        store
    }

    /// What is looked at.
    pub(super) fn chosen(self) -> Option<Arc<MissingRow>> {
        let cursor = self.cursor.get()?;
        let rows = self.rows.read();
        rows.iter().find(|it| it.meter_point_id == cursor).cloned()
    }

    /// The reason that is typed for this.
    pub(super) fn reason(self, what: What) -> RwSignal<String> {
        self.reasons[usize::from(what == What::Reading)]
    }

    /// Looks at another row.
    pub(super) fn step(self, by: isize) {
        let next = self.rows.with_untracked(|rows| {
            let cursor = self.cursor.get_untracked();
            let now = rows
                .iter()
                .position(|it| Some(&it.meter_point_id) == cursor.as_ref())?;
            let place = now.saturating_add_signed(by).min(rows.len().saturating_sub(1));
            rows.get(place).map(|it| it.meter_point_id.clone())
        });
        if next.is_some() {
            self.asking.set(None);
            self.cursor.set(next);
        }
    }

    /// What can be accepted of what is looked at, while the period is open.
    pub(super) fn acceptable(self) -> Option<Arc<MissingRow>> {
        let open = self.page.with_untracked(|it| !it.closed);
        let chosen = untrack(move || self.chosen());
        chosen.filter(|it| open && it.skip.as_ref().is_some_and(|it| it.accepted_by.is_none()))
    }

    /// Asks why, or says why it can't be done.
    pub(super) fn ask(self, what: What) {
        let chosen = untrack(move || self.chosen());
        let Some(row) = chosen.filter(|_| !self.page.with_untracked(|it| it.closed)) else {
            return;
        };
        self.outcome.set(None);
        match what.estimate(&row).and_then(|it| it.code.clone()) {
            Some(code) => {
                self.asking.set(None);
                self.outcome
                    .set(Some(Err(ApiError::Refused { status: 409, code })));
            }
            None => self.asking.set(Some(what)),
        }
    }

    /// What came of it: the next row is looked at.
    pub(super) fn settle(self, outcome: Outcome) {
        if self.busy.try_set(false).is_some() {
            // The page is gone.
            return;
        }
        if outcome.is_ok() {
            self.step(1);
            self.asking.set(None);
        }
        self.outcome.set(Some(outcome));
        self.load(None);
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
        let query = MissingQuery {
            after,
            ..self.query.get_untracked()
        };
        spawn_local(async move {
            let answer = missing::missing(&query).await;
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

    fn take(self, below: bool, mut page: MissingPage) {
        self.trouble.set(None);
        let new = std::mem::take(&mut page.rows).into_iter().map(Arc::new);
        self.page.set(page);
        if below {
            self.rows.update(|rows| rows.extend(new));
            return;
        }
        let new: Vec<Arc<MissingRow>> = new.collect();
        let cursor = self.cursor.get_untracked();
        let is_there = new.iter().any(|it| Some(&it.meter_point_id) == cursor.as_ref());
        let first = new.first().map(|it| it.meter_point_id.clone());
        self.rows.set(new);
        if !is_there {
            self.asking.set(None);
            self.cursor.set(first);
        }
    }

    fn take_event(self, event: &OfficeEvent) {
        let matters = match event {
            OfficeEvent::Item { row, .. } => self
                .page
                .try_with_untracked(|it| it.property == row.property_code && it.period == row.period)
                .unwrap_or(false),
            OfficeEvent::Period {
                property_code,
                period,
                ..
            } => self
                .page
                .try_with_untracked(|it| it.property == *property_code && it.period == *period)
                .unwrap_or(false),
            OfficeEvent::Reload => true,
            OfficeEvent::Device { .. } => false,
        };
        if matters {
            self.load(None);
        }
    }
}
