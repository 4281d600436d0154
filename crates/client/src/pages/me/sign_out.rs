//! Signing out: says how many readings stay on this phone, and keeps them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

use crate::components::confirm::Confirm;
use crate::components::icon::{Glyph, Icon};
use crate::runtime::use_runtime;
use crate::wording::use_wording;

/// The button and its question.
#[component]
pub(super) fn SignOut() -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let asking = RwSignal::new(false);
    let hint = move || match runtime.outbox().with(|it| it.waiting + it.shelf) {
        0 => wording.me.sign_out_clean.to_owned(),
        kept => (wording.me.sign_out_keeps)(kept),
    };
    let navigate = use_navigate();
    let sign_out = move |()| {
        let navigate = navigate.clone();
        spawn_local(async move {
            runtime.sign_out().await;
            // Whoever signs in next begins at the beginning.
            navigate("/", Default::default());
        });
    };
    view! {
        <button
            class="button button--wide"
            type="button"
            data-testid="sign-out"
            on:click=move |_| asking.set(true)
        >
            <Icon glyph=Glyph::SignOut />
            {wording.account.sign_out}
        </button>
        <Confirm
            open=asking
            title=wording.account.sign_out_title
            hint=Signal::derive(hint)
            yes=wording.account.sign_out
            on_yes=sign_out
        />
    }
}
