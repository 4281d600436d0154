//! One person.

use std::sync::Arc;

use leptos::html::Tr;
use leptos::prelude::*;
use shared::wire::people::PersonRow;
use ui::components::icon::{Glyph, Icon};

use super::actions::Actions;
use super::store::Store;
use crate::wording::{Wording, use_wording};

/// A row of the table.
#[component]
pub(super) fn Row(row: Arc<PersonRow>, store: Store) -> impl IntoView {
    let wording = use_wording();
    let place = NodeRef::<Tr>::new();
    let (own, id) = (row.id.clone(), row.id.clone());
    let selected = Memo::new(move |_| store.cursor.read().as_ref() == Some(&own));
    Effect::new(move || {
        if let (true, Some(place)) = (selected.get(), place.get()) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            place.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let properties = properties_of(&row, wording);
    let (state, acted) = (state_of(&row, wording), Arc::clone(&row));
    view! {
        <tr
            node_ref=place
            aria-selected=move || selected.get().to_string()
            data-testid="person-row"
            data-person=row.username.clone()
            data-active=row.active.to_string()
            on:click=move |_| store.cursor.set(Some(id.clone()))
        >
            <td class="strong">{row.username.clone()}</td>
            <td class="table__clip" title=row.full_name.clone()>{row.full_name.clone()}</td>
            <td>{wording.role(row.role)}</td>
            <td class="people__properties table__clip" title=properties.clone()>{properties.clone()}</td>
            <td>{state}</td>
            <td><Actions row=acted store /></td>
        </tr>
    }
}

fn properties_of(row: &PersonRow, wording: &Wording) -> String {
    let words = wording.people();
    if row.all_properties {
        words.all_properties.to_owned()
    } else if row.properties.is_empty() {
        words.no_property.to_owned()
    } else {
        row.properties.join(", ")
    }
}

fn state_of(row: &PersonRow, wording: &Wording) -> impl IntoView + use<> {
    let words = wording.people();
    // Whoever has a first password is active as well.
    let (class, glyph, word) = match (row.active, row.first_password) {
        (true, false) => ("tag tag--ok", Glyph::Check, words.active),
        (true, true) => ("tag tag--warn", Glyph::Key, words.first_password),
        (false, _) => ("tag", Glyph::Skipped, words.inactive),
    };
    view! {
        <span class=class>
            <Icon glyph small=true />
            {word}
        </span>
    }
}
