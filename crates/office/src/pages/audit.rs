//! The office's page of the audit: who did what and when.

mod detail;
mod filters;
mod keys;
mod query;
mod row;
mod store;
mod table;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::components::icon::{Glyph, Icon};

use crate::adapters::audit::file_address;
use crate::components::frame::OfficeFrame;
use crate::wording::use_wording;
use filters::Filters;
use query::query_of;
use store::Store;
use table::Table;

/// The page.
#[component]
pub(crate) fn AuditPage() -> impl IntoView {
    let words = use_wording().audit();
    let address = use_query_map();
    let query = Memo::new(move |_| query_of(&address.read()));
    let store = Store::begin(query);
    keys::listen(store);
    view! {
        <OfficeFrame>
            <header class="office__bar">
                <h1>{words.title}</h1>
                <p class="small soft">{words.lead}</p>
                <a
                    class="button office__action"
                    href=move || file_address(&query.read().to_wire())
                    download="audit.csv"
                    data-testid="audit-export"
                >
                    <Icon glyph=Glyph::Download small=true />
                    {words.export}
                </a>
            </header>
            <Filters query store />
            <div></div>
            <main class="desk">
                <Table store />
            </main>
        </OfficeFrame>
    }
}
