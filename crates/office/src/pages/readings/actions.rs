//! What can be done with the reading that the panel shows, or the question that comes before it.

use std::sync::Arc;

use leptos::prelude::*;
use shared::wire::office::ReadingRow;
use ui::components::icon::{Glyph, Icon};

use super::approve::{approve_and_go_on, can_approve};
use super::correct::CorrectForm;
use super::send_back::SendBackForm;
use super::store::{Question, Store};
use super::story::is_of_exchange;
use crate::wording::use_wording;

/// Whether the rules let it be as far as a row tells; the server asks for more.
pub(super) fn can_ask(question: Question, row: &ReadingRow) -> bool {
    match question {
        Question::SendBack => row.state == "received",
        Question::Correct => match row.state.as_str() {
            "received" => !is_of_exchange(row),
            // What came with the portfolio was approved by nobody here.
            "approved" => row.decision.is_some() && !is_of_exchange(row),
            _ => false,
        },
    }
}

/// The buttons, or in their place a form.
#[component]
pub(super) fn Actions(row: Arc<ReadingRow>, store: Store) -> impl IntoView {
    move || match store.asking.get().filter(|it| can_ask(*it, &row)) {
        Some(Question::SendBack) => view! { <SendBackForm row=ReadingRow::clone(&row) store /> }.into_any(),
        Some(Question::Correct) => view! { <CorrectForm row=ReadingRow::clone(&row) store /> }.into_any(),
        None => view! { <Buttons row=Arc::clone(&row) store /> }.into_any(),
    }
}

#[component]
fn Buttons(row: Arc<ReadingRow>, store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.decisions();
    let approve = can_approve(&row).then(|| {
        view! {
            <button class="button button--main" type="button" data-testid="approve" on:click=move |_| approve_and_go_on(store)>
                <Icon glyph=Glyph::Check small=true />
                {words.approve}
                <kbd>"a"</kbd>
            </button>
        }
    });
    let ask = |question, id, glyph, word, key| {
        can_ask(question, &row).then(|| {
            view! {
                <button class="button" type="button" data-testid=id on:click=move |_| store.ask(question)>
                    <Icon glyph small=true />
                    {word}
                    <kbd>{key}</kbd>
                </button>
            }
        })
    };
    view! {
        <div class="decide">
            {approve}
            {ask(Question::Correct, "correct", Glyph::Edit, words.correct, "e")}
            {ask(Question::SendBack, "send-back", Glyph::SentBack, wording.readings.send_back, "r")}
        </div>
    }
}
