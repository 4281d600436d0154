//! The keys of the page.

use leptos::prelude::*;

use super::query::Query;
use super::store::Store;
use crate::waiting::is_typing;

/// Listens as long as the page is there.
pub(super) fn listen(store: Store) {
    let listening = window_event_listener(leptos::ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event) {
            return;
        }
        match (event.key().as_str(), store.chosen()) {
            ("j" | "ArrowDown", _) => store.step(1),
            ("k" | "ArrowUp", _) => store.step(-1),
            ("c", _) => store.filter(|query| *query = Query::default()),
            ("w", Some(row)) => store.filter(|query| query.actor = row.actor.clone()),
            ("t", Some(row)) => store.filter(|query| query.subject = row.subject.clone()),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listening.remove());
}
