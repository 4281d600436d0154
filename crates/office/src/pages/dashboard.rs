//! The office's first page: how complete a month is, what is still on phones, what arrived today, and what was used. Each count
//! leads to the page that lists just that.

mod charts;
mod phones;
mod properties;
mod store;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::period::Period;
use ui::components::icon::{Glyph, Icon};

use crate::components::frame::OfficeFrame;
use crate::components::months::Months;
use crate::components::trouble::OfficeTrouble;
use crate::filter_address::{address_of, goes_to};
use crate::wording::use_wording;
use charts::Charts;
use phones::PhonesLeft;
use properties::Properties;
use store::Store;

/// The page.
#[component]
pub(crate) fn DashboardPage() -> impl IntoView {
    let address = use_query_map();
    let part = move |name: &str| address.read().get(name).filter(|it| !it.is_empty());
    let period = Memo::new(move |_| part("period"));
    let property = Memo::new(move |_| part("property"));
    view! {
        <OfficeFrame>
            <Page period property />
        </OfficeFrame>
    }
}

#[component]
fn Page(period: Memo<Option<String>>, property: Memo<Option<String>>) -> impl IntoView {
    let wording = use_wording();
    let words = wording.dashboard();
    let store = Store::begin(period, property);
    let go = goes_to();
    let to_month = move |period: Period| go(&address_in(property.get_untracked(), Some(period.to_string())));
    let month = Signal::derive(move || store.page.read().period.clone());
    let arrived = move || store.arrived.get().map(|it| (words.arrived_today)(it.count));
    // That day, however long the page stays open: the list has what was counted.
    let readings = move || {
        let day = store.arrived.get().map(|it| ("arrived", it.day));
        let parts = [("source", "phone".to_owned())].into_iter().chain(day);
        address_of("/office/readings", parts)
    };
    view! {
        <header class="office__bar">
            <h1>{words.title}</h1>
            <p class="line small soft">
                <span class="tone-info">
                    <Icon glyph=Glyph::Live small=true />
                </span>
                {wording.phones().live}
            </p>
            <a class="office__action" href=readings data-testid="arrived-today">
                {arrived}
            </a>
        </header>
        <div class="filters" role="search" data-testid="filters">
            <Months period=month on_go=to_month test_id="dashboard-month" />
        </div>
        <div></div>
        <main class="office__scroll dashboard">
            <OfficeTrouble trouble=store.trouble on_retry=move |()| store.load() />
            <Properties store />
            <PhonesLeft store />
            <Charts store property />
        </main>
    }
}

/// The page with this property's charts and this month.
fn address_in(property: Option<String>, period: Option<String>) -> String {
    let parts = [("property", property), ("period", period)];
    let parts = parts.into_iter().filter_map(|(name, value)| Some((name, value?)));
    address_of("/office/dashboard", parts)
}
