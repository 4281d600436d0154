//! The filters above the table.

use leptos::prelude::*;
use shared::wire::office::ReadingsQuery;

use super::query::{
    ANY, ARRIVED, CLEAN, EXCHANGE, FLAG, Field, KIND, MOVE, PERIOD, PROPERTY, SEARCH, SKIP, SOURCE, STATE,
    TECHNICIAN, UNIT, address_of, is_filtered,
};
use super::quick::QuickFilters;
use crate::components::search_bar::SearchBar;
use crate::filter_address;
use crate::wording::use_wording;
use ui::components::icon::{Glyph, Icon};

/// One field a filter.
#[component]
pub(super) fn Filters(query: Memo<ReadingsQuery>) -> impl IntoView {
    let wording = use_wording();
    let words = &wording.readings;
    let names = &wording.names;
    let lists = &wording.lists;
    let clear = goes_to();
    view! {
        <div class="filters" role="search" data-testid="filters">
            <TextFilter query field=&PROPERTY word=words.property />
            <TextFilter query field=&UNIT word=words.unit />
            <TextFilter query field=&PERIOD word=words.period placeholder="2026-11" />
            <TextFilter query field=&TECHNICIAN word=words.technician />
            <NameFilter query field=&STATE word=words.state options=lists.state />
            <NameFilter query field=&FLAG word=words.flag groups=vec![(ANY, words.any_flag), (CLEAN, words.no_flag)] options=names.flag />
            <NameFilter query field=&SKIP word=words.skip groups=vec![(ANY, words.any_reason)] options=names.skip />
            <NameFilter query field=&KIND word=words.kind groups=vec![(EXCHANGE, words.exchanges), (MOVE, words.moves)] options=names.kind />
            <NameFilter query field=&SOURCE word=words.source options=lists.source />
            <TextFilter query field=&ARRIVED word=words.arrived_on kind="date" />
            <QuickFilters query />
            <button
                class="button"
                type="button"
                data-testid="clear-filters"
                hidden=move || !is_filtered(&query.read())
                on:click=move |_| clear(&ReadingsQuery::default())
            >
                <Icon glyph=Glyph::Close small=true />
                {words.clear_filters}
            </button>
        </div>
    }
}

/// The free search in the page's bar.
#[component]
pub(super) fn SearchField(query: Memo<ReadingsQuery>) -> impl IntoView {
    let go = goes_to();
    let value = Signal::derive(move || SEARCH.get(&query.read()).unwrap_or_default());
    let on_search = move |text: String| go(&SEARCH.with(&query.read_untracked(), &text));
    view! { <SearchBar label=use_wording().readings.search value on_search /> }
}

#[component]
fn TextFilter(
    query: Memo<ReadingsQuery>,
    field: &'static Field,
    word: &'static str,
    #[prop(optional)] placeholder: &'static str,
    #[prop(default = "text")] kind: &'static str,
) -> impl IntoView {
    let go = goes_to();
    view! {
        <label class="field" class:field--day=kind == "date">
            <span class="field__label">{word}</span>
            <input
                class="input"
                type=kind
                placeholder=placeholder
                data-testid=format!("filter-{}", field.name)
                prop:value=move || field.get(&query.read()).unwrap_or_default()
                on:change:target=move |event| go(&field.with(&query.read_untracked(), &event.target().value()))
            />
        </label>
    }
}

#[component]
fn NameFilter(
    query: Memo<ReadingsQuery>,
    field: &'static Field,
    word: &'static str,
    /// Values that stand for several names.
    #[prop(optional)]
    groups: Vec<(&'static str, &'static str)>,
    options: &'static [(&'static str, &'static str)],
) -> impl IntoView {
    let all = use_wording().readings.any;
    let go = goes_to();
    let option = |(name, word)| view! { <option value=name>{word}</option> };
    let options = groups
        .into_iter()
        .chain(options.iter().copied())
        .map(option)
        .collect_view();
    view! {
        <label class="field">
            <span class="field__label">{word}</span>
            <select
                class="input"
                data-testid=format!("filter-{}", field.name)
                prop:value=move || field.get(&query.read()).unwrap_or_default()
                on:change:target=move |event| go(&field.with(&query.read_untracked(), &event.target().value()))
            >
                <option value="">{all}</option>
                {options}
            </select>
        </label>
    }
}

/// Puts filters into the address, in the place of the earlier ones.
pub(super) fn goes_to() -> impl Fn(&ReadingsQuery) + Clone {
    let go = filter_address::goes_to();
    move |query| go(&address_of(query))
}
