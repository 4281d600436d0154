//! The question before a label is revoked or replaced: why, and what comes of it.

use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::html::Dialog;
use leptos::prelude::*;
use shared::item::REMARKS_LENGTH_MAX;
use shared::wire::labels::LabelRow;

use super::store::Store;
use super::table::spaced;
use crate::adapters::labels::LabelVerb;
use crate::components::trouble::office_error;
use crate::wording::use_wording;
use ui::components::notice::{Notice, Tone};
use ui::components::toast::use_toasts;
use ui::wording::places::unit_name;

/// Open while somebody changes a label; the browser gives the focus back to the button when it closes.
#[component]
pub(super) fn ChangeDialog(store: Store) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (store.changing.read().is_some(), dialog.open()) {
            // It can only fail when the element has left the document.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let form = move || {
        let changing = store.changing.get();
        changing.map(|(row, verb)| view! { <ChangeForm row verb store /> })
    };
    view! {
        <dialog
            class="sheet"
            node_ref=dialog
            aria-labelledby="change-title"
            on:close=move |_| store.changing.set(None)
            data-testid="change-label"
        >
            {form}
        </dialog>
    }
}

#[component]
fn ChangeForm(row: Arc<LabelRow>, verb: LabelVerb, store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.labels();
    let reason = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let toasts = use_toasts();
    let unit = format!(
        "{} {}",
        row.property_code,
        unit_name(&row.building, &row.unit_no, &row.point)
    );
    let code = row.code.clone().unwrap_or_default();
    let (title, hint, yes) = match verb {
        LabelVerb::Reissue => (words.reissue_title, words.reissue_hint, words.reissue),
        LabelVerb::Revoke => (words.revoke_title, words.revoke_hint, words.revoke),
    };
    let title = title(&spaced(&code), &unit);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let why = reason.get_untracked().trim().to_owned();
        if why.is_empty() {
            trouble.set(Some(words.reason_needed.to_owned()));
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let unit = unit.clone();
        store.change(&code, verb, why, move |result| {
            busy.try_set(false);
            match result {
                Ok(row) => {
                    store.changing.set(None);
                    let new = row.code.filter(|_| row.state == "active");
                    toasts.say(match new {
                        Some(new) => (words.reissued)(&spaced(&new), &unit),
                        None => (words.is_revoked)(&unit),
                    });
                }
                Err(error) => drop(trouble.try_set(Some(office_error(&error, wording)))),
            }
        });
    };
    let notice = move || {
        let text = trouble.get();
        text.map(|text| view! { <Notice tone=Tone::Bad alert=true test_id="change-error">{text}</Notice> })
    };
    view! {
        <form class="stack" novalidate=true on:submit=submit>
            <h2 id="change-title">{title}</h2>
            <p>{hint}</p>
            <Reason reason on_typed=move |()| trouble.set(None) />
            {notice}
            <div class="buttons">
                <button class="button" type="button" data-testid="change-no" on:click=move |_| store.changing.set(None)>
                    {wording.common.cancel}
                </button>
                <button
                    class="button button--danger"
                    type="submit"
                    aria-disabled=move || busy.get().to_string()
                    data-testid="change-yes"
                >
                    {yes}
                </button>
            </div>
        </form>
    }
}

#[component]
fn Reason(reason: RwSignal<String>, #[prop(into)] on_typed: Callback<()>) -> impl IntoView {
    let words = use_wording().labels();
    view! {
        <label class="field">
            <span class="field__label">{words.reason}</span>
            <textarea
                class="input"
                autofocus=true
                required=true
                maxlength=REMARKS_LENGTH_MAX.to_string()
                placeholder=words.reason_example
                data-testid="change-reason"
                prop:value=move || reason.get()
                on:input:target=move |event| {
                    reason.set(event.target().value());
                    on_typed.run(());
                }
            ></textarea>
        </label>
    }
}
