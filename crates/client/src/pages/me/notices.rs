//! What the person wants to be told while not looking at the app. The browser is asked on the first tap.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::sync::notice::NoticeSettings;

use super::change;
use crate::adapters::notifications::{self, Permission};
use crate::components::notice::{Notice, Tone};
use crate::runtime::use_runtime;
use crate::wording::use_wording;

/// The card.
#[component]
pub(super) fn NoticesCard() -> impl IntoView {
    let words = use_wording().preferences();
    let permission = RwSignal::new(notifications::permission());
    let body = move || match permission.get() {
        Permission::Unsupported => view! { <p class="soft">{words.notices_unsupported}</p> }.into_any(),
        Permission::Denied => {
            view! { <Notice tone=Tone::Warn test_id="notices-denied">{words.notices_denied}</Notice> }
                .into_any()
        }
        Permission::NotAsked | Permission::Granted => view! { <Kinds permission /> }.into_any(),
    };
    view! {
        <section class="card settings" data-testid="notices">
            <div class="setting">
                <h2>{words.notices}</h2>
                {body}
            </div>
        </section>
    }
}

#[component]
fn Kinds(permission: RwSignal<Permission>) -> impl IntoView {
    let words = use_wording().preferences();
    view! {
        <p class="soft small">{words.notices_hint}</p>
        <Kind permission word=words.connection_back test_id="notice-connection"
            is_on=|it| it.connection_back set=|it, on| it.connection_back = on />
        <Kind permission word=words.sync_done test_id="notice-done"
            is_on=|it| it.sync_done set=|it, on| it.sync_done = on />
        <Kind permission word=words.needs_attention test_id="notice-attention"
            is_on=|it| it.needs_attention set=|it, on| it.needs_attention = on />
        <Kind permission word=words.old_queue test_id="notice-old"
            is_on=|it| it.old_queue set=|it, on| it.old_queue = on />
    }
}

/// One kind. It is on only while the browser allows it: a switch never promises what cannot be shown.
#[component]
fn Kind(
    permission: RwSignal<Permission>,
    word: &'static str,
    test_id: &'static str,
    is_on: fn(&NoticeSettings) -> bool,
    set: fn(&mut NoticeSettings, bool),
) -> impl IntoView {
    let runtime = use_runtime();
    let settings = runtime.settings();
    // Drawn again when the person said no: the box went on by the tap.
    let refused = RwSignal::new(0_u32);
    let checked = move || {
        refused.track();
        permission.get() == Permission::Granted && is_on(&settings.read().notices)
    };
    let switch = move |on: bool| {
        spawn_local(async move {
            let allowed = if on {
                notifications::request().await
            } else {
                notifications::permission()
            };
            if !on || allowed == Permission::Granted {
                change(runtime, |it| set(&mut it.notices, on));
            }
            permission.try_set(allowed);
            refused.try_update(|count| *count += 1);
        });
    };
    view! {
        <label class="switch">
            <span class="strong">{word}</span>
            <input
                class="switch__box"
                type="checkbox"
                role="switch"
                data-testid=test_id
                prop:checked=checked
                on:change:target=move |event| switch(event.target().checked())
            />
        </label>
    }
}
