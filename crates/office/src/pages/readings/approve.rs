//! Approving: one reading and on to the next, all clean ones at once, and what undoes it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::wire::office::{
    DECISIONS_MAX, DecisionRequest, DecisionsAnswer, DecisionsRequest, NamedReading, ReadingRow,
    ReadingsQuery,
};
use ui::api::ApiError;
use ui::components::icon::{Glyph, Icon};

use super::cells::place_of;
use super::query::CLEAN;
use super::store::Store;
use crate::adapters::api;
use crate::wording::use_wording;

const APPROVE: &str = "approve";
const TAKE_BACK: &str = "take_back";

/// Whether the rules let a reading be approved as far as a row tells.
pub(super) fn can_approve(row: &ReadingRow) -> bool {
    row.state == "received"
}

/// How many readings of the list could be approved at once, and what was approved here.
#[component]
pub(super) fn ReviewBar(store: Store) -> impl IntoView {
    let words = use_wording().decisions();
    let clean = count_clean(store);
    let all = move || {
        let count = clean.get().filter(|count| *count > 0)?;
        Some(view! {
            <button class="button" type="button" data-testid="approve-clean" data-count=count.to_string() title=words.clean_hint on:click=move |_| approve_clean(store)>
                <Icon glyph=Glyph::Check small=true />
                {(words.approve_clean)(count)}
                <kbd>"A"</kbd>
            </button>
        })
    };
    let undo = move || {
        let count = store.undoable.read().last().map(Vec::len)?;
        Some(view! {
            <button class="button" type="button" data-testid="undo" on:click=move |_| undo(store)>
                <Icon glyph=Glyph::SentBack small=true />
                {(words.undo)(count)}
                <kbd>"u"</kbd>
            </button>
        })
    };
    view! { <div class="review">{all} {undo}</div> }
}

/// Approves what is under the cursor and moves on at once; what the server says follows.
pub(super) fn approve_and_go_on(store: Store) {
    let wording = store.wording;
    let Some(row) = store.under_cursor().filter(|row| can_approve(row)) else {
        return;
    };
    let named = NamedReading {
        id: row.id,
        revision: row.revision,
    };
    let request = DecisionRequest {
        decision: APPROVE.into(),
        revision: row.revision,
        ..DecisionRequest::default()
    };
    let place = place_of(&row, wording, " ");
    store.step(1);
    spawn_local(async move {
        let outcome = api::decide(named.id, &request).await.map(|rows| {
            store.take_revisions(rows);
            store.undoable.try_update(|steps| steps.push(vec![named]));
            (wording.decisions().approved)(&place)
        });
        store.outcome.try_set(Some(outcome));
    });
}

/// Approves the clean readings that the filters show, as many as go at once. What is approved is what the server has just
/// listed: it is named, so that nothing is approved that arrived or changed in between.
pub(super) fn approve_clean(store: Store) {
    let wording = store.wording;
    let Some(query) = clean_query(&store.query.get_untracked(), DECISIONS_MAX) else {
        return;
    };
    spawn_local(async move {
        let outcome = async {
            let page = api::readings(&query).await?;
            let readings = page.rows.iter().map(|row| NamedReading {
                id: row.id,
                revision: row.revision,
            });
            let answer = decide_all(APPROVE, readings.collect()).await?;
            store.set_states(&answer.done, "approved");
            if !answer.done.is_empty() {
                let done = answer.done.clone();
                store.undoable.try_update(|steps| steps.push(done));
            }
            Ok((wording.decisions().approved_all)(
                answer.done.len(),
                answer.refused.len(),
            ))
        };
        let outcome = outcome.await;
        store.outcome.try_set(Some(outcome));
    });
}

/// Takes back what was approved last, exactly that.
pub(super) fn undo(store: Store) {
    let wording = store.wording;
    let Some(readings) = store.undoable.try_update(Vec::pop).flatten() else {
        return;
    };
    spawn_local(async move {
        let outcome = match decide_all(TAKE_BACK, readings.clone()).await {
            Ok(answer) => {
                store.set_states(&answer.done, "received");
                Ok((wording.decisions().undone)(
                    answer.done.len(),
                    answer.refused.len(),
                ))
            }
            Err(error) => {
                // Nothing is known of it: it can be tried again.
                store.undoable.try_update(|steps| steps.push(readings));
                Err(error)
            }
        };
        store.outcome.try_set(Some(outcome));
    });
}

async fn decide_all(decision: &str, readings: Vec<NamedReading>) -> Result<DecisionsAnswer, ApiError> {
    if readings.is_empty() {
        return Ok(DecisionsAnswer::default());
    }
    let request = DecisionsRequest {
        decision: decision.into(),
        readings,
    };
    api::decide_all(&request).await
}

/// The clean readings among those that the filters show; `None` where the filters let none in.
fn clean_query(query: &ReadingsQuery, limit: usize) -> Option<ReadingsQuery> {
    let lets_in = |filter: &Option<String>, name: &str| filter.as_deref().is_none_or(|it| it == name);
    let some = lets_in(&query.state, "received") && lets_in(&query.flag, CLEAN) && query.skip.is_none();
    some.then(|| ReadingsQuery {
        state: Some("received".into()),
        flag: Some(CLEAN.into()),
        after: None,
        limit: u32::try_from(limit).ok(),
        ..query.clone()
    })
}

// Counted by the server, as the list shows a page of them only: for each filter, and when what is shown has changed.
fn count_clean(store: Store) -> RwSignal<Option<i64>> {
    let count = RwSignal::new(None);
    let changes = Memo::new(move |_| {
        let received = store.rows.read().iter().filter(|row| can_approve(row)).count();
        (store.query.get(), store.total.get(), received)
    });
    Effect::new(move || {
        let (query, _, _) = changes.get();
        let Some(clean) = clean_query(&query, 1) else {
            count.set(None);
            return;
        };
        spawn_local(async move {
            let page = api::readings(&clean).await;
            // The page was left, or the filters are others by now.
            if store.query.try_get_untracked() == Some(query) {
                count.try_set(page.ok().map(|page| page.total));
            }
        });
    });
    count
}
