//! Periods: how they stand at each property, and one of them with what is in the way, closing, what came too late, and the
//! hand-over. Which of the two is shown stands in the address.

mod act;
mod delivery;
mod in_the_way;
mod late;
mod limits;
mod list;
mod list_store;
mod one;
mod one_store;
mod steps;
mod values;
pub(crate) mod window;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::period::Period;

use crate::components::frame::OfficeFrame;
use crate::filter_address::address_of;
pub(crate) use in_the_way::way_out;
use list::List;
use one::One;

/// The page.
#[component]
pub(crate) fn PeriodsPage() -> impl IntoView {
    let address = use_query_map();
    let part = move |name: &str| address.read().get(name).filter(|it| !it.is_empty());
    let period = Memo::new(move |_| part("period"));
    // Without a month there is no period of one property.
    let property = Memo::new(move |_| part("property").filter(|_| period.read().is_some()));
    let is_one = Memo::new(move |_| property.read().is_some());
    let shown = move || match is_one.get() {
        true => view! { <One property period /> }.into_any(),
        false => view! { <List period /> }.into_any(),
    };
    view! { <OfficeFrame>{shown}</OfficeFrame> }
}

/// Where the periods of a month are listed, or one property's is shown.
pub(crate) fn address(property: Option<&str>, period: &str) -> String {
    let parts = [("property", property), ("period", Some(period))];
    let parts = parts
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?.to_owned())));
    address_of("/office/periods", parts)
}

/// The same in another month.
fn address_in(property: Option<&str>, period: Period) -> String {
    address(property, &period.to_string())
}
