//! Background Sync: asks the browser to wake the service worker when there is network, with or without a page.

use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ServiceWorkerContainer, ServiceWorkerRegistration};

/// `sw.js` knows the word.
const TAG: &str = "drain";

#[wasm_bindgen]
extern "C" {
    type SyncManager;

    #[wasm_bindgen(method, catch)]
    fn register(this: &SyncManager, tag: &str) -> Result<Promise, JsValue>;
}

/// Asks for one `sync` event; asking again before it came changes nothing. Where the browser has none, or the person has
/// forbidden it, the pages do the work.
pub(crate) fn ask(container: &ServiceWorkerContainer) {
    let Ok(ready) = container.ready() else { return };
    spawn_local(async move {
        let Ok(registration) = JsFuture::from(ready).await else {
            return;
        };
        if let Some(asked) = manager(&registration.unchecked_into()).and_then(|it| it.register(TAG).ok()) {
            let _ = JsFuture::from(asked).await;
        }
    });
}

/// Whether this browser wakes the app in the background.
pub(crate) fn is_known() -> bool {
    Reflect::has(&js_sys::global(), &"SyncManager".into()).unwrap_or(false)
}

fn manager(registration: &ServiceWorkerRegistration) -> Option<SyncManager> {
    let manager = Reflect::get(registration, &"sync".into()).ok()?;
    (!manager.is_undefined()).then(|| manager.unchecked_into())
}
