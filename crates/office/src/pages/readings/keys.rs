//! The keyboard of the list: `j` and `k` move, Enter opens, Escape closes.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::store::Store;

/// Listens while the page is open.
pub(super) fn listen(store: Store) {
    let listening = window_event_listener(leptos::ev::keydown, move |event| {
        if is_typing(&event) || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        match event.key().as_str() {
            "j" | "ArrowDown" => store.step(1),
            "k" | "ArrowUp" => store.step(-1),
            "Enter" => store.open.set(store.cursor.get_untracked().is_some()),
            "Escape" => store.open.set(false),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listening.remove());
}

/// Keys belong to a field, a button or a link that has the focus.
fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| {
        matches!(
            element.tag_name().as_str(),
            "INPUT" | "SELECT" | "TEXTAREA" | "BUTTON" | "A"
        )
    })
}
