//! A text for support, to be copied: how this phone is, and nothing of tenants, readings or passwords.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::adapters::surroundings;
use crate::components::icon::{Glyph, Icon};
use crate::components::toast::use_toasts;
use crate::runtime::use_runtime;
use crate::wording::use_wording;

/// The button, and the text itself for those who want to see what they send.
#[component]
pub(super) fn DiagnosticsCard() -> impl IntoView {
    let words = use_wording().preferences();
    let runtime = use_runtime();
    let toasts = use_toasts();
    let copy = move |_| {
        spawn_local(async move {
            let text = runtime.diagnostics();
            toasts.say(if surroundings::copy(&text).await {
                words.copied
            } else {
                words.copy_failed
            });
        });
    };
    let open = RwSignal::new(false);
    let text = move || {
        open.get()
            .then(|| view! { <pre class="diagnostics" tabindex="0" data-testid="diagnostics">{runtime.diagnostics()}</pre> })
    };
    view! {
        <section class="card stack">
            <h2>{words.diagnostics}</h2>
            <p class="soft small">{words.diagnostics_hint}</p>
            <button class="button" type="button" data-testid="copy-diagnostics" on:click=copy>
                <Icon glyph=Glyph::Copy />
                {words.copy}
            </button>
            <details on:toggle=move |_| open.update(|open| *open = !*open)>
                <summary class="more" data-testid="show-diagnostics">{words.diagnostics_show}</summary>
                {text}
            </details>
        </section>
    }
}
