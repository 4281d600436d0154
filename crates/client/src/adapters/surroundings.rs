//! What the browser tells of itself and of the network it is in. For people to read; nothing is decided by it.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// `wifi`, `cellular`, or the browser's guess of the speed (`4g`); absent where it does not tell.
pub(crate) fn network_kind() -> Option<String> {
    let navigator: JsValue = web_sys::window()?.navigator().into();
    let connection = Reflect::get(&navigator, &"connection".into()).ok()?;
    let text = |name: &str| {
        let text = Reflect::get(&connection, &name.into()).ok()?.as_string()?;
        (!text.is_empty() && text != "unknown").then_some(text)
    };
    match (text("type"), text("effectiveType")) {
        (Some(kind), Some(speed)) => Some(format!("{kind}, {speed}")),
        (kind, speed) => kind.or(speed),
    }
}

/// Name and version of browser and phone, as the browser sends them to every server.
pub(crate) fn user_agent() -> String {
    web_sys::window()
        .and_then(|window| window.navigator().user_agent().ok())
        .unwrap_or_default()
}

/// Opened from the home screen.
pub(crate) fn is_installed() -> bool {
    let matches = |query: &str| {
        let window = web_sys::window()?;
        let match_media: Function = Reflect::get(&window, &"matchMedia".into())
            .ok()?
            .dyn_into()
            .ok()?;
        let list = match_media.call1(&window, &query.into()).ok()?;
        Reflect::get(&list, &"matches".into()).ok()?.as_bool()
    };
    matches("(display-mode: standalone)") == Some(true)
}

/// The hash of the build, where the page names it.
pub(crate) fn build() -> String {
    let meta = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector("meta[name=app-build]").ok().flatten());
    meta.and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default()
}

/// Puts a text into the clipboard; `false` when the browser refuses.
pub(crate) async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let navigator = window.navigator();
    // Only secure addresses have one.
    let has_clipboard = Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| it.is_object());
    has_clipboard
        && JsFuture::from(navigator.clipboard().write_text(text))
            .await
            .is_ok()
}
