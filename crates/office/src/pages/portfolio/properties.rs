//! The table of properties.

use std::sync::Arc;

use leptos::prelude::*;
use shared::wire::portfolio::PortfolioProperty;
use ui::components::empty::Empty;
use ui::components::icon::Glyph;

use super::address_for;
use super::store::Store;
use crate::wording::{locale, use_wording};

/// A property a row.
#[component]
pub(super) fn Properties(store: Store) -> impl IntoView {
    let words = use_wording().portfolio();
    let nothing = move || {
        let is_empty =
            store.properties.read().is_empty() && !store.loading.get() && store.trouble.read().is_none();
        is_empty.then(|| view! { <Empty glyph=Glyph::Building title=words.empty hint=words.empty_hint /> })
    };
    view! {
        <Table store />
        {nothing}
        <More store />
    }
}

/// Those that fit what is searched, above the units that do.
#[component]
pub(super) fn Named(store: Store) -> impl IntoView {
    move || (!store.properties.read().is_empty()).then(|| view! { <Table store /> })
}

#[component]
fn Table(store: Store) -> impl IntoView {
    let words = use_wording().portfolio();
    view! {
        <table class="table table--plain">
            <thead>
                <tr>
                    <th scope="col">{words.code}</th>
                    <th scope="col">{words.name}</th>
                    <th scope="col">{words.kind}</th>
                    <th scope="col">{words.zone}</th>
                    <th scope="col" class="table__number">{words.units}</th>
                </tr>
            </thead>
            <tbody>
                <For each=move || store.properties.get() key=|it| it.as_ref().clone() children=move |row| view! { <Row row /> } />
            </tbody>
        </table>
    }
}

#[component]
fn Row(row: Arc<PortfolioProperty>) -> impl IntoView {
    let words = use_wording().portfolio();
    view! {
        <tr data-testid="property-row" data-code=row.code.clone()>
            <td class="strong"><a href=address_for(&row.code, "")>{row.code.clone()}</a></td>
            <td>{row.name.clone()}</td>
            <td>{words.kind_of(&row.kind)}</td>
            <td class="soft">{row.time_zone.clone()}</td>
            <td class="number table__number">{locale::whole(row.units)}</td>
        </tr>
    }
}

/// The rest of a list.
#[component]
pub(super) fn More(store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.portfolio();
    let more = move || {
        store.next.read().is_some().then(|| {
            view! {
                <button class="button" type="button" data-testid="portfolio-more" on:click=move |_| store.load_more()>
                    {wording.readings.more}
                </button>
            }
        })
    };
    let hint = move || store.more_fit.get().then_some(words.more_fit);
    let loading = move || store.loading.get().then_some(wording.common.loading);
    view! { <div class="pad line line--wrap">{more} <span class="small soft" role="status">{words.keys} " " {hint} {loading}</span></div> }
}
