//! Where an unknown label hangs: searched, and chosen by the arrows and Enter.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use shared::wire::open_decisions::MeterPointHit;
use ui::components::icon::{Glyph, Icon};
use ui::wording::places::unit_name;

use super::decide::{book, search};
use super::state::Inbox;
use crate::wording::use_wording;

const HITS: &str = "place-hits";

/// The field and what fits below it.
#[component]
pub(super) fn PlaceSearch(inbox: Inbox) -> impl IntoView {
    let words = use_wording().decisions();
    let none = move || {
        let searched = !inbox.search.read().trim().is_empty() && inbox.hits.read().is_empty();
        searched.then(|| view! { <p class="small soft">{words.no_place}</p> })
    };
    let hits = move || {
        let hits = inbox.hits.get().into_iter().enumerate();
        hits.map(|(index, hit)| view! { <Hit hit index inbox /> })
            .collect_view()
    };
    view! {
        <label class="field">
            <span class="field__label">
                {words.where_is_it}
                " "
                <kbd>"b"</kbd>
            </span>
            <input
                node_ref=inbox.search_field
                class="input"
                type="search"
                role="combobox"
                aria-expanded=move || (!inbox.hits.read().is_empty()).to_string()
                aria-controls=HITS
                aria-activedescendant=move || id_of(inbox.hit.get())
                autocomplete="off"
                placeholder=words.where_example
                data-testid="place-search"
                prop:value=move || inbox.search.get()
                on:input:target=move |event| search(inbox, event.target().value())
                on:keydown=move |event| on_key(&event, inbox)
            />
        </label>
        {none}
        <ul id=HITS class="list-plain hits" role="listbox" aria-label=words.where_is_it>
            {hits}
        </ul>
    }
}

fn on_key(event: &KeyboardEvent, inbox: Inbox) {
    let last = inbox.hits.with_untracked(Vec::len).saturating_sub(1);
    match event.key().as_str() {
        "ArrowDown" => inbox.hit.update(|hit| *hit = (*hit + 1).min(last)),
        "ArrowUp" => inbox.hit.update(|hit| *hit = hit.saturating_sub(1)),
        "Enter" => {
            let hit = inbox.hit.get_untracked();
            let chosen = inbox.hits.with_untracked(|hits| hits.get(hit).cloned());
            if chosen.is_some() {
                book(inbox, chosen);
            }
        }
        "Escape" => {
            if let Some(field) = inbox.search_field.get_untracked() {
                // It can only fail when the element has left the document.
                let _ = field.blur();
            }
        }
        _ => return,
    }
    event.prevent_default();
}

#[component]
fn Hit(hit: MeterPointHit, index: usize, inbox: Inbox) -> impl IntoView {
    let wording = use_wording();
    let name = format!(
        "{} {}",
        hit.property_code,
        unit_name(&hit.building, &hit.unit_no, &hit.point)
    );
    let more = [hit.tenant.clone(), hit.meter_serial.clone()];
    let more: Vec<String> = more.into_iter().filter(|it| !it.is_empty()).collect();
    let utility = wording.utility(&hit.utility);
    let glyph = Glyph::of_utility(&hit.utility);
    let id = hit.id.clone();
    view! {
        <li
            id=id_of(index)
            class="hit"
            role="option"
            aria-selected=move || (inbox.hit.get() == index).to_string()
            data-testid="place-hit"
            data-point=id
            on:click=move |_| book(inbox, Some(hit.clone()))
        >
            <Icon glyph small=true />
            <span class="unseen">{utility}</span>
            <span class="strong">{name}</span>
            <span class="small soft">{more.join(" · ")}</span>
        </li>
    }
}

fn id_of(index: usize) -> String {
    format!("place-hit-{index}")
}
