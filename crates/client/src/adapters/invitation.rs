//! A code of the office that the address holds: behind `#`, so that no server and no log has seen it.

use wasm_bindgen::JsValue;

/// The page that codes lead to.
const PAGE: &str = "/enrol";
const START: &str = "/";

/// Takes it out of the address, which shows the start page from then on: neither history nor a screenshot keeps it.
pub(crate) fn take() -> Option<String> {
    let window = web_sys::window()?;
    let location = window.location();
    if location.pathname().ok()? != PAGE {
        return None;
    }
    let hash = location.hash().unwrap_or_default();
    // A browser that refuses leaves the address; the code is good once all the same.
    let history = window.history().ok()?;
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(START));
    // Without a code the page says that there is none that is good.
    Some(hash.strip_prefix('#').unwrap_or_default().to_owned())
}
