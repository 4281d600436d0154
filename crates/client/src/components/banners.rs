//! What a person has to know whatever page is open: a new version, trouble with the storage, signing in again.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::sync::status::Pause;

use super::icon::{Glyph, Icon};
use super::toast::use_toasts;
use crate::actions::UpdateError;
use crate::runtime::use_runtime;
use crate::view_state::{OwnPassword, StoreTrouble};
use crate::wording::{Wording, use_wording};

/// The banners, most pressing first; nothing most of the time.
#[component]
pub(crate) fn Banners() -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let trouble = move || {
        runtime
            .trouble()
            .get()
            .map(|trouble| trouble_banner(trouble, wording))
    };
    let paused = Memo::new(move |_| runtime.status().read().paused);
    let own_password = Memo::new(move |_| runtime.own_password().get());
    let sign_in = move || match (own_password.get(), paused.get()) {
        (OwnPassword::PutOff, _) => Some(view! { <PasswordBanner /> }.into_any()),
        (_, Some(Pause::SignIn)) => Some(sign_in_banner(wording).into_any()),
        _ => None,
    };
    let update = move || {
        runtime
            .update_available()
            .get()
            .then(|| view! { <UpdateBanner /> })
    };
    let revoked = move || runtime.revoked().get().then(|| revoked_banner(wording));
    view! { <div class="banners">{trouble} {revoked} {sign_in} {update}</div> }
}

fn trouble_banner(trouble: StoreTrouble, wording: &Wording) -> impl IntoView + use<> {
    let text = match trouble {
        StoreTrouble::CannotOpen => wording.frame.store_cannot_open.to_owned(),
        StoreTrouble::NotStored { kept: true } => wording.frame.not_stored_kept.to_owned(),
        StoreTrouble::NotStored { kept: false } => wording.frame.not_stored_lost.to_owned(),
        StoreTrouble::NumbersMissing { stored, known } => (wording.frame.numbers_missing)(stored, known),
    };
    view! {
        <div class="banner banner--bad" role="alert" data-testid="store-trouble">
            <Icon glyph=Glyph::Alert />
            <p class="banner__text">{text}</p>
        </div>
    }
}

fn revoked_banner(wording: &Wording) -> impl IntoView + use<> {
    view! {
        <div class="banner banner--bad" data-testid="revoked">
            <Icon glyph=Glyph::Alert />
            <p class="banner__text">{wording.handover().revoked}</p>
        </div>
    }
}

fn sign_in_banner(wording: &Wording) -> impl IntoView + use<> {
    view! {
        <div class="banner" data-testid="sign-in-again">
            <Icon glyph=Glyph::Key />
            <p class="banner__text">{wording.handover().sign_in_again}</p>
            <a class="button" href="/sign-in">
                {wording.sign_in.submit}
            </a>
        </div>
    }
}

#[component]
fn PasswordBanner() -> impl IntoView {
    let words = use_wording().enrol();
    let runtime = use_runtime();
    view! {
        <div class="banner" data-testid="choose-password">
            <Icon glyph=Glyph::Key />
            <p class="banner__text">{words.password_banner}</p>
            <button
                class="button"
                type="button"
                data-testid="choose-password-now"
                on:click=move |_| runtime.own_password().set(OwnPassword::Asked)
            >
                {words.password_choose}
            </button>
        </div>
    }
}

#[component]
fn UpdateBanner() -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let toasts = use_toasts();
    let update = move |_| {
        spawn_local(async move {
            let reason = match runtime.apply_update().await {
                Ok(()) => return,
                Err(UpdateError::SyncRuns) => wording.frame.update_sync_runs,
                Err(UpdateError::FormOpen) => wording.frame.update_form_open,
                Err(UpdateError::NothingWaits) => wording.frame.update_nothing,
            };
            toasts.say(reason);
        });
    };
    view! {
        <div class="banner" data-testid="update-ready">
            <Icon glyph=Glyph::Download />
            <p class="banner__text">{wording.frame.update_ready}</p>
            <button class="button" type="button" data-testid="update-now" on:click=update>
                {wording.frame.update_now}
            </button>
        </div>
    }
}
