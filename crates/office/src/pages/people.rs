//! The office's page of people: who may sign in, as what, for which properties; and the codes that enrol their phones.

mod actions;
mod ask;
mod code;
mod draft;
mod filters;
mod form;
mod keys;
mod properties;
mod row;
mod secret;
mod sheet;
mod store;
mod table;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::components::icon::{Glyph, Icon};

use crate::components::frame::OfficeFrame;
use crate::components::outcome::OutcomePlace;
use crate::wording::use_wording;
use ask::AskDialogs;
use filters::{Filters, SearchField, query_of};
use sheet::Sheet;
use store::{Shown, Store};
use table::Table;

/// The page.
#[component]
pub(crate) fn PeoplePage() -> impl IntoView {
    let words = use_wording().people();
    let address = use_query_map();
    let query = Memo::new(move |_| query_of(&address.read()));
    let store = Store::begin(query);
    keys::listen(store);
    view! {
        <OfficeFrame>
            <header class="office__bar">
                <h1>{words.title}</h1>
                <SearchField query />
                <button
                    class="button button--main"
                    type="button"
                    data-testid="person-add"
                    on:click=move |_| store.shown.set(Some(Shown::New))
                >
                    <Icon glyph=Glyph::Me small=true />
                    {words.add}
                    " "
                    <kbd>"n"</kbd>
                </button>
            </header>
            <Filters query store />
            <OutcomePlace outcome=store.outcome test_id="people-outcome" />
            <main class="desk">
                <Table store />
            </main>
            <Sheet store />
            <AskDialogs store />
        </OfficeFrame>
    }
}
