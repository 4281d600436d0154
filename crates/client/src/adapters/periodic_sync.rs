//! Periodic Background Sync: asks the browser to fetch a fresh list once in a while. Few grant it, and only to installed
//! apps; nothing depends on it.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::ServiceWorkerRegistration;

/// `sw.js` knows the word.
const TAG: &str = "refresh";
/// The browser's permission of this name.
const PERMISSION: &str = "periodic-background-sync";
/// Twice in a day's work is enough; browsers stretch it anyway.
const INTERVAL_MIN_MS: f64 = 12.0 * 3_600_000.0;

/// Asks once more; asking again changes nothing.
pub(crate) fn ask(registration: &ServiceWorkerRegistration) {
    let Some(manager) = member(registration, "periodicSync") else {
        return;
    };
    spawn_local(async move {
        if !is_granted().await.unwrap_or(false) {
            return;
        }
        let options = Object::new();
        let _ = Reflect::set(&options, &"minInterval".into(), &INTERVAL_MIN_MS.into());
        if let Some(asked) = call(&manager, "register", &Array::of2(&TAG.into(), &options)) {
            // Refused: the list is fetched when the app is opened, as everywhere else.
            let _ = JsFuture::from(asked).await;
        }
    });
}

async fn is_granted() -> Option<bool> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let permissions = member(&navigator, "permissions")?;
    let wanted = Object::new();
    Reflect::set(&wanted, &"name".into(), &PERMISSION.into()).ok()?;
    // Rejected where the name is unknown.
    let status = JsFuture::from(call(&permissions, "query", &Array::of1(&wanted))?)
        .await
        .ok()?;
    Some(Reflect::get(&status, &"state".into()).ok()? == "granted")
}

fn member(of: &JsValue, name: &str) -> Option<JsValue> {
    let found = Reflect::get(of, &name.into()).ok()?;
    (!found.is_undefined()).then_some(found)
}

fn call(of: &JsValue, name: &str, arguments: &Array) -> Option<Promise> {
    let function: Function = member(of, name)?.dyn_into().ok()?;
    Reflect::apply(&function, of, arguments).ok()?.dyn_into().ok()
}
