//! The keys of the page.

use leptos::prelude::*;
use shared::wire::session::RoleName;

use super::store::{Ask, Shown, Store};
use crate::waiting::is_typing;

/// Listens as long as the page is there.
pub(super) fn listen(store: Store) {
    let listening = window_event_listener(leptos::ev::keydown, move |event| {
        let elsewhere = event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event);
        let is_covered =
            store.shown.with_untracked(Option::is_some) || store.asking.with_untracked(Option::is_some);
        if elsewhere || is_covered {
            return;
        }
        match (event.key().as_str(), store.chosen()) {
            ("j" | "ArrowDown", _) => store.step(1),
            ("k" | "ArrowUp", _) => store.step(-1),
            ("n", _) => store.shown.set(Some(Shown::New)),
            ("e", Some(row)) => store.shown.set(Some(Shown::Change(row))),
            ("q", Some(row)) if row.active && row.role == RoleName::Technician => store.show_code(row),
            ("p", Some(row)) => store.asking.set(Some((Ask::Reset, row))),
            ("x", Some(row)) if row.passkeys > 0 => store.asking.set(Some((Ask::Passkeys, row))),
            ("d", Some(row)) if row.active => store.asking.set(Some((Ask::Deactivate, row))),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listening.remove());
}
