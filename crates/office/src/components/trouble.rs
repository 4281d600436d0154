//! Why a call of the office's failed, and the button that tries it again.

use leptos::prelude::*;

use crate::session::use_session;
use crate::wording::{Wording, use_wording};
use ui::api::ApiError;
use ui::components::notice::{Notice, Tone};

/// What to say of an error.
pub(crate) fn office_error(error: &ApiError, wording: &Wording) -> String {
    let words = &wording.trouble;
    match error {
        ApiError::NoConnection | ApiError::Foreign => words.no_connection.to_owned(),
        ApiError::SignInAgain => wording.common.session_ended.to_owned(),
        ApiError::NotAllowed => words.not_allowed.to_owned(),
        ApiError::Refused { code, .. } => (words.refused)(&wording.refusal(code)),
    }
}

/// The error above a table, as long as there is one.
#[component]
pub(crate) fn OfficeTrouble(
    trouble: RwSignal<Option<ApiError>>,
    #[prop(into)] on_retry: Callback<()>,
) -> impl IntoView {
    move || trouble.get().map(|error| view! { <Failed error on_retry /> })
}

#[component]
fn Failed(error: ApiError, on_retry: Callback<()>) -> impl IntoView {
    let wording = use_wording();
    let session = use_session();
    let ended = error == ApiError::SignInAgain;
    let way_out = if ended {
        view! {
            <button class="button" type="button" on:click=move |_| session.open()>
                {wording.frame.sign_in}
            </button>
        }
        .into_any()
    } else {
        view! {
            <button class="button" type="button" on:click=move |_| on_retry.run(())>
                {wording.trouble.try_again}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="pad">
            <Notice tone=Tone::Bad alert=true test_id="office-error">
                <div class="line line--spread">
                    <p>{office_error(&error, wording)}</p>
                    {way_out}
                </div>
            </Notice>
        </div>
    }
}
