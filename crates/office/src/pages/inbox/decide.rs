//! Books or dismisses what is looked at.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::wire::office::ReadingRow;
use shared::wire::open_decisions::{InboxRequest, MeterPointHit};

use super::super::readings::cells::place_of;
use super::state::{Inbox, Missing, missing_of};
use crate::adapters::open_decisions;

/// Into the books; `at` where it named no meter point of the books.
pub(super) fn book(inbox: Inbox, at: Option<MeterPointHit>) {
    let Some(row) = untrack(move || inbox.store.chosen()) else {
        return;
    };
    let period = (missing_of(&row) == Missing::Period).then(|| inbox.period.get_untracked());
    let request = InboxRequest {
        decision: "book".into(),
        meter_point_id: at.map(|hit| hit.id),
        period,
        reason: String::new(),
    };
    send(inbox, row, request);
}

/// It does not count; the person who read is told why.
pub(super) fn dismiss(inbox: Inbox) {
    let Some(row) = untrack(move || inbox.store.chosen()) else {
        return;
    };
    let request = InboxRequest {
        decision: "dismiss".into(),
        reason: inbox.reason.get_untracked().trim().to_owned(),
        ..InboxRequest::default()
    };
    send(inbox, row, request);
}

/// Looks for meter points; a later search is not covered up by an earlier one's answer.
pub(super) fn search(inbox: Inbox, text: String) {
    inbox.search.set(text.clone());
    spawn_local(async move {
        let hits = open_decisions::meter_points(&text).await.unwrap_or_default();
        if inbox.search.try_get_untracked() == Some(text) {
            inbox.hit.set(0);
            inbox.hits.set(hits);
        }
    });
}

fn send(inbox: Inbox, row: Arc<ReadingRow>, request: InboxRequest) {
    let store = inbox.store;
    let wording = store.wording;
    if store.busy.get_untracked() {
        return;
    }
    store.busy.set(true);
    store.outcome.set(None);
    spawn_local(async move {
        let answer = open_decisions::decide_held(row.receipt_seq, &request).await;
        let words = wording.decisions();
        let outcome = answer.map(|rows| match rows.first() {
            Some(new) if request.decision == "book" => {
                let say = if new.state == "conflict" {
                    words.booked_as_conflict
                } else {
                    words.booked
                };
                say(&place_of(new, wording, " "))
            }
            _ => (words.dismissed)(&place_of(&row, wording, " "), &row.captured_by),
        });
        store.settle(row.receipt_seq, outcome);
    });
}
