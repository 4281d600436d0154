//! The office's list of readings: filters in the address, pages as one goes down, arrivals by themselves.

mod actions;
mod approve;
pub(crate) mod card;
pub(crate) mod cells;
mod correct;
mod detail;
mod filters;
mod keys;
mod live;
mod photos;
mod position;
mod query;
mod quick;
mod rows;
mod send_back;
mod store;
pub(crate) mod story;
mod table;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::frame::OfficeFrame;
use crate::components::outcome::OutcomePlace;
use crate::wording::use_wording;
use approve::ReviewBar;
use detail::Detail;
use filters::{Filters, SearchField};
use live::{Arrivals, Live};
use query::query_of;
use store::Store;
use table::Table;

/// The page.
#[component]
pub(crate) fn ReadingsPage() -> impl IntoView {
    let wording = use_wording();
    let address = use_query_map();
    let query = Memo::new(move |_| query_of(&address.read()));
    let store = Store::begin(query);
    keys::listen(store);
    let chosen = Memo::new(move |_| store.chosen());
    let desk = move || {
        if chosen.read().is_some() {
            "desk desk--open"
        } else {
            "desk"
        }
    };
    view! {
        <OfficeFrame>
            <header class="office__bar">
                <h1>{wording.readings.title}</h1>
                <Live store />
                <ReviewBar store />
                <SearchField query />
            </header>
            <Filters query />
            <OutcomePlace outcome=store.outcome test_id="readings-outcome" />
            <main class=desk>
                <Table store query />
                {move || chosen.get().map(|row| view! { <Detail row store /> })}
            </main>
            <Arrivals store />
        </OfficeFrame>
    }
}
