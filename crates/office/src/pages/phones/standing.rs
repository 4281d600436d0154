//! An admin stops trusting a phone, and takes it back in. What becomes of the readings on it is said before.

use leptos::html::Button;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::DeviceId;
use shared::wire::devices::{DeviceList, DeviceRow};
use ui::components::confirm::Confirm;

use super::store::Store;
use crate::adapters::api;
use crate::wording::use_wording;

/// What is asked about.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    device: DeviceId,
    /// Whose row it was.
    person: String,
    /// Everybody who works on the phone.
    persons: String,
    /// What they have on it together, as far as it said.
    waiting: u64,
    revokes: bool,
}

/// The button of a row; asks first.
#[component]
pub(super) fn StandingButton(row: DeviceRow, store: Store) -> impl IntoView {
    let words = use_wording().phones();
    let place = NodeRef::<Button>::new();
    let revokes = row.revoked_at.is_none();
    let (word, name) = if revokes {
        (words.revoke, (words.revoke_of)(&row.username))
    } else {
        (words.readmit, (words.readmit_of)(&row.username))
    };
    let key = (row.device_id, row.username.clone());
    let returns = key.clone();
    // The row is drawn anew when the phone stands otherwise: the focus was on its button.
    Effect::new(move || {
        if let Some(button) = place.get()
            && store.returns_to.get_untracked().as_ref() == Some(&returns)
        {
            store.returns_to.set(None);
            // It can only fail when the element has left the document.
            let _ = button.focus();
        }
    });
    let ask = move |_| {
        let asked = store
            .list
            .with_untracked(|list| asked_of(list.as_ref(), &key, revokes));
        store.asked.set(Some(asked));
        store.asking.set(true);
    };
    view! {
        <button
            node_ref=place
            class="button button--row"
            class:button--danger=revokes
            type="button"
            aria-label=name
            data-testid=if revokes { "revoke" } else { "readmit" }
            on:click=ask
        >
            {word}
        </button>
    }
}

/// The question; stands once beside the table, which is drawn anew whenever a phone reports.
#[component]
pub(super) fn StandingQuestion(store: Store) -> impl IntoView {
    let words = use_wording().phones();
    let revokes = Signal::derive(move || store.asked.read().as_ref().is_some_and(|it| it.revokes));
    let either = move |revoke: &'static str, readmit: &'static str| {
        Signal::derive(move || if revokes.get() { revoke } else { readmit }.to_owned())
    };
    let hint = move || {
        store.asked.get().map(|it| {
            if it.revokes {
                (words.revoke_hint)(&it.persons, it.waiting)
            } else {
                (words.readmit_hint)(&it.persons)
            }
        })
    };
    view! {
        <Confirm
            open=store.asking
            title=either(words.revoke_title, words.readmit_title)
            hint=Signal::derive(move || hint().unwrap_or_default())
            yes=either(words.revoke, words.readmit)
            harmless=Signal::derive(move || !revokes.get())
            on_yes=move |()| {
                if let Some(asked) = store.asked.get_untracked() {
                    carry_out(store, asked);
                }
            }
        />
    }
}

fn asked_of(list: Option<&DeviceList>, key: &(DeviceId, String), revokes: bool) -> Asked {
    let (device, person) = key.clone();
    let on_it = || {
        list.into_iter()
            .flat_map(|list| &list.devices)
            .filter(|row| row.device_id == device)
    };
    let persons: Vec<&str> = on_it().map(|row| row.username.as_str()).collect();
    Asked {
        device,
        person,
        persons: persons.join(", "),
        waiting: on_it().map(|row| row.waiting).sum(),
        revokes,
    }
}

fn carry_out(store: Store, asked: Asked) {
    let words = use_wording().phones();
    store.outcome.set(None);
    spawn_local(async move {
        let (answer, done) = if asked.revokes {
            (api::revoke(asked.device).await, words.revoked_now)
        } else {
            (api::readmit(asked.device).await, words.readmitted_now)
        };
        if answer.is_ok() {
            store.returns_to.try_set(Some((asked.device, asked.person)));
        }
        store.outcome.try_set(Some(answer.map(|()| done(&asked.persons))));
        // Also after a failure: somebody else may have decided.
        store.reload();
    });
}
