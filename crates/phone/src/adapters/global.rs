//! What windows and workers have alike, as members of the global object.

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Crypto, Performance};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    pub(super) fn set_timeout(callback: &Function, delay_ms: i32) -> i32;

    #[wasm_bindgen(js_name = clearTimeout)]
    pub(super) fn clear_timeout(handle: i32);
}

/// The clock that no person can change.
pub(super) fn performance() -> Option<Performance> {
    member(&js_sys::global(), "performance").map(JsCast::unchecked_into)
}

/// Random numbers.
pub(super) fn crypto() -> Option<Crypto> {
    member(&js_sys::global(), "crypto").map(JsCast::unchecked_into)
}

/// A member of `navigator`.
pub fn of_navigator(name: &str) -> Option<JsValue> {
    member(&member(&js_sys::global(), "navigator")?, name)
}

fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(object, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}
