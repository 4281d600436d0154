//! The four tabs of the phone.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::icon::{Glyph, Icon};
use crate::runtime::use_runtime;
use crate::wording::{locale, use_wording};

/// Round, Outbox with its count, Sync, Me.
#[component]
pub(crate) fn Tabs() -> impl IntoView {
    let wording = use_wording();
    let outbox = use_runtime().outbox();
    let path = use_location().pathname;
    let waiting = Memo::new(move |_| outbox.with(|it| it.waiting + it.shelf));
    let tab = move |href: &'static str, glyph: Glyph, word: &'static str, id: &'static str| {
        let current = move || (path.get() == href).then_some("page");
        let count = move || (id == "tab-outbox" && waiting.get() > 0).then(|| locale::whole(waiting.get()));
        view! {
            <a class="tab" href=href aria-current=current data-testid=id>
                <Icon glyph />
                <span>{word}</span>
                {move || count().map(|count| view! { <span class="tab__count">{count}</span> })}
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label=wording.frame.pages>
            {tab("/", Glyph::Round, wording.frame.round, "tab-round")}
            {tab("/outbox", Glyph::Outbox, wording.frame.outbox, "tab-outbox")}
            {tab("/sync", Glyph::Sync, wording.frame.sync, "tab-sync")}
            {tab("/me", Glyph::Me, wording.frame.me, "tab-me")}
        </nav>
    }
}
