//! One period of one property: what is known of it, and what is asked of it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::wire::event::OfficeEvent;
use shared::wire::handover::Handover;
use shared::wire::periods::{LatePage, PeriodDetail, ReopenRequest};
use ui::api::ApiError;

use crate::adapters::periods;
use crate::components::outcome::Outcome;
use crate::subscription;
use crate::wording::{Wording, locale, use_wording};

/// More values than fit a few sheets of paper are for the workbook.
const VALUES_MAX: u64 = 500;

/// What somebody can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Close,
    Reopen,
    /// Billing is told now. Nobody is asked first: it drops what it has.
    Send,
}

/// The page's state; copied freely.
#[derive(Clone, Copy)]
pub(super) struct OneStore {
    property: Memo<Option<String>>,
    period: Memo<Option<String>>,
    pub(super) detail: RwSignal<PeriodDetail>,
    pub(super) late: RwSignal<LatePage>,
    /// The values of a closed period, where they are few enough to be printed.
    pub(super) values: RwSignal<Option<Handover>>,
    pub(super) known: RwSignal<bool>,
    pub(super) trouble: RwSignal<Option<ApiError>>,
    /// Which kind of what is in the way is looked at.
    pub(super) cursor: RwSignal<usize>,
    pub(super) asking: RwSignal<Option<Act>>,
    pub(super) reason: RwSignal<String>,
    pub(super) outcome: RwSignal<Option<Outcome>>,
    /// A request is on its way.
    pub(super) busy: RwSignal<bool>,
    turn: RwSignal<u32>,
    /// What handlers of events say: they run where no context is.
    pub(super) wording: &'static Wording,
}

impl OneStore {
    /// Loads, and again whenever the address changes or something happens there.
    pub(super) fn begin(property: Memo<Option<String>>, period: Memo<Option<String>>) -> Self {
        let store = Self {
            property,
            period,
            detail: RwSignal::default(),
            late: RwSignal::default(),
            values: RwSignal::default(),
            known: RwSignal::default(),
            trouble: RwSignal::default(),
            cursor: RwSignal::default(),
            asking: RwSignal::default(),
            reason: RwSignal::default(),
            outcome: RwSignal::default(),
            busy: RwSignal::default(),
            turn: RwSignal::default(),
            wording: use_wording(),
        };
        Effect::new(move || {
            property.track();
            period.track();
            store.asking.set(None);
            store.outcome.set(None);
            store.cursor.set(0);
            store.load();
        });
        subscription::follow_from_now(move || store.load(), move |event| store.take_event(&event));
        store
    }

    /// Property code and month, as the address names them.
    pub(super) fn named(self) -> (String, String) {
        let part = |it: Memo<Option<String>>| it.get().unwrap_or_default();
        (part(self.property), part(self.period))
    }

    /// Property and month as people read them.
    pub(super) fn said(self) -> (String, String) {
        self.detail.with(|it| {
            let summary = &it.summary;
            (summary.property.clone(), locale::month(&summary.period))
        })
    }

    pub(super) fn is_closed(self) -> bool {
        self.detail.read().summary.state == "closed"
    }

    /// Looks at another kind of what is in the way.
    pub(super) fn step(self, by: isize) {
        let kinds = self.detail.with_untracked(|it| it.in_the_way.len());
        let last = kinds.saturating_sub(1);
        self.cursor
            .update(|cursor| *cursor = cursor.saturating_add_signed(by).min(last));
    }

    /// Asks whether it is meant.
    pub(super) fn ask(self, act: Act) {
        let summary = self.detail.with_untracked(|it| it.summary.clone());
        let can = match act {
            Act::Close => summary.can_close,
            Act::Reopen => summary.state == "closed",
            Act::Send => false,
        };
        if can {
            self.outcome.set(None);
            self.reason.set(String::new());
            self.asking.set(Some(act));
        }
    }

    /// Does what was asked about.
    pub(super) fn send(self, act: Act) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let (property, period) = untrack(move || self.named());
        let (said, month) = untrack(move || self.said());
        let reason = self.reason.get_untracked().trim().to_owned();
        let words = self.wording.periods();
        spawn_local(async move {
            let (answer, told) = match act {
                Act::Close => (periods::close(&property, &period).await, Some(words.closed_now)),
                Act::Reopen => {
                    let request = ReopenRequest { reason };
                    let answer = periods::reopen(&property, &period, &request).await;
                    (answer, Some(words.reopened_now))
                }
                // What comes of it is said in its own place, as it comes.
                Act::Send => (periods::send_handover(&property, &period).await, None),
            };
            if self.busy.try_set(false).is_some() {
                // The page is gone.
                return;
            }
            let outcome = answer.map(|detail| {
                self.asking.set(None);
                if act != Act::Send {
                    self.values.set(None);
                }
                self.detail.set(detail);
                told.map(|it| it(&said, &month))
            });
            self.outcome.set(outcome.transpose());
            self.load();
        });
    }

    /// Asks the server.
    pub(super) fn load(self) {
        let Some(turn) = self.turn.try_get_untracked().map(|it| it.wrapping_add(1)) else {
            return;
        };
        self.turn.set(turn);
        let (property, period) = untrack(move || self.named());
        spawn_local(async move {
            let answer = async {
                let detail = periods::period(&property, &period).await?;
                let late = match detail.late.total {
                    0 => LatePage::default(),
                    _ => periods::late(&property, &period).await?,
                };
                let is_printed =
                    detail.summary.state == "closed" && detail.summary.counts.points <= VALUES_MAX;
                let values = if is_printed {
                    periods::handover(&property, &period).await.ok()
                } else {
                    None
                };
                Ok((detail, late, values))
            }
            .await;
            // The page was left, or something newer is on its way.
            if self.turn.try_get_untracked() != Some(turn) {
                return;
            }
            match answer {
                Ok((detail, late, values)) => {
                    self.trouble.set(None);
                    self.forget_if_changed(&detail);
                    self.detail.set(detail);
                    self.late.set(late);
                    self.values.set(values);
                    self.known.set(true);
                    self.step(0);
                }
                Err(error) => self.trouble.set(Some(error)),
            }
        });
    }

    /// Somebody else closed or reopened it: what was said and asked here is no longer so.
    fn forget_if_changed(self, detail: &PeriodDetail) {
        let state = self.detail.with_untracked(|it| it.summary.state.clone());
        if !state.is_empty() && state != detail.summary.state {
            self.outcome.set(None);
            self.asking.set(None);
        }
    }

    fn take_event(self, event: &OfficeEvent) {
        let is_here = |property: &str, period: &str| {
            self.detail
                .try_with_untracked(|it| it.summary.property == property && it.summary.period == period)
                .unwrap_or(false)
        };
        let matters = match event {
            // Of an unknown label nobody knows the property: it may be in the way.
            OfficeEvent::Item { row, .. } => {
                row.property_code.is_empty() || is_here(&row.property_code, &row.period)
            }
            OfficeEvent::Period {
                property_code,
                period,
                ..
            } => is_here(property_code, period),
            OfficeEvent::Reload => true,
            OfficeEvent::Device { .. } => false,
        };
        if matters {
            self.load();
        }
    }
}
