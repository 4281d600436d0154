//! The number on the app's icon, where the browser can show one.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Shows the number; none for 0. Does nothing where there are no badges.
pub(crate) fn show(number: usize) {
    let asked = match number {
        0 => call("clearAppBadge", None),
        number => call("setAppBadge", Some(number)),
    };
    if let Some(promise) = asked {
        spawn_local(async move {
            // A badge that cannot be shown is missed by nobody: the app says the same.
            let _ = JsFuture::from(promise).await;
        });
    }
}

fn call(name: &str, number: Option<usize>) -> Option<Promise> {
    let navigator: JsValue = web_sys::window()?.navigator().into();
    let function: Function = Reflect::get(&navigator, &name.into()).ok()?.dyn_into().ok()?;
    let answer = match number {
        Some(number) => function.call1(&navigator, &JsValue::from_f64(number as f64)),
        None => function.call0(&navigator),
    };
    answer.ok()?.dyn_into().ok()
}
