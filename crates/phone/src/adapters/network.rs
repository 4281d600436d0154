//! Which network the browser says it uses, where it says so. A hint, and never more.

use js_sys::Reflect;
use shared::sync::event::Network;
use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

use super::global;

/// What it says now.
pub fn now() -> Network {
    let said = connection()
        .and_then(|connection| Reflect::get(&connection, &"type".into()).ok())
        .and_then(|kind| kind.as_string());
    match said.as_deref() {
        Some("wifi" | "ethernet") => Network::Wifi,
        Some("cellular" | "bluetooth" | "wimax") => Network::Cellular,
        _ => Network::Unknown,
    }
}

/// Calls back at each change, for as long as the page lives.
pub fn listen(changed: impl Fn(Network) + 'static) {
    let Some(connection) = connection().and_then(|it| it.dyn_into::<EventTarget>().ok()) else {
        return;
    };
    let callback = Closure::<dyn FnMut()>::new(move || changed(now())).into_js_value();
    let _ = connection.add_event_listener_with_callback("change", callback.unchecked_ref());
}

fn connection() -> Option<JsValue> {
    global::of_navigator("connection")
}
