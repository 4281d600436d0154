//! Sending a reading back: why, in words for the person who read, and it is asked for again.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html::Textarea;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::item::REMARKS_LENGTH_MAX;
use shared::wire::office::{DecisionRequest, ReadingRow};

use super::cells::place_of;
use super::store::Store;
use crate::adapters::api;
use crate::form_keys::on_form_key;
use crate::wording::{locale, use_wording};

/// The name of the decision on the wire.
const SEND_BACK: &str = "send_back";
const WRONG: &str = "send-back-wrong";

/// Why, and off with it.
#[component]
pub(super) fn SendBackForm(row: ReadingRow, store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = &wording.readings;
    let field = NodeRef::<Textarea>::new();
    let wrong = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let focus = move || {
        if let Some(field) = field.get() {
            // It can only fail when the element has left the document.
            let _ = field.focus();
        }
    };
    Effect::new(focus);
    let person = row.captured_by.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let reason = store.reason.get_untracked().trim().to_owned();
        wrong.set(reason.is_empty());
        if reason.is_empty() {
            untrack(focus);
        } else if !busy.get_untracked() {
            busy.set(true);
            send(&row, reason, store, busy);
        }
    };
    let leave = move |event: KeyboardEvent| on_form_key(&event, || store.ask_nothing());
    let length = move || {
        let length = store.reason.read().chars().count();
        (words.characters)(&locale::whole(length), &locale::whole(REMARKS_LENGTH_MAX))
    };
    view! {
        <form class="stack send-back" novalidate=true on:submit=submit on:keydown=leave data-testid="send-back-form">
            <label class="field">
                <span class="field__label">{(words.send_back_why)(&person)}</span>
                <textarea
                    node_ref=field
                    class="input"
                    maxlength=REMARKS_LENGTH_MAX.to_string()
                    aria-invalid=move || wrong.get().to_string()
                    aria-describedby=WRONG
                    data-testid="send-back-reason"
                    prop:value=move || store.reason.get()
                    on:input:target=move |event| store.reason.set(event.target().value())
                ></textarea>
            </label>
            <div class="line line--spread small">
                <span id=WRONG class="strong tone-bad" role="alert" data-testid=WRONG>
                    {move || wrong.get().then_some(words.send_back_empty)}
                </span>
                <span class="soft number">{length}</span>
            </div>
            <div class="buttons">
                <button class="button" type="button" data-testid="send-back-cancel" on:click=move |_| store.ask_nothing()>
                    {wording.common.cancel}
                </button>
                <button class="button button--main" type="submit" data-testid="send-back-send" aria-disabled=move || busy.get().to_string()>
                    {words.send_back}
                    <kbd aria-hidden="true">"↵"</kbd>
                </button>
            </div>
        </form>
    }
}

fn send(row: &ReadingRow, reason: String, store: Store, busy: RwSignal<bool>) {
    let wording = store.wording;
    let id = row.id;
    let unit = place_of(row, wording, " ");
    let person = row.captured_by.clone();
    let request = DecisionRequest {
        decision: SEND_BACK.into(),
        revision: row.revision,
        reason,
        ..DecisionRequest::default()
    };
    store.outcome.set(None);
    spawn_local(async move {
        let answer = api::decide(id, &request).await;
        // The panel may be closed by now, or show another reading.
        busy.try_set(false);
        let outcome = answer.map(|rows| {
            store.take_decided(rows);
            (wording.readings.sent_back_now)(&unit, &person)
        });
        store.outcome.try_set(Some(outcome));
    });
}
