//! One item that is held: why, what it says, and what can be done.

use std::sync::Arc;

use leptos::prelude::*;
use shared::wire::office::ReadingRow;
use ui::components::icon::{Glyph, Icon};
use ui::components::notice::{Notice, Tone};

use super::super::readings::card::ReadingCard;
use super::super::readings::cells::place_of;
use super::super::readings::story::{Story, revisions_of};
use super::dismiss::DismissForm;
use super::place::PlaceSearch;
use super::state::{Inbox, Missing, missing_of};
use crate::wording::use_wording;

/// The item at the left, the decision at its right.
#[component]
pub(super) fn Case(row: Arc<ReadingRow>, inbox: Inbox) -> impl IntoView {
    let wording = use_wording();
    let words = wording.decisions();
    let code = row.code.clone().unwrap_or_default();
    let revisions = revisions_of(row.id);
    let why = (words.held_because)(&wording.code(&code));
    let actions = {
        let row = Arc::clone(&row);
        move || match inbox.dismissing.get() {
            true => view! { <DismissForm row=Arc::clone(&row) inbox /> }.into_any(),
            false => view! { <Actions row=Arc::clone(&row) inbox /> }.into_any(),
        }
    };
    view! {
        <section class="case" aria-label=words.held data-testid="case" data-seq=row.receipt_seq.to_string() data-code=code>
            <h2>{place_of(&row, wording, " · ")}</h2>
            <Notice tone=Tone::Warn>{why}</Notice>
            <div class="case__pair">
                <ReadingCard row=(*row).clone() heading=words.held />
                <div class="stack">
                    {actions}
                    <Story revisions revision=row.revision />
                </div>
            </div>
        </section>
    }
}

#[component]
fn Actions(row: Arc<ReadingRow>, inbox: Inbox) -> impl IntoView {
    let words = use_wording().decisions();
    let missing = missing_of(&row);
    let book = matches!(missing, Missing::Nothing | Missing::Period).then(|| {
        view! {
            <button class="button button--main" type="button" data-testid="book" on:click=move |_| inbox.book_or_search()>
                <Icon glyph=Glyph::Check small=true />
                {words.book}
                <kbd>"b"</kbd>
            </button>
        }
    });
    let before = match missing {
        Missing::Place => view! { <PlaceSearch inbox /> }.into_any(),
        Missing::Period => view! { <Month inbox /> }.into_any(),
        Missing::Open => view! { <p data-testid="closed">{words.closed_hint}</p> }.into_any(),
        Missing::Nothing => ().into_any(),
    };
    view! {
        {before}
        <div class="decide">
            {book}
            <button class="button" type="button" data-testid="dismiss" on:click=move |_| inbox.ask_dismissal()>
                <Icon glyph=Glyph::Close small=true />
                {words.dismiss}
                <kbd>"d"</kbd>
            </button>
        </div>
    }
}

#[component]
fn Month(inbox: Inbox) -> impl IntoView {
    let words = use_wording().decisions();
    view! {
        <label class="field">
            <span class="field__label">{words.for_month}</span>
            <input
                class="input"
                type="text"
                maxlength="7"
                placeholder="2026-11"
                data-testid="book-period"
                prop:value=move || inbox.period.get()
                on:input:target=move |event| inbox.period.set(event.target().value())
            />
        </label>
    }
}
