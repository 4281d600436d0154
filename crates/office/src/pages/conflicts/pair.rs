//! Both values side by side, and the decision below them.

use std::sync::Arc;

use leptos::prelude::*;
use shared::item::REMARKS_LENGTH_MAX;
use shared::wire::office::ReadingRow;
use shared::wire::open_decisions::ConflictRow;

use super::super::readings::card::ReadingCard;
use super::super::readings::cells::place_of;
use super::decide::{Resolution, resolve};
use crate::waiting::Waiting;
use crate::wording::use_wording;

/// One conflict.
#[component]
pub(super) fn Pair(
    row: Arc<ConflictRow>,
    store: Waiting<ConflictRow>,
    reason: RwSignal<String>,
) -> impl IntoView {
    let wording = use_wording();
    let words = wording.decisions();
    let first = match row.first.clone() {
        Some(first) => view! { <ReadingCard row=first heading=words.first /> }.into_any(),
        None => view! { <p class="card">{words.first_gone}</p> }.into_any(),
    };
    let second = without_first(row.second.clone(), row.first.as_ref());
    view! {
        <section class="case" aria-label=words.conflict data-testid="conflict" data-seq=row.second.receipt_seq.to_string()>
            <h2>{place_of(&row.second, wording, " · ")}</h2>
            <Choices row=Arc::clone(&row) store reason />
            <div class="case__pair">
                {first}
                <ReadingCard row=second heading=words.second />
            </div>
        </section>
    }
}

/// What came second was compared with the first when it came; that says nothing of use.
fn without_first(second: ReadingRow, first: Option<&ReadingRow>) -> ReadingRow {
    let compared = first.is_some_and(|first| first.value.is_some() && first.value == second.previous_value);
    if compared {
        ReadingRow {
            previous_value: None,
            consumption: None,
            ..second
        }
    } else {
        second
    }
}

#[component]
fn Choices(row: Arc<ConflictRow>, store: Waiting<ConflictRow>, reason: RwSignal<String>) -> impl IntoView {
    let words = use_wording().decisions();
    let button = |resolution: Resolution| {
        let word = match resolution {
            Resolution::KeepFirst => words.keep_first,
            Resolution::TakeSecond => words.take_second,
            Resolution::KeepBoth => words.keep_both,
        };
        resolution.fits(&row).then(|| {
            view! {
                <button
                    class="button"
                    type="button"
                    data-testid=resolution.name()
                    aria-disabled=move || store.busy.get().to_string()
                    on:click=move |_| resolve(store, resolution, reason)
                >
                    <kbd>{resolution.key()}</kbd>
                    {word}
                </button>
            }
        })
    };
    let hint = if row.same_item {
        words.same_item_hint
    } else {
        words.keep_both_hint
    };
    view! {
        <div class="stack">
            <div class="decide">{Resolution::ALL.map(button).into_iter().collect_view()}</div>
            <p class="small soft">{hint}</p>
            <label class="field">
                <span class="field__label">{words.reason_optional}</span>
                <input
                    class="input"
                    type="text"
                    maxlength=REMARKS_LENGTH_MAX.to_string()
                    data-testid="resolution-reason"
                    prop:value=move || reason.get()
                    on:input:target=move |event| reason.set(event.target().value())
                />
            </label>
        </div>
    }
}
