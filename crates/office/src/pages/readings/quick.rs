//! The questions that are asked most, one tap each; they are the filters' own values, so they stand in the address too.

use leptos::prelude::*;
use shared::wire::office::ReadingsQuery;

use super::filters::goes_to;
use super::query::{ANY, EXCHANGE, FLAG, Field, KIND, MOVE, PHOTO, SKIP, STATE};
use crate::wording::use_wording;

/// One question: a filter and its value.
struct Question {
    field: &'static Field,
    value: &'static str,
    word: String,
}

/// The chips below the fields.
#[component]
pub(super) fn QuickFilters(query: Memo<ReadingsQuery>) -> impl IntoView {
    let wording = use_wording();
    let words = &wording.readings;
    let question = |field, value, word: String| Question { field, value, word };
    let state = |name| wording.reading_state(name);
    let flag = |name| wording.flag(name);
    let questions = [
        question(&FLAG, ANY, words.flagged.into()),
        question(&STATE, "held", state("held")),
        question(&STATE, "conflict", state("conflict")),
        question(&SKIP, ANY, words.not_read.into()),
        question(&FLAG, "rolled_over", flag("rolled_over")),
        question(&FLAG, "lower", flag("lower")),
        question(&KIND, EXCHANGE, words.exchanges.into()),
        question(&KIND, MOVE, words.moves.into()),
        question(&PHOTO, ANY, words.with_photo.into()),
    ];
    view! {
        <div class="quick" role="group" aria-label=words.quick>
            {questions.into_iter().map(|question| view! { <Chip query question /> }).collect_view()}
        </div>
    }
}

#[component]
fn Chip(query: Memo<ReadingsQuery>, question: Question) -> impl IntoView {
    let Question { field, value, word } = question;
    let go = goes_to();
    let pressed = move || field.get(&query.read()).as_deref() == Some(value);
    let toggle = move |_| {
        let next = if untrack(pressed) { "" } else { value };
        go(&field.with(&query.read_untracked(), next));
    };
    view! {
        <button
            class="chip"
            type="button"
            aria-pressed=move || pressed().to_string()
            data-testid=format!("quick-{}-{value}", field.name)
            on:click=toggle
        >
            {word}
        </button>
    }
}
