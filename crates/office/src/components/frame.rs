//! What stands around every page of the office: the rail at the left, and the page.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use ui::components::icon::{Glyph, Icon};

use crate::session::use_session;
use crate::wording::use_wording;

/// The rail and one page.
#[component]
pub(crate) fn OfficeFrame(children: Children) -> impl IntoView {
    let wording = use_wording();
    let session = use_session();
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
    view! {
        <div class="office">
            <nav class="rail" aria-label=wording.frame.pages>
                <p class="rail__mark">
                    <img class="mark" src="/icons/favicon.svg" alt="" width="32" height="32" />
                    "Meterline"
                </p>
                {link("/office/readings", Glyph::Readings, wording.frame.readings, "rail-readings")}
                {link("/office/labels", Glyph::Label, wording.labels().title, "rail-labels")}
                {link("/office/phones", Glyph::Phone, wording.phones().title, "rail-phones")}
                {link("/office/me", Glyph::Me, wording.frame.me, "rail-me")}
                <p class="rail__foot">{move || session.person().map(|it| it.name)}</p>
            </nav>
            <div class="office__page">{children()}</div>
        </div>
    }
}
