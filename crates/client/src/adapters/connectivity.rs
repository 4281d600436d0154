//! What the browser says about network and page. Hints, never a gate.

use shared::sync::event::Hint;
use wasm_bindgen::prelude::*;
use web_sys::{EventTarget, VisibilityState};

/// Calls back with a hint whenever network or visibility change, for as long as the page lives.
pub(crate) fn listen(on_hint: impl Fn(Hint) + Clone + 'static) {
    let Some(window) = web_sys::window() else { return };
    let online = on_hint.clone();
    listen_to(&window, "online", move || online(Hint::Online));
    let offline = on_hint.clone();
    listen_to(&window, "offline", move || offline(Hint::Offline));
    let Some(document) = window.document() else { return };
    let visible = document.clone();
    listen_to(&document, "visibilitychange", move || {
        if visible.visibility_state() == VisibilityState::Visible {
            on_hint(Hint::Visible);
        }
    });
}

/// Listens for as long as the target lives.
pub(crate) fn listen_to(target: &EventTarget, event: &str, callback: impl FnMut() + 'static) {
    let callback = Closure::<dyn FnMut()>::new(callback).into_js_value();
    let _ = target.add_event_listener_with_callback(event, callback.unchecked_ref());
}
