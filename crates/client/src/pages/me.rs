//! Me: who is signed in, how this phone works, and signing out.

mod about;
mod choices;
mod diagnostics;
mod notices;
mod position;
mod sending;
mod sign_out;
mod storage;

use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::components::look_choices::LookChoices;

use crate::components::icon::{Glyph, Icon};
use crate::components::phone_page::PhonePage;
use crate::components::unsent_work::UnsentWork;
use crate::runtime::{Runtime, use_runtime};
use crate::view_state::Settings;
use crate::wording::use_wording;
use about::About;
use diagnostics::DiagnosticsCard;
use notices::NoticesCard;
use position::PositionCard;
use sending::SendingCard;
use sign_out::SignOut;
use storage::StorageCard;

/// The page.
#[component]
pub(crate) fn MePage() -> impl IntoView {
    let wording = use_wording();
    view! {
        <PhonePage title=wording.frame.me>
            <Cards />
        </PhonePage>
    }
}

/// Keeps a changed setting.
fn change(runtime: Runtime, change: impl FnOnce(&mut Settings)) {
    let mut settings = runtime.settings().get_untracked();
    change(&mut settings);
    spawn_local(runtime.set_settings(settings));
}

#[component]
fn Cards() -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let session = runtime.session();
    let who = move || {
        session
            .read()
            .person()
            .map(|it| (it.username.clone(), wording.role(it.role)))
    };
    let settings = runtime.settings();
    let look = Memo::new(move |_| settings.read().look());
    let on_change = move |look| change(runtime, |it| it.set_look(look));
    view! {
        <div class="stack cards">
            <section class="card line line--spread">
                <div>
                    <p class="soft small">{wording.account.signed_in_as}</p>
                    <p class="strong" data-testid="me-name">{move || who().map(|it| it.0)}</p>
                </div>
                <span class="tag">{move || who().map(|it| it.1)}</span>
            </section>
            <SendingCard />
            <NoticesCard />
            <PositionCard />
            <section class="card settings">
                <Switches />
                <LookChoices look on_change />
            </section>
            <UnsentWork />
            <StorageCard />
            <About />
            <DiagnosticsCard />
            <a class="button button--wide" href="/password" data-testid="password-change">
                <Icon glyph=Glyph::Key />
                {wording.password.title}
            </a>
            <SignOut />
        </div>
    }
}

#[component]
fn Switches() -> impl IntoView {
    let words = &use_wording().me;
    view! {
        <Switch word=words.sound test_id="sound" is_on=|it| it.sound set=|it, on| it.sound = on />
        <Switch word=words.vibration test_id="vibration" is_on=|it| it.vibration set=|it, on| it.vibration = on />
    }
}

#[component]
fn Switch(
    word: &'static str,
    #[prop(optional)] hint: &'static str,
    test_id: &'static str,
    is_on: fn(&Settings) -> bool,
    set: fn(&mut Settings, bool),
) -> impl IntoView {
    let runtime = use_runtime();
    let settings = runtime.settings();
    view! {
        <label class="switch">
            <span>
                <span class="strong">{word}</span>
                {(!hint.is_empty()).then(|| view! { <br /> <span class="soft small">{hint}</span> })}
            </span>
            <input
                class="switch__box"
                type="checkbox"
                role="switch"
                data-testid=test_id
                prop:checked=move || is_on(&settings.read())
                on:change:target=move |event| {
                    let on = event.target().checked();
                    change(runtime, |it| set(it, on));
                }
            />
        </label>
    }
}
