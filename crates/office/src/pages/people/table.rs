//! The table: a person a row, by name.

use std::sync::Arc;

use leptos::prelude::*;
use shared::wire::people::PersonRow;
use ui::components::empty::Empty;
use ui::components::icon::Glyph;

use super::row::Row;
use super::store::Store;
use crate::components::trouble::OfficeTrouble;
use crate::wording::use_wording;

/// The rows, and below them more or the end.
#[component]
pub(super) fn Table(store: Store) -> impl IntoView {
    let words = use_wording().people();
    // A row that says something else is drawn again.
    let key = |row: &Arc<PersonRow>| format!("{row:?}");
    view! {
        <div class="table-place">
            <OfficeTrouble trouble=store.trouble on_retry=move |()| store.load(None) />
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{words.username_short}</th>
                        <th scope="col">{words.full_name}</th>
                        <th scope="col">{words.role}</th>
                        <th scope="col">{words.properties}</th>
                        <th scope="col">{words.state}</th>
                        <th scope="col"><span class="unseen">{words.actions}</span></th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || store.rows.get() key children=move |row| view! { <Row row store /> } />
                </tbody>
            </table>
            <Foot store />
        </div>
    }
}

#[component]
fn Foot(store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.people();
    let nothing = move || {
        let is_empty = store.rows.read().is_empty() && !store.loading.get() && store.trouble.read().is_none();
        is_empty.then(|| view! { <Empty glyph=Glyph::Me title=words.empty_title hint=words.empty_hint /> })
    };
    let more = move || {
        store.has_more().then(|| {
            view! {
                <button class="button" type="button" data-testid="load-more" on:click=move |_| store.load_more()>
                    {wording.readings.more}
                </button>
            }
        })
    };
    let keys = words
        .keys
        .iter()
        .map(|(key, what)| view! { <span><kbd>{*key}</kbd> " " {*what}</span> });
    view! {
        {nothing}
        <div class="table-foot">
            <span class="number" role="status" data-testid="people-count">
                {move || (words.shown)(store.rows.read().len())}
            </span>
            {more}
            {move || store.loading.get().then_some(wording.common.loading)}
            <span class="table-foot__keys">{keys.collect_view()}</span>
        </div>
    }
}
