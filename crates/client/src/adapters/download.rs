//! Offers a text to the person as a file.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// The browser has read the file by then.
const FILE_KEPT_MS: i32 = 60_000;

/// Opens the browser's way of keeping a file; `false` when it has none.
pub(crate) fn offer_file(name: &str, text: &str) -> bool {
    try_offer(name, text).is_some()
}

fn try_offer(name: &str, text: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let document = web_sys::window()?.document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // Some browsers read the file only after this turn.
    let forget = Closure::once_into_js(move || {
        let _ = Url::revoke_object_url(&address);
    });
    let window = web_sys::window()?;
    window
        .set_timeout_with_callback_and_timeout_and_arguments_0(forget.unchecked_ref(), FILE_KEPT_MS)
        .ok()
        .map(drop)
}
