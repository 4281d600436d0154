//! The three ways out of a conflict.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::wire::open_decisions::{ConflictRow, ResolutionRequest};

use super::super::readings::cells::place_of;
use crate::adapters::open_decisions;
use crate::waiting::{Entry, Waiting};

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Resolution {
    KeepFirst,
    TakeSecond,
    KeepBoth,
}

impl Resolution {
    /// All of them, in the order of their keys.
    pub(super) const ALL: [Self; 3] = [Self::KeepFirst, Self::TakeSecond, Self::KeepBoth];

    pub(super) fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }

    pub(super) fn key(self) -> &'static str {
        match self {
            Self::KeepFirst => "1",
            Self::TakeSecond => "2",
            Self::KeepBoth => "3",
        }
    }

    /// Its name on the wire.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::KeepFirst => "keep_first",
            Self::TakeSecond => "take_second",
            Self::KeepBoth => "keep_both",
        }
    }

    /// Whether it can be chosen here.
    pub(super) fn fits(self, row: &ConflictRow) -> bool {
        self != Self::KeepBoth || !row.same_item
    }
}

/// Decides about the conflict that is looked at.
pub(super) fn resolve(store: Waiting<ConflictRow>, resolution: Resolution, reason: RwSignal<String>) {
    let wording = store.wording;
    let chosen = untrack(move || store.chosen());
    let Some(row) = chosen.filter(|row| resolution.fits(row) && !store.busy.get_untracked()) else {
        return;
    };
    store.busy.set(true);
    store.outcome.set(None);
    let request = ResolutionRequest {
        resolution: resolution.name().into(),
        first: row.first.as_ref().map(|it| it.id),
        reason: reason.get_untracked().trim().to_owned(),
    };
    let place = place_of(&row.second, wording, " ");
    spawn_local(async move {
        let answer = open_decisions::resolve(row.receipt_seq(), &request).await;
        if answer.is_ok() {
            reason.try_set(String::new());
        }
        let outcome =
            answer.map(|_| (wording.decisions().resolved)(&place, &wording.step(resolution.name())));
        store.settle(row.receipt_seq(), outcome);
    });
}
