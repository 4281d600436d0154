//! What the phone remembers of its camera: which lens read labels, and how far it was zoomed.

use ui::number::number_of;
use web_sys::Storage;

const LENS: &str = "meterline.lens";
const ZOOM: &str = "meterline.zoom";

/// The lens that last read a label.
#[must_use]
pub(crate) fn lens() -> Option<String> {
    storage()?.get_item(LENS).ok()?.filter(|lens| !lens.is_empty())
}

/// Keeps the lens.
pub(crate) fn set_lens(id: &str) {
    keep(LENS, id);
}

/// The zoom that was chosen last.
#[must_use]
pub(crate) fn zoom() -> Option<f64> {
    number_of(&storage()?.get_item(ZOOM).ok()??)
}

/// Keeps the chosen zoom.
pub(crate) fn set_zoom(zoom: f64) {
    keep(ZOOM, &zoom.to_string());
}

/// A browser that stores nothing starts with the defaults each time: no harm.
fn keep(key: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, value);
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
