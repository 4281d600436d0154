//! Whether the browser may clear what is on this phone.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::icon::{Glyph, Icon};
use crate::components::toast::use_toasts;
use crate::runtime::use_runtime;
use crate::view_state::Protection;
use crate::wording::{Wording, locale, use_wording};

/// Protected or not, how full, and a button that asks the browser.
#[component]
pub(super) fn StorageCard() -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let toasts = use_toasts();
    let storage = runtime.storage();
    let look = move || match storage.read().protection {
        Protection::Protected => ("tone-ok", Glyph::Storage),
        Protection::BestEffort => ("tone-warn", Glyph::Alert),
        Protection::Unknown => ("tone-soft", Glyph::Unknown),
    };
    let used = move || {
        let storage = storage.get();
        let (used, quota) = (storage.used_bytes?, storage.quota_bytes?);
        Some((wording.me.storage_used)(
            &locale::bytes(used),
            &locale::bytes(quota),
        ))
    };
    let ask = move |_| {
        spawn_local(async move {
            let answer = runtime.request_persist().await;
            toasts.say(protection(answer.protection, wording));
        });
    };
    view! {
        <section class="card stack" data-testid="storage" data-protection=move || storage.read().protection.wire_name()>
            <h2>{wording.me.storage}</h2>
            <p class="line">
                <span class=move || look().0>{move || view! { <Icon glyph=look().1 /> }}</span>
                {move || protection(storage.read().protection, wording)}
            </p>
            {move || used().map(|used| view! { <p class="soft small">{used}</p> })}
            {move || {
                (storage.read().protection != Protection::Protected)
                    .then(|| {
                        view! {
                            <button class="button" type="button" data-testid="protect-storage" on:click=ask>
                                {wording.me.storage_ask}
                            </button>
                        }
                    })
            }}
        </section>
    }
}

fn protection(protection: Protection, wording: &Wording) -> &'static str {
    match protection {
        Protection::Protected => wording.me.storage_protected,
        Protection::BestEffort => wording.me.storage_best_effort,
        Protection::Unknown => wording.me.storage_unknown,
    }
}
