//! Whether readings say where the phone was: off until the person wants it, and what that means stands beside it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::change;
use crate::adapters::position::{self, Permission};
use crate::components::allow_steps::AllowSteps;
use crate::components::notice::{Notice, Tone};
use crate::runtime::use_runtime;
use crate::wording::allow::Blocked;
use crate::wording::use_wording;

const HINT_ID: &str = "position-hint";

/// The card.
#[component]
pub(super) fn PositionCard() -> impl IntoView {
    let words = use_wording().position();
    let permission = RwSignal::new(Permission::default());
    spawn_local(async move {
        let now = position::permission().await;
        // The page may be gone by now.
        permission.try_set(now);
    });
    let body = move || match permission.get() {
        Permission::Unsupported => view! { <p class="soft">{words.unsupported}</p> }.into_any(),
        Permission::Denied | Permission::NotAsked | Permission::Granted => ().into_any(),
    };
    let refused = move || (permission.get() == Permission::Denied).then(|| view! { <Refused /> });
    let hidden = move || permission.get() == Permission::Unsupported;
    view! {
        <section class="card settings" data-testid="position-card">
            <div class="setting">
                <div hidden=hidden>
                    <Consent permission />
                </div>
                <div class="stack" id=HINT_ID>
                    {words.consent.map(|text| view! { <p class="soft small">{text}</p> }).collect_view()}
                </div>
                {body}
                {refused}
            </div>
        </section>
    }
}

/// The tap is the consent; only after it the browser is asked, here and not over a form at a meter. The switch is on only
/// while the browser allows it.
#[component]
fn Consent(permission: RwSignal<Permission>) -> impl IntoView {
    let runtime = use_runtime();
    let settings = runtime.settings();
    let words = use_wording().position();
    // Drawn again when the browser said no: the box went on by the tap.
    let asked = RwSignal::new(0_u32);
    let checked = move || {
        asked.track();
        permission.get() != Permission::Denied && settings.read().position
    };
    let switch = move |on: bool| {
        change(runtime, |it| it.position = on);
        if !on {
            return;
        }
        spawn_local(async move {
            let allowed = position::request().await;
            if allowed == Permission::Denied {
                change(runtime, |it| it.position = false);
            }
            permission.try_set(allowed);
            asked.try_update(|count| *count += 1);
        });
    };
    view! {
        <label class="switch">
            <span class="strong">{words.with_readings}</span>
            <input
                class="switch__box"
                type="checkbox"
                role="switch"
                aria-describedby=HINT_ID
                data-testid="position"
                prop:checked=checked
                on:change:target=move |event| switch(event.target().checked())
            />
        </label>
    }
}

#[component]
fn Refused() -> impl IntoView {
    let words = use_wording().position();
    view! {
        <Notice tone=Tone::Warn alert=true test_id="position-refused">
            <p class="strong">{words.refused}</p>
            <AllowSteps blocked=Blocked::Position />
            <p>{words.switch_on_again}</p>
        </Notice>
    }
}
