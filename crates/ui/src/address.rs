//! Parts of addresses.

/// A part of an address, as `encodeURIComponent` writes it.
pub fn encode(part: &str) -> String {
    js_sys::encode_uri_component(part).into()
}
