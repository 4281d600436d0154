//! What has no value in a period: why, and an estimate or a request for a reading by a key.

mod ask;
mod decide;
mod filters;
mod keys;
mod row;
mod store;
mod table;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::components::notice::{Notice, Tone};

use crate::components::frame::OfficeFrame;
use crate::components::outcome::OutcomePlace;
use crate::wording::use_wording;
use ask::AskForm;
use filters::{Filters, query_of};
use store::Store;
use table::Table;

/// The page.
#[component]
pub(crate) fn MissingPage() -> impl IntoView {
    let words = use_wording().missing();
    let address = use_query_map();
    let query = Memo::new(move |_| query_of(&address.read()));
    let store = Store::begin(query);
    keys::listen(store);
    let asked = move || store.asking.get().map(|what| view! { <AskForm what store /> });
    let closed = move || {
        let closed = store.page.read().closed;
        closed.then(|| view! { <Notice tone=Tone::Warn test_id="missing-closed">{words.closed}</Notice> })
    };
    view! {
        <OfficeFrame>
            <header class="office__bar">
                <h1>{words.title}</h1>
                <span class="soft number" data-testid="missing-total" data-total=move || store.page.read().total.to_string()>
                    {move || (words.count)(store.page.read().total)}
                </span>
            </header>
            <Filters query store />
            <div>
                <OutcomePlace outcome=store.outcome test_id="missing-outcome" />
                {closed}
                {asked}
            </div>
            <main class="desk">
                <Table store />
            </main>
        </OfficeFrame>
    }
}
