//! Sync: what is going on, what went, and the button that starts it.

mod gaps;
mod history;
mod link;
mod photos;
mod resting;
mod run;
mod statistics;

use leptos::prelude::*;

use crate::components::icon::{Glyph, Icon};
use crate::components::phone_page::PhonePage;
use crate::runtime::use_runtime;
use crate::wording::{locale, use_wording};
use gaps::Gaps;
use history::RunList;
use link::Link;
use photos::PhotosLine;
use resting::Resting;
use run::Run;
use statistics::Statistics;

/// The page.
#[component]
pub(crate) fn SyncPage() -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let running = Memo::new(move |_| runtime.status().read().progress.is_some());
    let list_age = move || match runtime.list().read().refreshed_at {
        Some(at) => (wording.sync.list_of)(&locale::day_time_of(at)),
        None => wording.sync.list_never.to_owned(),
    };
    let when_closed = if runtime.sends_in_background() {
        wording.past().sends_when_closed
    } else {
        wording.past().sends_when_open
    };
    view! {
        <PhonePage title=wording.frame.sync fixed=true>
            <div class="form">
                {move || if running.get() { view! { <Run /> }.into_any() } else { view! { <Resting /> }.into_any() }}
                <PhotosLine />
                <Gaps />
                <p class="soft small" data-testid="list-age">
                    {list_age}
                </p>
                <Link />
                <Statistics />
                <RunList />
                <p class="soft small" data-testid="when-closed">{when_closed}</p>
            </div>
            <div class="actions actions--one">
                {move || if running.get() { view! { <Stop /> }.into_any() } else { view! { <Now /> }.into_any() }}
            </div>
        </PhonePage>
    }
}

#[component]
fn Now() -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    view! {
        <button
            class="button button--main button--big"
            type="button"
            data-testid="sync-now"
            on:click=move |_| runtime.sync_now()
        >
            <Icon glyph=Glyph::Sync />
            {wording.sync.now}
        </button>
    }
}

/// Ends the run half way; what is left stays on the phone.
#[component]
fn Stop() -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    view! {
        <button class="button button--big" type="button" data-testid="sync-stop" on:click=move |_| runtime.stop_sync()>
            <Icon glyph=Glyph::Close />
            {wording.sync.stop}
        </button>
    }
}
