//! New arrivals: followed from the moment of the first page, counted for people and for screen readers.

use leptos::prelude::*;

use super::store::Store;
use crate::subscription;
use crate::wording::use_wording;
use ui::components::icon::{Glyph, Icon};

/// Says that arrivals appear by themselves, and how many did.
#[component]
pub(super) fn Live(store: Store) -> impl IntoView {
    let words = &use_wording().readings;
    let text = move || match store.arrived.read().len() {
        0 => words.live.to_owned(),
        count => (words.arrived)(count),
    };
    view! {
        <p class="line small soft" role="status" aria-live="polite" data-testid="live">
            <span class="tone-info">
                <Icon glyph=Glyph::Live small=true />
            </span>
            {text}
        </p>
    }
}

/// Follows the events behind each first page; the subscription ends with the page, or when another first page came.
#[component]
pub(super) fn Arrivals(store: Store) -> impl IntoView {
    move || {
        store
            .events_after
            .get()
            .map(|after| view! { <Subscription store after /> })
    }
}

#[component]
fn Subscription(store: Store, after: i64) -> impl IntoView {
    subscription::follow(after, move |event| store.take_event(event));
}
