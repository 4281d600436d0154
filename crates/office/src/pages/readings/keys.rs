//! The keyboard of the list: `j` and `k` move, Enter opens, Escape closes, `a` approves and goes on, `e` corrects,
//! `r` sends back, `A` approves all that is clean, `u` undoes the last approval.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::approve;
use super::store::{Question, Store};

/// Listens while the page is open.
pub(super) fn listen(store: Store) {
    let listening = window_event_listener(leptos::ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        match (event.key().as_str(), place_of(&event)) {
            (_, Place::Field) | ("Enter", Place::Button) => return,
            ("j" | "ArrowDown", _) => store.step(1),
            ("k" | "ArrowUp", _) => store.step(-1),
            ("Enter", Place::Page) => store.open.set(store.cursor.get_untracked().is_some()),
            ("Escape", _) => store.open.set(false),
            ("r", _) => store.ask(Question::SendBack),
            ("e", _) => store.ask(Question::Correct),
            ("a", _) => approve::approve_and_go_on(store),
            ("A", _) => approve::approve_clean(store),
            ("u", _) => approve::undo(store),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listening.remove());
}

/// What has the focus.
enum Place {
    /// All keys are its own.
    Field,
    /// Enter is its own.
    Button,
    Page,
}

fn place_of(event: &KeyboardEvent) -> Place {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let name = target.map(|element| element.tag_name()).unwrap_or_default();
    match name.as_str() {
        "INPUT" | "SELECT" | "TEXTAREA" => Place::Field,
        "BUTTON" | "A" => Place::Button,
        _ => Place::Page,
    }
}
