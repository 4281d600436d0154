//! Hands a text over as a file: by the phone's share sheet where it takes files, else as a download.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, File, FilePropertyBag, ShareData};

use super::download;

/// What became of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HandedOver {
    /// To another app, by the share sheet.
    Shared,
    /// To the browser's downloads.
    Downloaded,
    /// The person closed the share sheet.
    Cancelled,
    /// The browser has no way of keeping a file.
    Failed,
}

/// Hands the file over; best from a tap, as share sheets ask for one.
pub(crate) async fn hand_over(name: &str, text: &str) -> HandedOver {
    if let Some(outcome) = share(name, text).await {
        return outcome;
    }
    if download::offer_file(name, text) {
        HandedOver::Downloaded
    } else {
        HandedOver::Failed
    }
}

/// `None` where there is no share sheet, or none that takes this file.
async fn share(name: &str, text: &str) -> Option<HandedOver> {
    let navigator = web_sys::window()?.navigator();
    let can_share = js_sys::Reflect::has(&navigator, &"canShare".into()).unwrap_or(false);
    if !can_share {
        return None;
    }
    // Chrome's share sheet takes texts and no JSON; the content is the same.
    let forms = [
        (name.to_owned(), "application/json"),
        (format!("{name}.txt"), "text/plain"),
    ];
    let data = forms
        .iter()
        .filter_map(|(name, media_type)| share_data(name, media_type, text))
        .find(|data| navigator.can_share_with_data(data))?;
    match JsFuture::from(navigator.share_with_data(&data)).await {
        Ok(_) => Some(HandedOver::Shared),
        Err(error) if is_cancelled(&error) => Some(HandedOver::Cancelled),
        Err(_) => None,
    }
}

fn share_data(name: &str, media_type: &str, text: &str) -> Option<ShareData> {
    let options = FilePropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&JsValue::from_str(text));
    let file = File::new_with_str_sequence_and_options(&parts, name, &options).ok()?;
    let data = ShareData::new();
    data.set_files(&Array::of1(&file));
    Some(data)
}

fn is_cancelled(error: &JsValue) -> bool {
    error
        .dyn_ref::<DomException>()
        .is_some_and(|error| error.name() == "AbortError")
}
