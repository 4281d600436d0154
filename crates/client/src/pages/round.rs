//! The round: progress of each property, the units in walking order, search, and Scan under the thumb.

mod filter;
mod half_typed;
mod lines;
mod next;

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::empty::Empty;
use crate::components::icon::{Glyph, Icon};
use crate::components::phone_page::PhonePage;
use crate::components::property_heading::PropertyHeading;
use crate::components::unit_row::UnitRow;
use crate::components::virtual_list::VirtualList;
use crate::runtime::use_runtime;
use crate::view_state::RoundFilter;
use crate::wording::use_wording;
use filter::Filters;
use half_typed::HalfTyped;
use lines::{Line, Lines, lines_of};
use next::NextUnit;

/// Height of a unit and of a heading, in rem.
const ROW_REM: f64 = 4.0;

/// The page.
#[component]
pub(crate) fn RoundPage() -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let round = runtime.round();
    let search = RwSignal::new(String::new());
    let filter = runtime.round_filter();
    let directory = runtime.directory();
    let is_searched = Memo::new(move |_| !search.read().trim().is_empty());
    let is_search_near = RwSignal::new(false);
    runtime.prepare_search(move || is_search_near.get() || is_searched.get());
    // Until the list is ready for being searched, all of it is shown.
    let lines = Memo::new_with_compare(
        move |_| {
            let wanted = is_searched.get().then(|| directory.get()).flatten();
            let wanted = wanted.as_ref().map(|directory| directory.ids(&search.read()));
            Arc::new(lines_of(&round.read(), wanted.as_ref(), filter.get()))
        },
        |_, _| true,
    );
    view! {
        <PhonePage title=wording.frame.round fixed=true>
            <HalfTyped />
            <RoundHead search on_search_near=move || is_search_near.set(true) />
            {move || lines.read().is_empty().then(|| view! { <NothingHere search /> })}
            <LineList lines />
            <NextUnit />
            <div class="actions">
                <a class="button button--main button--big" href="/scan" data-testid="scan">
                    <Icon glyph=Glyph::Scan />
                    {wording.round.scan}
                </a>
                <a class="button button--big" href="/find" data-testid="find">
                    <Icon glyph=Glyph::Search />
                    {wording.round.find}
                </a>
            </div>
        </PhonePage>
    }
}

#[component]
fn RoundHead(
    search: RwSignal<String>,
    /// Somebody is about to search.
    on_search_near: impl Fn() + 'static,
) -> impl IntoView {
    let wording = use_wording();
    view! {
        <div class="round__head">
            <label class="search">
                <Icon glyph=Glyph::Search />
                <input
                    class="input"
                    type="search"
                    aria-label=wording.round.search
                    placeholder=wording.round.search
                    data-testid="round-search"
                    on:focus=move |_| on_search_near()
                    bind:value=search
                />
            </label>
            <Filters />
        </div>
    }
}

#[component]
fn LineList(lines: Memo<Arc<Lines>>) -> impl IntoView {
    let wording = use_wording();
    let count = Signal::derive(move || lines.read().len());
    let key_of = move |index: usize| {
        let lines = lines.read();
        lines.get(index).map(|line| line.key()).unwrap_or_default()
    };
    let row = move |index: usize| match lines.read_untracked().get(index) {
        Some(Line::Property(property)) => view! { <PropertyHeading property=property.clone() /> }.into_any(),
        Some(Line::Unit(unit)) => view! { <UnitRow row=unit.clone() by="list" /> }.into_any(),
        None => ().into_any(),
    };
    view! { <VirtualList label=wording.round.list count row_rem=ROW_REM key_of row /> }
}

#[component]
fn NothingHere(search: RwSignal<String>) -> impl IntoView {
    let wording = use_wording();
    let words = &wording.round;
    let runtime = use_runtime();
    let (round, revoked, filter) = (runtime.round(), runtime.revoked(), runtime.round_filter());
    move || {
        let (title, hint) = match (round.read().rows.is_empty(), search.read().trim().is_empty()) {
            (true, _) if revoked.get() => (wording.handover().revoked_empty, ""),
            (true, _) => (words.empty_title, words.empty_hint),
            (false, true) if filter.get() == RoundFilter::ToRead => {
                (words.all_read_title, words.all_read_hint)
            }
            (false, _) => (words.no_match_title, words.no_match_hint),
        };
        view! { <Empty glyph=Glyph::Round title hint /> }
    }
}
