//! Correcting a reading: what the value should have been, and why. The original stays.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::item::REMARKS_LENGTH_MAX;
use shared::wire::office::{DecisionRequest, ReadingRow};

use super::cells::{place_of, value_of};
use super::store::Store;
use crate::adapters::api;
use crate::form_keys::on_form_key;
use crate::typed_value::typed_value;
use crate::wording::{locale, use_wording};

const CORRECT: &str = "correct";
const WRONG: &str = "correct-wrong";

/// The value and the reason.
#[component]
pub(super) fn CorrectForm(row: ReadingRow, store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.decisions();
    let field = NodeRef::<Input>::new();
    let value = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<&'static str>);
    let busy = RwSignal::new(false);
    Effect::new(move || {
        if let Some(field) = field.get() {
            // It can only fail when the element has left the document.
            let _ = field.focus();
        }
    });
    let original = (words.correct_from)(&value_of(&row, wording));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = typed_value(&value.get_untracked());
        let reason = store.reason.get_untracked().trim().to_owned();
        let missing = match (&typed, reason.is_empty()) {
            (None, _) => Some(words.correct_value_wrong),
            (Some(_), true) => Some(words.reason_needed),
            (Some(_), false) => None,
        };
        wrong.set(missing);
        if let (Some(typed), None, false) = (typed, missing, busy.get_untracked()) {
            busy.set(true);
            send(&row, typed, reason, store, busy);
        }
    };
    let leave = move |event: KeyboardEvent| on_form_key(&event, || store.ask_nothing());
    view! {
        <form class="stack send-back" novalidate=true on:submit=submit on:keydown=leave data-testid="correct-form">
            <label class="field">
                <span class="field__label">{original}</span>
                <input
                    node_ref=field
                    class="input number"
                    inputmode="decimal"
                    autocomplete="off"
                    maxlength="20"
                    aria-describedby=WRONG
                    data-testid="correct-value"
                    prop:value=move || value.get()
                    on:input:target=move |event| value.set(event.target().value())
                />
            </label>
            <label class="field">
                <span class="field__label">{words.correct_why}</span>
                <textarea
                    class="input"
                    maxlength=REMARKS_LENGTH_MAX.to_string()
                    aria-describedby=WRONG
                    data-testid="correct-reason"
                    prop:value=move || store.reason.get()
                    on:input:target=move |event| store.reason.set(event.target().value())
                ></textarea>
            </label>
            <span id=WRONG class="small strong tone-bad" role="alert" data-testid=WRONG>{move || wrong.get()}</span>
            <div class="buttons">
                <button class="button" type="button" data-testid="correct-cancel" on:click=move |_| store.ask_nothing()>
                    {wording.common.cancel}
                </button>
                <button class="button button--main" type="submit" data-testid="correct-send" aria-disabled=move || busy.get().to_string()>
                    {words.correct}
                    <kbd aria-hidden="true">"↵"</kbd>
                </button>
            </div>
        </form>
    }
}

fn send(row: &ReadingRow, value: String, reason: String, store: Store, busy: RwSignal<bool>) {
    let wording = store.wording;
    let id = row.id;
    let place = place_of(row, wording, " ");
    let request = DecisionRequest {
        decision: CORRECT.into(),
        revision: row.revision,
        reason,
        value: Some(value.clone()),
    };
    store.outcome.set(None);
    spawn_local(async move {
        let answer = api::decide(id, &request).await;
        // The panel may be closed by now, or show another reading.
        busy.try_set(false);
        let outcome = answer.map(|rows| {
            store.take_decided(rows);
            (wording.decisions().corrected)(&place, &locale::decimal(&value))
        });
        store.outcome.try_set(Some(outcome));
    });
}
