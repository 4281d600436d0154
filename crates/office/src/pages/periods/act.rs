//! Asked before a period is closed or reopened: in the page, above what it is about.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html::{Button, Input};
use leptos::prelude::*;
use shared::item::REMARKS_LENGTH_MAX;

use super::one_store::{Act, OneStore};
use crate::wording::use_wording;

const WRONG: &str = "period-wrong";

/// Whether to close; Enter does it, Esc leaves it.
#[component]
pub(super) fn CloseForm(store: OneStore) -> impl IntoView {
    let wording = use_wording();
    let words = wording.periods();
    let button = NodeRef::<Button>::new();
    Effect::new(move || {
        if let Some(button) = button.get() {
            // It can only fail when the element has left the document.
            let _ = button.focus();
        }
    });
    let question = move || {
        let (property, month) = store.said();
        (words.close_sure)(&property, &month, store.detail.read().summary.counts.clean)
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        store.send(Act::Close);
    };
    view! {
        <form class="missing__ask" on:submit=submit on:keydown=move |event| leave(&event, store) data-testid="close-form">
            <p class="field strong">{question}</p>
            <button node_ref=button class="button button--main" type="submit" data-testid="close-send">{words.close}</button>
            <button class="button" type="button" data-testid="act-cancel" on:click=move |_| store.asking.set(None)>
                {wording.common.cancel}
            </button>
        </form>
    }
}

/// Why it is reopened.
#[component]
pub(super) fn ReopenForm(store: OneStore) -> impl IntoView {
    let wording = use_wording();
    let words = wording.periods();
    let field = NodeRef::<Input>::new();
    let wrong = RwSignal::new(false);
    Effect::new(move || {
        if let Some(field) = field.get() {
            // It can only fail when the element has left the document.
            let _ = field.focus();
        }
    });
    let question = move || {
        let (property, month) = store.said();
        (words.reopen_why)(&property, &month)
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        wrong.set(store.reason.get_untracked().trim().is_empty());
        if !wrong.get_untracked() {
            store.send(Act::Reopen);
        }
    };
    view! {
        <form
            class="missing__ask"
            novalidate=true
            on:submit=submit
            on:keydown=move |event| leave(&event, store)
            data-testid="reopen-form"
        >
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
                    data-testid="reopen-reason"
                    prop:value=move || store.reason.get()
                    on:input:target=move |event| {
                        wrong.set(false);
                        store.reason.set(event.target().value());
                    }
                />
            </label>
            <button class="button button--main" type="submit" data-testid="reopen-send">{words.reopen}</button>
            <button class="button" type="button" data-testid="act-cancel" on:click=move |_| store.asking.set(None)>
                {wording.common.cancel}
            </button>
        </form>
    }
}

fn leave(event: &KeyboardEvent, store: OneStore) {
    if event.key() == "Escape" {
        event.stop_propagation();
        store.asking.set(None);
    }
}
