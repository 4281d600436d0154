//! The filters above the table.

use leptos::prelude::*;

use super::query::{Query, changed, goes_to};
use super::store::Store;
use crate::components::search_bar::SearchBar;
use crate::wording::use_wording;

/// Property and state.
#[component]
pub(super) fn Filters(query: Memo<Query>, store: Store) -> impl IntoView {
    let words = use_wording().labels();
    let states = [
        ("", words.valid),
        ("revoked", words.revoked),
        ("none", words.without),
        ("all", words.all),
    ];
    let states = states.map(|(name, word)| view! { <option value=name>{word}</option> });
    let go = goes_to();
    view! {
        <div class="filters" role="search" data-testid="filters">
            <PropertyFilter query store />
            <label class="field">
                <span class="field__label">{words.shown}</span>
                <select
                    class="input"
                    data-testid="filter-state"
                    prop:value=move || query.read().state.clone()
                    on:change:target=move |event| go(changed(query, |it| it.state = event.target().value()))
                >
                    {states.into_iter().collect_view()}
                </select>
            </label>
        </div>
    }
}

#[component]
fn PropertyFilter(query: Memo<Query>, store: Store) -> impl IntoView {
    let words = use_wording().labels();
    let go = goes_to();
    // The value is set again when the options are there: before, a browser has none to choose.
    let value = move || {
        store.properties.track();
        query.read().property.clone()
    };
    let options = move || {
        let properties = store.properties.get().into_iter();
        properties
            .map(|it| view! { <option value=it.code.clone()>{format!("{} · {}", it.code, it.name)}</option> })
            .collect_view()
    };
    view! {
        <label class="field labels__property">
            <span class="field__label">{words.property}</span>
            <select
                class="input"
                data-testid="filter-property"
                prop:value=value
                on:change:target=move |event| go(changed(query, |it| it.property = event.target().value()))
            >
                <option value="">{words.every_property}</option>
                {options}
            </select>
        </label>
    }
}

/// The search in the page's bar.
#[component]
pub(super) fn SearchField(query: Memo<Query>) -> impl IntoView {
    let go = goes_to();
    let value = Signal::derive(move || query.read().q.clone());
    let on_search = move |text: String| go(changed(query, |it| it.q = text.trim().to_owned()));
    view! { <SearchBar label=use_wording().labels().search value on_search /> }
}
