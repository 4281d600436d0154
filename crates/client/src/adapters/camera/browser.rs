//! Members of JavaScript objects that one browser has and another has not, and waiting for events.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The member of an object; undefined if there is none.
#[must_use]
pub(crate) fn member(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// The member of the window; undefined if there is none.
#[must_use]
pub(crate) fn window_member(name: &str) -> JsValue {
    member(&js_sys::global(), name)
}

/// Calls a method that may be missing; `None` if it is, or if it throws.
pub(crate) fn call(of: &JsValue, method: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let function: Function = member(of, method).dyn_into().ok()?;
    function.apply(of, &arguments.iter().collect::<Array>()).ok()
}

/// An object with these members.
#[must_use]
pub(crate) fn object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        // Setting a member of a fresh object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

/// Waits for whichever callback is called first by what `start` begins.
pub(crate) async fn event(mut start: impl FnMut(Function)) -> JsValue {
    let promise = Promise::new(&mut |resolve, _| start(resolve));
    JsFuture::from(promise).await.unwrap_or(JsValue::UNDEFINED)
}

/// Waits.
pub(crate) async fn sleep(milliseconds: i32) {
    event(|resolve| after(milliseconds, &resolve)).await;
}

/// Calls back after some time.
pub(crate) fn after(milliseconds: i32, callback: &Function) {
    if let Some(window) = web_sys::window() {
        // Only a callback that is no function makes this fail.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(callback, milliseconds);
    }
}
