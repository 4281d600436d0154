//! The keys of the page.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::decide::accept;
use super::row::entry_address;
use super::store::{Store, What};
use crate::waiting::is_typing;

/// Listens as long as the page is there.
pub(super) fn listen(store: Store) {
    let navigate = use_navigate();
    let listening = window_event_listener(leptos::ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event) {
            return;
        }
        match event.key().as_str() {
            "j" | "ArrowDown" => store.step(1),
            "k" | "ArrowUp" => store.step(-1),
            "m" => store.ask(What::Mean),
            "l" => store.ask(What::LastYear),
            "r" => store.ask(What::Reading),
            "e" => {
                let chosen = untrack(move || store.chosen());
                let period = store.page.with_untracked(|it| it.period.clone());
                if let Some(row) = chosen {
                    navigate(&entry_address(&row, &period), NavigateOptions::default());
                }
            }
            "a" => {
                if let Some(row) = store.acceptable() {
                    accept(store, row);
                }
            }
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listening.remove());
}
