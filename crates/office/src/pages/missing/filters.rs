//! Property and period, in the address.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use shared::period::Period;
use shared::wire::missing::MissingQuery;

use super::store::Store;
use crate::components::months::Months;
use crate::filter_address::{address_of, goes_to};
use crate::wording::use_wording;

/// What an address asks for.
pub(super) fn query_of(address: &ParamsMap) -> MissingQuery {
    let part = |name: &str| address.get(name).filter(|it| !it.is_empty());
    MissingQuery {
        property: part("property"),
        period: part("period"),
        ..MissingQuery::default()
    }
}

fn address(property: Option<String>, period: Option<String>) -> String {
    let parts = [("property", property), ("period", period)];
    let parts = parts
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.filter(|it| !it.is_empty())?)));
    address_of("/office/missing", parts)
}

/// The fields above the table.
#[component]
pub(super) fn Filters(query: Memo<MissingQuery>, store: Store) -> impl IntoView {
    let wording = use_wording();
    let go = goes_to();
    let properties = move || {
        let page = store.page.read();
        let properties = page.properties.iter();
        properties
            .map(|it| view! { <option value=it.code.clone()>{format!("{} · {}", it.code, it.name)}</option> })
            .collect_view()
    };
    // Set again when the options are there: before, a browser has none to choose.
    let chosen = move || store.page.read().property.clone();
    let change = move |event: leptos::ev::Targeted<leptos::ev::Event, web_sys::HtmlSelectElement>| {
        go(&address(
            Some(event.target().value()),
            query.get_untracked().period,
        ));
    };
    let period = Signal::derive(move || store.page.read().period.clone());
    let other = goes_to();
    let to_month = move |period: Period| {
        let property = store.page.with_untracked(|it| it.property.clone());
        other(&address(Some(property), Some(period.to_string())));
    };
    view! {
        <div class="filters" role="search" data-testid="filters">
            <label class="field labels__property missing__property">
                <span class="field__label">{wording.readings.property}</span>
                <select class="input" data-testid="filter-property" prop:value=chosen on:change:target=change>
                    {properties}
                </select>
            </label>
            <Months period on_go=to_month test_id="missing-period" />
        </div>
    }
}
