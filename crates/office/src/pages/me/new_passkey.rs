//! The form before the browser makes a passkey.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use shared::wire::passkeys::PASSKEY_NAME_CHARACTERS_MAX;

use super::passkey_store::PasskeyStore;
use crate::wording::use_wording;

/// Its name, and the password once more.
#[component]
pub(super) fn NewPasskeyForm(store: PasskeyStore) -> impl IntoView {
    let wording = use_wording();
    let words = wording.passkeys();
    let name = RwSignal::new(words.name_usual.to_owned());
    let password = RwSignal::new(String::new());
    let field = NodeRef::<Input>::new();
    field.on_load(|field| drop(field.focus()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        store.add(name.get_untracked(), password.get_untracked());
    };
    view! {
        <form class="stack" novalidate=true on:submit=submit data-testid="passkey-form">
            <label class="field">
                <span class="field__label">{words.name}</span>
                <input
                    class="input"
                    node_ref=field
                    required=true
                    maxlength=PASSKEY_NAME_CHARACTERS_MAX.to_string()
                    autocomplete="off"
                    aria-describedby="passkey-name-hint"
                    data-testid="passkey-name"
                    bind:value=name
                />
                <span class="small soft" id="passkey-name-hint">{words.name_hint}</span>
            </label>
            <label class="field">
                <span class="field__label">{wording.password.present}</span>
                <input
                    class="input"
                    type="password"
                    required=true
                    autocomplete="current-password"
                    aria-describedby="passkey-password-hint"
                    data-testid="passkey-password"
                    bind:value=password
                />
                <span class="small soft" id="passkey-password-hint">{words.password_hint}</span>
            </label>
            <div class="buttons">
                <button class="button" type="button" data-testid="passkey-cancel" on:click=move |_| store.adding.set(false)>
                    {wording.common.cancel}
                </button>
                <button
                    class="button button--main"
                    type="submit"
                    data-testid="passkey-go-on"
                    aria-disabled=move || store.working.get().to_string()
                >
                    {move || if store.working.get() { words.working } else { words.go_on }}
                </button>
            </div>
        </form>
    }
}
