//! What stands around every page of the office: the rail at the left, and the page.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::banners::Banners;
use super::icon::{Glyph, Icon};
use crate::runtime::use_runtime;
use crate::wording::use_wording;

/// The rail and one page.
#[component]
pub(crate) fn OfficeFrame(children: Children) -> impl IntoView {
    let wording = use_wording();
    let session = use_runtime().session();
    let path = use_location().pathname;
    let link = move |href: &'static str, glyph: Glyph, word: &'static str, id: &'static str| {
        view! {
            <a
                class="rail__link"
                href=href
                aria-current=move || (path.get() == href).then_some("page")
                data-testid=id
            >
                <Icon glyph />
                {word}
            </a>
        }
    };
    let who = move || session.read().person().map(|person| person.username.clone());
    view! {
        <div class="office">
            <nav class="rail" aria-label=wording.frame.pages>
                <p class="rail__mark">
                    <img class="mark" src="/icons/favicon.svg" alt="" width="32" height="32" />
                    "Meterline"
                </p>
                {link("/readings", Glyph::Readings, wording.frame.readings, "rail-readings")}
                {link("/phones", Glyph::Phone, wording.phones().title, "rail-phones")}
                {link("/me", Glyph::Me, wording.frame.me, "rail-me")}
                <p class="rail__foot">{who}</p>
            </nav>
            <div class="office__page">
                <Banners />
                {children()}
            </div>
        </div>
    }
}
