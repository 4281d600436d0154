//! A password of one's own: asked for after a first sign-in, and whenever somebody wants another.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use ui::components::password_form::PasswordForm;

use crate::components::phone_page::PhonePage;
use crate::components::toast::use_toasts;
use crate::runtime::use_runtime;
use crate::view_state::OwnPassword;
use crate::wording::use_wording;

/// After a first sign-in, in the place of all other pages. It can be put off: nothing is sent until then, but whoever stands
/// before a meter reads it.
#[component]
pub(crate) fn FirstPasswordPage() -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let toasts = use_toasts();
    let done = move |()| {
        runtime.own_password_chosen();
        toasts.say(wording.password.changed);
    };
    view! {
        <main class="sign-in" data-testid="own-password">
            <div class="sign-in__mark">
                <h1>{wording.password.first_title}</h1>
                <p class="soft">{wording.password.first_lead}</p>
            </div>
            <PasswordForm on_done=done />
            <button
                class="button button--wide"
                type="button"
                data-testid="password-later"
                on:click=move |_| runtime.own_password().set(OwnPassword::PutOff)
            >
                {wording.enrol().password_later}
            </button>
        </main>
    }
}

/// Another password, from Me.
#[component]
pub(crate) fn PasswordPage() -> impl IntoView {
    let wording = use_wording();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let done = move |()| {
        toasts.say(wording.password.changed);
        navigate("/me", Default::default());
    };
    view! {
        <PhonePage title=wording.password.title back="/me">
            <div class="pad">
                <PasswordForm on_done=done />
            </div>
        </PhonePage>
    }
}
