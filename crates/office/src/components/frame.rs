//! What stands around every page of the office: the rail at the left, and the page.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use shared::wire::open_decisions::OpenDecisions;
use ui::components::icon::{Glyph, Icon};

use super::page_keys;
use crate::open_counts::use_open_counts;
use crate::session::use_session;
use crate::wording::{locale, use_wording};

/// Whether an address is that of an entry of the rail, or of a page below it.
fn is_page_of(path: &str, href: &str) -> bool {
    let below = path
        .strip_prefix(href)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    below || (href == "/office/portfolio" && path == "/office/import")
}

/// The rail and one page.
#[component]
pub(crate) fn OfficeFrame(children: Children) -> impl IntoView {
    let wording = use_wording();
    let session = use_session();
    let path = use_location().pathname;
    let counts = use_open_counts();
    counts.refresh();
    page_keys::listen();
    let link = move |href: &'static str, glyph: Glyph, word: &'static str, id: &'static str| {
        view! {
            <a
                class="rail__link"
                href=href
                aria-current=move || is_page_of(&path.read(), href).then_some("page")
                data-testid=id
            >
                <Icon glyph />
                {word}
            </a>
        }
    };
    let counted = move |href: &'static str,
                        glyph: Glyph,
                        word: &'static str,
                        count: fn(&OpenDecisions) -> i64| {
        let waits = move || {
            let count = count(&counts.known.read());
            (count > 0).then(|| view! { <span class="rail__count number" data-testid="rail-count">{locale::whole(count)}</span> })
        };
        view! {
            <a class="rail__link" href=href aria-current=move || (path.get() == href).then_some("page") data-testid=href>
                <Icon glyph />
                {word}
                " "
                {waits}
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
                {link("/office/dashboard", Glyph::Dashboard, wording.dashboard().title, "rail-dashboard")}
                {link("/office/readings", Glyph::Readings, wording.frame.readings, "rail-readings")}
                {counted("/office/conflicts", Glyph::Swap, wording.decisions().conflicts, |it| it.conflicts)}
                {counted("/office/inbox", Glyph::Inbox, wording.decisions().inbox, |it| it.inbox)}
                {link("/office/missing", Glyph::Skipped, wording.missing().title, "rail-missing")}
                {link("/office/portfolio", Glyph::Building, wording.portfolio().title, "rail-portfolio")}
                {link("/office/periods", Glyph::Round, wording.periods().title, "rail-periods")}
                {link("/office/labels", Glyph::Label, wording.labels().title, "rail-labels")}
                {link("/office/phones", Glyph::Phone, wording.phones().title, "rail-phones")}
                {move || session.is_admin().then(|| link("/office/people", Glyph::People, wording.people().title, "rail-people"))}
                {move || session.is_admin().then(|| link("/office/audit", Glyph::Audit, wording.audit().title, "rail-audit"))}
                {link("/office/me", Glyph::Me, wording.frame.me, "rail-me")}
                <p class="rail__keys small soft">{wording.frame.page_keys}</p>
                <p class="rail__foot">{move || session.person().map(|it| it.name)}</p>
            </nav>
            <div class="office__page">{children()}</div>
        </div>
    }
}
