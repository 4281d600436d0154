//! Why something does not count.

use std::sync::Arc;

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html::Textarea;
use leptos::prelude::*;
use shared::item::REMARKS_LENGTH_MAX;
use shared::wire::office::ReadingRow;

use super::decide::dismiss;
use super::state::Inbox;
use crate::form_keys::on_form_key;
use crate::wording::use_wording;

const WRONG: &str = "dismiss-wrong";

/// The reason, and off with it.
#[component]
pub(super) fn DismissForm(row: Arc<ReadingRow>, inbox: Inbox) -> impl IntoView {
    let wording = use_wording();
    let words = wording.decisions();
    let field = NodeRef::<Textarea>::new();
    let wrong = RwSignal::new(false);
    Effect::new(move || {
        if let Some(field) = field.get() {
            // It can only fail when the element has left the document.
            let _ = field.focus();
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let empty = inbox.reason.get_untracked().trim().is_empty();
        wrong.set(empty);
        if !empty {
            dismiss(inbox);
        }
    };
    let leave = move |event: KeyboardEvent| on_form_key(&event, || inbox.dismissing.set(false));
    view! {
        <form class="stack send-back" novalidate=true on:submit=submit on:keydown=leave data-testid="dismiss-form">
            <label class="field">
                <span class="field__label">{(words.dismiss_why)(&row.captured_by)}</span>
                <textarea
                    node_ref=field
                    class="input"
                    maxlength=REMARKS_LENGTH_MAX.to_string()
                    aria-invalid=move || wrong.get().to_string()
                    aria-describedby=WRONG
                    data-testid="dismiss-reason"
                    prop:value=move || inbox.reason.get()
                    on:input:target=move |event| inbox.reason.set(event.target().value())
                ></textarea>
            </label>
            <span id=WRONG class="small strong tone-bad" role="alert" data-testid=WRONG>
                {move || wrong.get().then_some(words.reason_needed)}
            </span>
            <div class="buttons">
                <button class="button" type="button" data-testid="dismiss-cancel" on:click=move |_| inbox.dismissing.set(false)>
                    {wording.common.cancel}
                </button>
                <button class="button button--main" type="submit" data-testid="dismiss-send">
                    {words.dismiss}
                    <kbd aria-hidden="true">"↵"</kbd>
                </button>
            </div>
        </form>
    }
}
