//! The filters above the table.

use leptos::prelude::*;
use ui::components::icon::{Glyph, Icon};

use super::query::Query;
use super::store::Store;
use crate::wording::use_wording;

/// Who, what, to what, and from when to when.
#[component]
pub(super) fn Filters(query: Memo<Query>, store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.audit();
    let text = move |name: &'static str,
                     word: &'static str,
                     kind: &'static str,
                     get: fn(&mut Query) -> &mut String| {
        view! {
            <label class="field">
                <span class="field__label">{word}</span>
                <input
                    class="input"
                    type=kind
                    data-testid=format!("filter-{name}")
                    prop:value=move || get(&mut query.get()).clone()
                    on:change:target=move |event| store.filter(|it| *get(it) = event.target().value().trim().to_owned())
                />
            </label>
        }
    };
    view! {
        <div class="filters" role="search" data-testid="filters">
            {text("actor", words.actor, "text", |it| &mut it.actor)}
            <ActionFilter query store />
            {text("subject", words.subject, "text", |it| &mut it.subject)}
            {text("from", words.from, "date", |it| &mut it.from)}
            {text("to", words.to, "date", |it| &mut it.to)}
            <button
                class="button"
                type="button"
                data-testid="clear-filters"
                hidden=move || !query.read().is_set()
                on:click=move |_| store.filter(|it| *it = Query::default())
            >
                <Icon glyph=Glyph::Close small=true />
                {wording.readings.clear_filters}
            </button>
        </div>
    }
}

#[component]
fn ActionFilter(query: Memo<Query>, store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.audit();
    // The value is set again when the options are there: before, a browser has none to choose.
    let value = move || {
        store.actions.track();
        query.read().action.clone()
    };
    let options = move || {
        let mut actions: Vec<(String, String)> = store
            .actions
            .get()
            .into_iter()
            .map(|it| (words.action(&it), it))
            .collect();
        actions.sort();
        let options = actions.into_iter();
        options
            .map(|(word, name)| view! { <option value=name>{word}</option> })
            .collect_view()
    };
    view! {
        <label class="field audit__action">
            <span class="field__label">{words.action}</span>
            <select
                class="input"
                data-testid="filter-action"
                prop:value=value
                on:change:target=move |event| store.filter(|it| it.action = event.target().value())
            >
                <option value="">{wording.readings.any}</option>
                {options}
            </select>
        </label>
    }
}
