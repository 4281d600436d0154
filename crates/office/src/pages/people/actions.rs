//! What can be done about a person.

use std::sync::Arc;

use leptos::prelude::*;
use shared::wire::people::PersonRow;
use shared::wire::session::RoleName;

use super::store::{Ask, Shown, Store};
use crate::wording::use_wording;

/// The buttons of a row; keys do the same to the row that is looked at.
#[component]
pub(super) fn Actions(row: Arc<PersonRow>, store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.people();
    // Short to see, whole to hear and under the pointer.
    let button = |(word, whole): (&'static str, &str), id: &'static str, act: fn(Store, Arc<PersonRow>)| {
        let row = Arc::clone(&row);
        let name = format!("{whole}: {}", row.username);
        view! {
            <button
                class="button button--quiet table__button"
                type="button"
                aria-label=name
                title=whole.to_owned()
                data-testid=id
                on:click=move |_| act(store, Arc::clone(&row))
            >
                {word}
            </button>
        }
    };
    let edit = button(
        (wording.common.edit, wording.common.edit),
        "person-edit",
        |store, row| {
            store.shown.set(Some(Shown::Change(row)));
        },
    );
    let enrol = (row.active && row.role == RoleName::Technician).then(|| {
        button((words.enrol_short, words.enrol), "person-enrol", |store, row| {
            store.show_code(row)
        })
    });
    let reset = row.active.then(|| {
        button((words.reset_short, words.reset), "person-reset", |store, row| {
            store.asking.set(Some((Ask::Reset, row)));
        })
    });
    let passkeys = (row.passkeys > 0).then(|| {
        let words = wording.passkeys();
        let whole = (words.of_person)(row.passkeys);
        button((words.title_short, &whole), "person-passkeys", |store, row| {
            store.asking.set(Some((Ask::Passkeys, row)));
        })
    });
    let standing = if row.active {
        button(
            (words.deactivate, words.deactivate),
            "person-deactivate",
            |store, row| {
                store.asking.set(Some((Ask::Deactivate, row)));
            },
        )
    } else {
        button(
            (words.reactivate, words.reactivate),
            "person-reactivate",
            |store, row| store.set_active(row, true),
        )
    };
    view! { <span class="line people__actions">{edit} {enrol} {reset} {passkeys} {standing}</span> }
}
