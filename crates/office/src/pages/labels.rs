//! The office's page of labels: which code names which meter, sheets for the printer, and what becomes of a label that is
//! torn, lost or on the wrong meter.

mod change;
mod filters;
mod print;
mod query;
mod store;
mod table;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::frame::OfficeFrame;
use crate::wording::use_wording;
use change::ChangeDialog;
use filters::{Filters, SearchField};
use print::PrintPanel;
use query::query_of;
use store::Store;
use table::Table;

/// The page.
#[component]
pub(crate) fn LabelsPage() -> impl IntoView {
    let words = use_wording().labels();
    let address = use_query_map();
    let query = Memo::new(move |_| query_of(&address.read()));
    let store = Store::begin(query);
    view! {
        <OfficeFrame>
            <header class="office__bar">
                <h1>{words.title}</h1>
                <SearchField query />
            </header>
            <Filters query store />
            <PrintPanel query store />
            <main class="desk">
                <Table store />
            </main>
            <ChangeDialog store />
        </OfficeFrame>
    }
}
