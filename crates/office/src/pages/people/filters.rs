//! The filters above the table, in the address.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use shared::wire::people::PeopleQuery;

use super::store::Store;
use crate::components::search_bar::SearchBar;
use crate::filter_address;
use crate::wording::use_wording;

/// What an address asks for.
pub(super) fn query_of(address: &ParamsMap) -> PeopleQuery {
    let part = |name: &str| address.get(name).filter(|it| !it.is_empty());
    PeopleQuery {
        q: part("q"),
        role: part("role"),
        state: part("state"),
        property: part("property"),
        ..PeopleQuery::default()
    }
}

fn address(query: PeopleQuery) -> String {
    let parts = [
        ("q", query.q),
        ("role", query.role),
        ("state", query.state),
        ("property", query.property),
    ];
    let parts = parts
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.filter(|it| !it.is_empty())?)));
    filter_address::address_of("/office/people", parts)
}

fn goes_to(query: Memo<PeopleQuery>) -> impl Fn(fn(&mut PeopleQuery) -> &mut Option<String>, String) + Clone {
    let go = filter_address::goes_to();
    move |member, value| {
        let mut query = query.get_untracked();
        *member(&mut query) = Some(value);
        go(&address(query));
    }
}

/// The search in the page's bar.
#[component]
pub(super) fn SearchField(query: Memo<PeopleQuery>) -> impl IntoView {
    let go = goes_to(query);
    let value = Signal::derive(move || query.read().q.clone().unwrap_or_default());
    let on_search = move |text: String| go(|it| &mut it.q, text.trim().to_owned());
    view! { <SearchBar label=use_wording().people().search value on_search /> }
}

/// Role, state and property.
#[component]
pub(super) fn Filters(query: Memo<PeopleQuery>, store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.people();
    let roles = [("technician", 0), ("reviewer", 1), ("admin", 2)];
    let roles = roles.map(
        |(name, _)| view! { <option value=name>{ui::wording::named(wording.names.role, name)}</option> },
    );
    let states = [("active", words.active), ("inactive", words.inactive)];
    let states = states.map(|(name, word)| view! { <option value=name>{word}</option> });
    let properties = move || {
        let properties = store.properties.get().into_iter();
        properties
            .map(|it| view! { <option value=it.code.clone()>{format!("{} · {}", it.code, it.name)}</option> })
            .collect_view()
    };
    view! {
        <div class="filters" role="search" data-testid="filters">
            <Choice query store name="role" word=words.role member=|it| &mut it.role>
                {roles.into_iter().collect_view()}
            </Choice>
            <Choice query store name="state" word=words.state member=|it| &mut it.state>
                {states.into_iter().collect_view()}
            </Choice>
            <Choice query store name="property" word=wording.readings.property member=|it| &mut it.property>
                {properties}
            </Choice>
        </div>
    }
}

#[component]
fn Choice(
    query: Memo<PeopleQuery>,
    store: Store,
    name: &'static str,
    word: &'static str,
    member: fn(&mut PeopleQuery) -> &mut Option<String>,
    children: Children,
) -> impl IntoView {
    let go = goes_to(query);
    // The value is set again when the options are there: before, a browser has none to choose.
    let value = move || {
        store.properties.track();
        member(&mut query.get()).clone().unwrap_or_default()
    };
    view! {
        <label class="field" class:labels__property=name == "property">
            <span class="field__label">{word}</span>
            <select
                class="input"
                data-testid=format!("filter-{name}")
                prop:value=value
                on:change:target=move |event| go(member, event.target().value())
            >
                <option value="">{use_wording().readings.any}</option>
                {children()}
            </select>
        </label>
    }
}
