//! The list at the left of a page of what waits, and the property that it is about.

use std::sync::Arc;

use leptos::html::Button;
use leptos::prelude::*;
use ui::components::empty::Empty;
use ui::components::icon::Glyph;

use super::trouble::OfficeTrouble;
use crate::filter_address::{address_of, goes_to};
use crate::waiting::{Entry, Waiting};
use crate::wording::use_wording;

/// One line an entry: what it is about, and more of it.
#[component]
pub(crate) fn WaitingList<T: Entry>(
    store: Waiting<T>,
    /// The two lines of an entry.
    lines: fn(&T) -> (String, String),
    /// The keys of the page, in words.
    keys: &'static str,
) -> impl IntoView {
    let wording = use_wording();
    let words = wording.decisions();
    let empty =
        move || store.rows.read().is_empty() && !store.loading.get() && store.trouble.read().is_none();
    let nothing = move || {
        empty().then(
            || view! { <Empty glyph=Glyph::Check title=words.nothing_waits hint=words.nothing_waits_hint /> },
        )
    };
    let more = move || {
        store.next.read().is_some().then(|| {
            view! {
                <button class="button" type="button" on:click=move |_| store.load_more()>
                    {wording.readings.more}
                </button>
            }
        })
    };
    let key = |row: &Arc<T>| row.receipt_seq();
    view! {
        <div class="waiting" data-testid="waiting" data-total=move || store.total.get().to_string()>
            <OfficeTrouble trouble=store.trouble on_retry=move |()| store.reload() />
            <ul class="list-plain">
                <For each=move || store.rows.get() key children=move |row| view! { <Line row store lines /> } />
            </ul>
            {nothing}
            {more}
            <p class="small soft waiting__keys">{keys}</p>
        </div>
    }
}

#[component]
fn Line<T: Entry>(row: Arc<T>, store: Waiting<T>, lines: fn(&T) -> (String, String)) -> impl IntoView {
    let seq = row.receipt_seq();
    let place = NodeRef::<Button>::new();
    let chosen = Memo::new(move |_| store.cursor.get() == Some(seq));
    Effect::new(move || {
        if let (true, Some(place)) = (chosen.get(), place.get()) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            place.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let (first, second) = lines(&row);
    view! {
        <li>
            <button
                node_ref=place
                class="waiting__line"
                type="button"
                aria-current=move || chosen.get().to_string()
                data-testid="waiting-line"
                data-seq=seq.to_string()
                on:click=move |_| store.cursor.set(Some(seq))
            >
                <span class="strong">{first}</span>
                <span class="small soft">{second}</span>
            </button>
        </li>
    }
}

/// Only one property's, in the address.
#[component]
pub(crate) fn PropertyFilter<T: Entry>(store: Waiting<T>, path: &'static str) -> impl IntoView {
    let word = use_wording().readings.property;
    let go = goes_to();
    view! {
        <label class="line">
            <span class="small soft">{word}</span>
            <input
                class="input"
                type="text"
                data-testid="filter-property"
                prop:value=move || store.property.get().unwrap_or_default()
                on:change:target=move |event| {
                    let text = event.target().value().trim().to_owned();
                    let filters = (!text.is_empty()).then_some(("property", text));
                    go(&address_of(path, filters.into_iter()));
                }
            />
        </label>
    }
}
