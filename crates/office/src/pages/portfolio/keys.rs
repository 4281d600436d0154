//! The keys of the page: from link to link of the list.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::waiting::is_typing;

/// Listens as long as the page is there.
pub(super) fn listen() {
    let listening = window_event_listener(leptos::ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event) {
            return;
        }
        match event.key().as_str() {
            "j" | "ArrowDown" => step(1),
            "k" | "ArrowUp" => step(-1),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listening.remove());
}

/// The focus goes to the next link, or to the first.
fn step(by: isize) {
    let Ok(links) = document().query_selector_all("main tbody a") else {
        return;
    };
    let active = document().active_element();
    let link = |place: u32| links.get(place)?.dyn_into::<web_sys::HtmlElement>().ok();
    let is_active = |place: &u32| link(*place).is_some_and(|it| active.as_ref() == Some(it.as_ref()));
    let now = (0..links.length()).find(is_active);
    let next = now.map_or(0, |now| (now as usize).saturating_add_signed(by));
    let last = (links.length() as usize).saturating_sub(1);
    if let Some(link) = u32::try_from(next.min(last)).ok().and_then(link) {
        // It can only fail when the element has left the document.
        let _ = link.focus();
    }
}
