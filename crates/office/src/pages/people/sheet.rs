//! What lies over the list: a form, a first password, or a code for a phone.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::code::Code;
use super::form::PersonForm;
use super::secret::Secret;
use super::store::{Shown, Store};

/// Open while there is something; the browser gives the focus back to where it was when it closes.
#[component]
pub(super) fn Sheet(store: Store) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (store.shown.read().is_some(), dialog.open()) {
            // It can only fail when the element has left the document.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let content = move || {
        store.shown.get().map(|shown| match shown {
            Shown::New => view! { <PersonForm store row=None /> }.into_any(),
            Shown::Change(row) => view! { <PersonForm store row=Some(row) /> }.into_any(),
            Shown::Password(told) => view! { <Secret store told /> }.into_any(),
            Shown::Code(row, code) => view! { <Code store row code /> }.into_any(),
        })
    };
    view! {
        <dialog
            class="sheet people__sheet"
            node_ref=dialog
            aria-labelledby="person-title"
            on:close=move |_| store.shown.set(None)
            data-testid="person-sheet"
        >
            {content}
        </dialog>
    }
}
