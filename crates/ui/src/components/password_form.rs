//! Choosing a password of one's own: the same form on the phone and in the office.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::password::{NewPassword, PASSWORD_CHARACTERS_MIN, PasswordFault};
use shared::wire::session::PasswordChange;

use super::notice::{Notice, Tone};
use crate::api::{self, ApiError};
use crate::wording::{Words, use_words};

/// The form. What can be seen to be wrong here is not sent.
#[component]
pub fn PasswordForm(
    /// Hears that the password is changed.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let present = RwSignal::new(String::new());
    let new = RwSignal::new(String::new());
    let is_shown = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let change = PasswordChange {
            password: present.get_untracked(),
            new_password: new.get_untracked(),
        };
        if let Err(fault) = NewPassword::parse_instead(&change.password, &change.new_password) {
            trouble.set(Some(fault_words(fault, words)));
            return;
        }
        busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            let answer = api::change_password(&change).await;
            busy.try_set(false);
            match answer {
                Ok(()) => on_done.run(()),
                Err(error) => drop(trouble.try_set(Some(error_words(&error, words)))),
            }
        });
    };
    let kind = move || if is_shown.get() { "text" } else { "password" };
    let said = move || {
        let text = trouble.get();
        text.map(|text| view! { <Notice tone=Tone::Bad alert=true test_id="password-error">{text}</Notice> })
    };
    view! {
        <form class="stack" novalidate=true on:submit=submit data-testid="password-form">
            <Field word=words.password.present value=present kind test_id="password-present" autocomplete="current-password" />
            <Field word=words.password.new value=new kind test_id="password-new" autocomplete="new-password" />
            <p class="small soft" id="password-rule">{(words.password.rule)(PASSWORD_CHARACTERS_MIN)}</p>
            <label class="line password-show">
                <input
                    type="checkbox"
                    class="tick"
                    data-testid="password-show"
                    prop:checked=move || is_shown.get()
                    on:change:target=move |event| is_shown.set(event.target().checked())
                />
                {words.password.show}
            </label>
            {said}
            <button
                class="button button--main button--big button--wide"
                type="submit"
                data-testid="password-submit"
                aria-disabled=move || busy.get().to_string()
            >
                {move || if busy.get() { words.password.working } else { words.password.submit }}
            </button>
        </form>
    }
}

#[component]
fn Field<K>(
    word: &'static str,
    value: RwSignal<String>,
    kind: K,
    test_id: &'static str,
    autocomplete: &'static str,
) -> impl IntoView
where
    K: Fn() -> &'static str + Copy + Send + Sync + 'static,
{
    let is_first = autocomplete == "current-password";
    view! {
        <label class="field">
            <span class="field__label">{word}</span>
            <input
                class="input"
                type=kind
                required=true
                autofocus=is_first
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                aria-describedby=(!is_first).then_some("password-rule")
                data-testid=test_id
                bind:value=value
            />
        </label>
    }
}

fn fault_words(fault: PasswordFault, words: &Words) -> String {
    match fault {
        PasswordFault::TooShort => (words.password.too_short)(PASSWORD_CHARACTERS_MIN),
        PasswordFault::TooLong => words.password.too_long.to_owned(),
        PasswordFault::Same => words.password.same.to_owned(),
    }
}

fn error_words(error: &ApiError, words: &Words) -> String {
    let said = match error {
        ApiError::NoConnection | ApiError::Foreign => words.password.no_connection,
        ApiError::SignInAgain => words.common.session_ended,
        ApiError::Refused { status: 429, .. } => words.password.too_often,
        ApiError::Refused { code, .. } if code == "present_password_wrong" => words.password.wrong,
        ApiError::NotAllowed | ApiError::Refused { .. } => words.password.failed,
    };
    said.to_owned()
}
