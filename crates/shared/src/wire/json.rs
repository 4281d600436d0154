//! Reading JSON from bytes.

use serde::Deserialize;

/// What the bytes say; `None` when they are no JSON, or not of this kind. They are taken for a text first: a program that
/// reads JSON from texts and from bytes contains the code of every type twice, and browsers download it.
pub fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    serde_json::from_str(std::str::from_utf8(bytes).ok()?).ok()
}
