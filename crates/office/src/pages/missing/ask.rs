//! Why: asked before anything is estimated or asked for.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html::Input;
use leptos::prelude::*;
use shared::item::REMARKS_LENGTH_MAX;

use super::decide::{send, unit_of, value_of};
use super::store::{Store, What};
use crate::wording::use_wording;

const WRONG: &str = "missing-wrong";

/// One line; Enter sends it.
#[component]
pub(super) fn AskForm(what: What, store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.missing();
    let field = NodeRef::<Input>::new();
    let wrong = RwSignal::new(false);
    let reason = store.reason(what);
    Effect::new(move || {
        if let Some(field) = field.get() {
            // It can only fail when the element has left the document.
            let _ = field.focus();
            field.select();
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        wrong.set(reason.get_untracked().trim().is_empty());
        if let Some(row) = untrack(move || store.chosen()).filter(|_| !wrong.get_untracked()) {
            send(store, row, what);
        }
    };
    let leave = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            store.asking.set(None);
        }
    };
    let question = move || {
        store.chosen().map(|row| match what {
            What::Reading => (words.ask_of)(&unit_of(&row)),
            What::Mean | What::LastYear => (words.estimate_of)(&value_of(&row, what), &unit_of(&row)),
        })
    };
    let send_word = if what == What::Reading {
        words.ask
    } else {
        words.estimate
    };
    view! {
        <form class="missing__ask" novalidate=true on:submit=submit on:keydown=leave data-testid="missing-form">
            <label class="field">
                <span class="line line--wrap">
                    <span class="field__label">{question}</span>
                    <span id=WRONG class="small strong tone-bad" role="alert" data-testid=WRONG>
                        {move || wrong.get().then_some(wording.decisions().reason_needed)}
                    </span>
                </span>
                <input
                    node_ref=field
                    class="input"
                    type="text"
                    maxlength=REMARKS_LENGTH_MAX.to_string()
                    aria-invalid=move || wrong.get().to_string()
                    aria-describedby=WRONG
                    data-testid="missing-reason"
                    prop:value=move || reason.get()
                    on:input:target=move |event| {
                        wrong.set(false);
                        reason.set(event.target().value());
                    }
                />
            </label>
            <button class="button button--main" type="submit" data-testid="missing-send">{send_word}</button>
            <button class="button" type="button" data-testid="missing-cancel" on:click=move |_| store.asking.set(None)>
                {wording.common.cancel}
            </button>
        </form>
    }
}
