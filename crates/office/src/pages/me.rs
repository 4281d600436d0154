//! Me: who is signed in, how the pages look, password and passkeys, and signing out.

mod new_passkey;
mod passkey_store;
mod passkeys;

use leptos::prelude::*;
use ui::components::confirm::Confirm;
use ui::components::icon::{Glyph, Icon};
use ui::components::look_choices::LookChoices;
use ui::components::password_form::PasswordForm;
use ui::components::toast::use_toasts;

use crate::components::frame::OfficeFrame;
use crate::session::use_session;
use crate::wording::use_wording;
use passkeys::Passkeys;

/// The page.
#[component]
pub(crate) fn MePage() -> impl IntoView {
    let wording = use_wording();
    let session = use_session();
    view! {
        <OfficeFrame>
            <header class="office__bar">
                <h1>{wording.frame.me}</h1>
            </header>
            <main class="office__scroll">
                <div class="stack cards">
                    <Who />
                    <section class="card settings">
                        <LookChoices look=session.look on_change=move |look| session.set_look(look) />
                    </section>
                    <section class="card">
                        <dl class="facts">
                            <dt>{wording.account.version}</dt>
                            <dd class="number" data-testid="version">
                                {env!("CARGO_PKG_VERSION")}
                            </dd>
                        </dl>
                    </section>
                    <ChangePassword />
                    <Passkeys />
                    <SignOut />
                </div>
            </main>
        </OfficeFrame>
    }
}

#[component]
fn Who() -> impl IntoView {
    let wording = use_wording();
    let session = use_session();
    view! {
        <section class="card line line--spread">
            <div>
                <p class="soft small">{wording.account.signed_in_as}</p>
                <p class="strong" data-testid="me-name">{move || session.person().map(|it| it.name)}</p>
            </div>
            <span class="tag">{move || session.person().map(|it| wording.role(it.role))}</span>
        </section>
    }
}

#[component]
fn ChangePassword() -> impl IntoView {
    let wording = use_wording();
    let is_open = RwSignal::new(false);
    let toasts = use_toasts();
    let done = move |()| {
        is_open.set(false);
        toasts.say(wording.password.changed);
    };
    view! {
        <section class="card stack">
            <button
                class="button button--wide"
                type="button"
                aria-expanded=move || is_open.get().to_string()
                data-testid="password-change"
                on:click=move |_| is_open.update(|open| *open = !*open)
            >
                <Icon glyph=Glyph::Key />
                {wording.password.title}
            </button>
            {move || is_open.get().then(|| view! { <PasswordForm on_done=done /> })}
        </section>
    }
}

#[component]
fn SignOut() -> impl IntoView {
    let wording = use_wording();
    let session = use_session();
    let asking = RwSignal::new(false);
    view! {
        <button class="button button--wide" type="button" data-testid="sign-out" on:click=move |_| asking.set(true)>
            <Icon glyph=Glyph::SignOut />
            {wording.account.sign_out}
        </button>
        <Confirm
            open=asking
            title=wording.account.sign_out_title
            hint=wording.frame.sign_out_hint
            yes=wording.account.sign_out
            on_yes=move |()| session.sign_out()
        />
    }
}
