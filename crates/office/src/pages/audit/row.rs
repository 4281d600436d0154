//! One thing that was done.

use std::sync::Arc;

use leptos::html::Tr;
use leptos::prelude::*;
use shared::wire::audit::AuditRow;

use super::detail;
use super::query::Query;
use super::store::Store;
use crate::wording::{locale, use_wording};

/// A row of the table.
#[component]
pub(super) fn Row(row: Arc<AuditRow>, store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.audit();
    let seq = row.seq;
    let place = NodeRef::<Tr>::new();
    let selected = Memo::new(move |_| store.cursor.get() == Some(seq));
    Effect::new(move || {
        if let (true, Some(place)) = (selected.get(), place.get()) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            place.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let told = detail::line(&row.detail, wording);
    view! {
        <tr
            node_ref=place
            aria-selected=move || selected.get().to_string()
            data-testid="audit-row"
            data-actor=row.actor.clone()
            data-action=row.action.clone()
            data-subject=row.subject.clone()
            on:click=move |_| store.cursor.set(Some(seq))
        >
            <td class="number">{locale::day_time_here(&row.at)}</td>
            <td><Only shown=words.name(&row.actor) value=row.actor.clone() store set=|query, value| query.actor = value /></td>
            <td class="strong">
                <Only shown=words.action(&row.action) value=row.action.clone() store set=|query, value| query.action = value />
            </td>
            <td><Only shown=words.name(&row.subject) value=row.subject.clone() store set=|query, value| query.subject = value /></td>
            <td class="table__wrap audit__detail">{told}</td>
        </tr>
    }
}

/// What a cell says, and a list of nothing else by a click. Keys do the same to the row that is looked at, so that the tab key
/// does not stop at every cell.
#[component]
fn Only(shown: String, value: String, store: Store, set: fn(&mut Query, String)) -> impl IntoView {
    let words = use_wording().audit();
    let title = (words.only)(&shown);
    view! {
        <button
            class="audit__only"
            type="button"
            tabindex="-1"
            title=title
            on:click=move |_| store.filter(|query| set(query, value.clone()))
        >
            {shown}
        </button>
    }
}
