//! The portfolio: properties, the units of one, or the units that fit what is searched.

mod keys;
mod properties;
mod store;
mod units;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::components::icon::{Glyph, Icon};

use crate::components::form_panel::{FormPanel, FormPlace};
use crate::components::frame::OfficeFrame;
use crate::components::outcome::OutcomePlace;
use crate::components::search_bar::SearchBar;
use crate::components::trouble::OfficeTrouble;
use crate::filter_address::{address_of, goes_to};
use crate::session::use_session;
use crate::wording::use_wording;
use properties::{Named, Properties};
use store::{Query, Store};
use units::{PropertyHead, Units};

/// The page.
#[component]
pub(crate) fn PortfolioPage() -> impl IntoView {
    let words = use_wording().portfolio();
    let address = use_query_map();
    let query = Memo::new(move |_| {
        let address = address.read();
        let part = |name: &str| address.get(name).unwrap_or_default();
        Query {
            property: part("property"),
            sought: part("q"),
        }
    });
    let store = Store::begin(query);
    keys::listen();
    let forms = FormPlace::new(move || store.load(None));
    let session = use_session();
    let go = goes_to();
    let search = move |sought: String| go(&address_for(&query.get_untracked().property, &sought));
    let import = move || {
        session.is_admin().then(|| {
            view! {
                <a class="button" href="/office/import" data-testid="to-import">
                    <Icon glyph=Glyph::Import />
                    {words.import}
                </a>
            }
        })
    };
    let list = move || match query.read().lists_units() {
        true => view! { <Named store /> <Units store /> }.into_any(),
        false => view! { <Properties store /> }.into_any(),
    };
    view! {
        <OfficeFrame>
            <header class="office__bar">
                <h1>{words.title}</h1>
                <SearchBar label=words.search value=Signal::derive(move || query.read().sought.clone()) on_search=search />
                {import}
            </header>
            <PropertyHead query store forms />
            <OutcomePlace outcome=forms.outcome test_id="portfolio-outcome" />
            <main class="desk desk--last" class:desk--open=move || forms.open.read().is_some()>
                <div class="table-place">
                    <OfficeTrouble trouble=store.trouble on_retry=move |()| store.load(None) />
                    {list}
                </div>
                <FormPanel place=forms />
            </main>
        </OfficeFrame>
    }
}

/// The address of a list.
fn address_for(property: &str, sought: &str) -> String {
    let parts = [("property", property), ("q", sought)];
    let parts = parts.into_iter().filter(|(_, value)| !value.is_empty());
    address_of(
        "/office/portfolio",
        parts.map(|(name, value)| (name, value.to_owned())),
    )
}
