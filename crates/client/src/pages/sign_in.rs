//! Sign-in: the only page that needs the network, and only once.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use shared::wire::session::RoleName;

use crate::components::export_button::ExportButton;
use crate::components::notice::{Notice, Tone};
use crate::components::register_display::RegisterDisplay;
use crate::components::unsent_work::UnsentWork;
use crate::pages::to_office::lead_to_office;
use crate::runtime::use_runtime;
use crate::wording::use_wording;

/// The form for somebody whom this device does not know.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    let wording = use_wording();
    view! {
        <main class="sign-in">
            <div class="sign-in__mark">
                <RegisterDisplay value="46211.5" dials=5 decimals=1 large=true />
                <h1>"Meterline"</h1>
                <p class="soft">{wording.sign_in.lead}</p>
            </div>
            <SignInForm name=String::new() on_done=|| () />
            <UnsentWork />
        </main>
    }
}

/// The form for the person whose session the server has ended; what waits stays.
#[component]
pub(crate) fn SignInAgain() -> impl IntoView {
    let wording = use_wording();
    let navigate = use_navigate();
    let runtime = use_runtime();
    let own = Memo::new(move |_| runtime.outbox().with(|it| it.waiting + it.shelf));
    let name = runtime
        .session()
        .with_untracked(|it| it.person().map(|person| person.username.clone()))
        .unwrap_or_default();
    let is_technician = move || {
        runtime.session().with_untracked(|it| {
            it.person()
                .is_none_or(|person| person.role == RoleName::Technician)
        })
    };
    let lead = if is_technician() {
        (wording.sign_in.again_lead)(&name)
    } else {
        wording.common.session_ended.to_owned()
    };
    // Another person may have signed in than was asked for.
    let on_done = move || {
        if is_technician() {
            navigate("/", Default::default());
        } else {
            lead_to_office();
        }
    };
    view! {
        <main class="sign-in">
            <div class="sign-in__mark">
                <h1>{wording.pill.sign_in_again}</h1>
                <p class="soft">{lead}</p>
            </div>
            <SignInForm name on_done />
            {move || (own.get() > 0).then(|| view! { <OwnWork count=own.get() /> })}
            <a href="/">{wording.common.back}</a>
        </main>
    }
}

/// Whoever cannot sign in has another way to the office.
#[component]
fn OwnWork(count: usize) -> impl IntoView {
    let wording = use_wording();
    view! {
        <Notice tone=Tone::Info test_id="own-work">
            <p class="strong">{(wording.outbox.waiting)(count)}</p>
            <p class="small">{wording.handover().own_hint}</p>
            <div class="buttons">
                <ExportButton />
            </div>
        </Notice>
    }
}

#[component]
fn SignInForm(name: String, on_done: impl Fn() + Clone + 'static) -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let name = RwSignal::new(name);
    let password = RwSignal::new(String::new());
    let working = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if working.get_untracked() {
            return;
        }
        working.set(true);
        let on_done = on_done.clone();
        spawn_local(async move {
            let result = runtime
                .sign_in(name.get_untracked().trim().to_owned(), password.get_untracked())
                .await;
            // The page is gone when it went well: nobody reads these any more.
            working.try_set(false);
            match result {
                Ok(()) => on_done(),
                Err(error) => drop(trouble.try_set(Some(wording.sign_in_error(error)))),
            }
        });
    };
    let said = move || {
        trouble
            .get()
            .map(|text| view! { <Notice tone=Tone::Bad alert=true test_id="sign-in-error">{text}</Notice> })
    };
    view! {
        <form class="stack" on:submit=submit>
            <label class="field">
                <span class="field__label">{wording.sign_in.name}</span>
                <input
                    class="input"
                    name="username"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    required
                    data-testid="username"
                    bind:value=name
                />
            </label>
            <label class="field">
                <span class="field__label">{wording.sign_in.password}</span>
                <input
                    class="input"
                    type="password"
                    name="password"
                    autocomplete="current-password"
                    required
                    data-testid="password"
                    bind:value=password
                />
            </label>
            {said}
            <button
                class="button button--main button--big button--wide"
                type="submit"
                data-testid="sign-in"
                aria-disabled=move || working.get().to_string()
            >
                {move || if working.get() { wording.sign_in.working } else { wording.sign_in.submit }}
            </button>
        </form>
    }
}
