//! A code of the office has opened the app: with one tap this phone works for the person that the code was made for.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

use crate::actions::SignInError;
use crate::components::icon::{Glyph, Icon};
use crate::components::notice::{Notice, Tone};
use crate::components::unsent_work::UnsentWork;
use crate::runtime::use_runtime;
use crate::wording::{Wording, use_wording};

/// The page in the place of all others, as long as there is an invitation. A tap is asked for: a link alone, sent by a
/// stranger, must not change who works here.
#[component]
pub(crate) fn EnrolPage(
    /// What the code said.
    invitation: RwSignal<Option<String>>,
) -> impl IntoView {
    let wording = use_wording();
    let words = wording.enrol();
    let runtime = use_runtime();
    let navigate = use_navigate();
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let enrol = move |_| {
        let Some(token) = invitation.get_untracked().filter(|_| !busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        trouble.set(None);
        let navigate = navigate.clone();
        spawn_local(async move {
            match runtime.enrol(token).await {
                Ok(()) => {
                    invitation.set(None);
                    navigate("/", Default::default());
                }
                Err(error) => trouble.set(Some(error_words(error, wording))),
            }
            busy.set(false);
        });
    };
    let said = move || {
        let text = trouble.get();
        text.map(|text| view! { <Notice tone=Tone::Bad alert=true test_id="enrol-error">{text}</Notice> })
    };
    view! {
        <main class="sign-in" data-testid="enrol">
            <div class="sign-in__mark">
                <Icon glyph=Glyph::Phone />
                <h1>{words.title}</h1>
                <p class="soft">{words.lead}</p>
            </div>
            <Other />
            {said}
            <div class="stack">
                <button
                    class="button button--main button--big button--wide"
                    type="button"
                    data-testid="enrol-yes"
                    aria-disabled=move || busy.get().to_string()
                    on:click=enrol
                >
                    {move || if busy.get() { words.working } else { words.submit }}
                </button>
                <button
                    class="button button--wide"
                    type="button"
                    data-testid="enrol-no"
                    on:click=move |_| invitation.set(None)
                >
                    {words.leave}
                </button>
            </div>
            <UnsentWork />
        </main>
    }
}

/// Who works with this phone until now.
#[component]
fn Other() -> impl IntoView {
    let words = use_wording().enrol();
    let session = use_runtime().session();
    let name = move || session.read().person().map(|it| it.username.clone());
    move || {
        name().map(
            |name| view! { <Notice tone=Tone::Info test_id="enrol-other">{(words.other)(&name)}</Notice> },
        )
    }
}

fn error_words(error: SignInError, wording: &Wording) -> String {
    match error {
        SignInError::NoConnection => wording.enrol().no_connection.to_owned(),
        error => wording.sign_in_error(error),
    }
}
