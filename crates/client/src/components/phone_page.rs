//! What stands around every page of the phone: top bar with the status pill, run bar, banners, page, tabs.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::banners::Banners;
use super::icon::{Glyph, Icon};
use super::run_bar::RunBar;
use super::status_pill::StatusPill;
use super::sun_switch::SunSwitch;
use super::tabs::Tabs;
use crate::wording::use_wording;

/// One page. Without `back` it is one of the four tabs and shows them.
#[component]
pub(crate) fn PhonePage(
    /// In the top bar.
    #[prop(into)]
    title: Signal<String>,
    /// Smaller, under the title.
    #[prop(optional, into)]
    under: String,
    /// Where the arrow leads.
    #[prop(optional)]
    back: Option<&'static str>,
    /// The page lays out its own scrolling.
    #[prop(optional)]
    fixed: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="phone">
            <header class=if back.is_some() { "topbar topbar--back" } else { "topbar" }>
                {back.map(|to| view! { <BackButton to /> })}
                <div class="topbar__title">
                    <h1>{move || title.get()}</h1>
                    {(!under.is_empty()).then(|| view! { <p class="topbar__under">{under}</p> })}
                </div>
                <SunSwitch />
                <StatusPill />
            </header>
            <RunBar />
            <Banners />
            <main class=if fixed { "page page--fixed" } else { "page" }>{children()}</main>
            {back.is_none().then(|| view! { <Tabs /> })}
        </div>
    }
}

#[component]
fn BackButton(to: &'static str) -> impl IntoView {
    let wording = use_wording();
    let navigate = use_navigate();
    view! {
        <button
            class="back"
            type="button"
            aria-label=wording.common.back
            data-testid="back"
            on:click=move |_| navigate(to, Default::default())
        >
            <Icon glyph=Glyph::Back />
        </button>
    }
}
