//! Choosing a password of one's own, before anything else in the office.

use leptos::prelude::*;
use ui::components::password_form::PasswordForm;

use crate::session::use_session;
use crate::wording::use_wording;

/// The page in the place of all others.
#[component]
pub(crate) fn OwnPassword() -> impl IntoView {
    let wording = use_wording();
    let session = use_session();
    view! {
        <main class="sign-in" data-testid="own-password">
            <div class="sign-in__mark">
                <h1>{wording.password.first_title}</h1>
                <p class="soft">{wording.password.first_lead}</p>
                <p class="soft small">
                    {wording.account.signed_in_as} " "
                    <span class="strong">{move || session.person().map(|it| it.name)}</span>
                </p>
            </div>
            <PasswordForm on_done=move |()| session.open() />
            <button class="button button--quiet" type="button" data-testid="sign-out" on:click=move |_| session.sign_out()>
                {wording.account.sign_out}
            </button>
        </main>
    }
}
