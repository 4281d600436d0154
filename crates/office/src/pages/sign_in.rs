//! The office's own door, in the place of all pages: by a passkey, or on to the sign-in by name and password. It is shown only
//! where the server and the browser have passkeys.

use leptos::html::Button;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::wire::passkeys::PasskeySignIn;
use ui::api::ApiError;
use ui::components::icon::{Glyph, Icon};
use ui::components::notice::{Notice, Tone};
use ui::components::register_display::RegisterDisplay;

use crate::adapters::authenticator::{self, Declined};
use crate::adapters::passkeys;
use crate::components::trouble::office_error;
use crate::session::{Session, sign_in_address, use_session};
use crate::wording::{Wording, use_wording};

/// The page.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let wording = use_wording();
    let words = wording.passkeys();
    let session = use_session();
    let working = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let button = NodeRef::<Button>::new();
    // Whoever comes here wants in: one key does it.
    button.on_load(|button| drop(button.focus()));
    let sign_in = move |_| {
        if working.get_untracked() {
            return;
        }
        working.set(true);
        trouble.set(None);
        spawn_local(async move {
            let came_in = come_in(session, wording).await;
            // The page is gone when it went well.
            working.try_set(false);
            if let Err(text) = came_in {
                trouble.try_set(Some(text));
            }
        });
    };
    let said = move || {
        trouble
            .get()
            .map(|text| view! { <Notice tone=Tone::Bad>{text}</Notice> })
    };
    view! {
        <main class="sign-in" data-testid="office-sign-in">
            <div class="sign-in__mark">
                <RegisterDisplay value="46211.5" dials=5 decimals=1 large=true />
                <h1>"Meterline"</h1>
                <p class="soft">{words.sign_in_lead}</p>
            </div>
            <div class="stack">
                <button
                    class="button button--main button--big button--wide"
                    type="button"
                    node_ref=button
                    data-testid="passkey-sign-in"
                    aria-disabled=move || working.get().to_string()
                    on:click=sign_in
                >
                    <Icon glyph=Glyph::Key />
                    {move || if working.get() { words.sign_in_working } else { words.sign_in }}
                </button>
                <div role="status" aria-live="polite" data-testid="passkey-outcome">
                    {said}
                </div>
                // In the other program: a link that the router of this one leaves alone.
                <a class="button button--wide" rel="external" href=sign_in_address() data-testid="by-password">
                    {words.by_password}
                </a>
            </div>
        </main>
    }
}

/// From the server's question over the browser's answer to the session; or what to say.
async fn come_in(session: Session, wording: &'static Wording) -> Result<(), String> {
    let words = wording.passkeys();
    let said = |error: ApiError| match error {
        ApiError::SignInAgain => words.sign_in_refused.to_owned(),
        error => office_error(&error, wording),
    };
    let begun = passkeys::begin_sign_in().await.map_err(said)?;
    let credential = authenticator::show(&begun.options).await;
    let credential = credential.map_err(|why| {
        let text = match why {
            Declined::Cancelled => words.sign_in_cancelled,
            Declined::NotPossible | Declined::KnownHere | Declined::Failed => words.failed,
        };
        text.to_owned()
    })?;
    let shown = PasskeySignIn {
        ceremony: begun.ceremony,
        credential,
    };
    let opened = passkeys::sign_in(&shown).await.map_err(said)?;
    session.enter(opened).await;
    Ok(())
}
