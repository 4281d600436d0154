//! Notifications are shown through the service worker's registration, from a page and from the worker itself: Android has
//! no other way.

use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{NotificationOptions, ServiceWorkerRegistration, Url};

const ICON: &str = "/icons/icon-192.png";

/// Shows one; another with the same tag takes its place. `false` when it could not be shown: nobody allowed it.
pub async fn show(
    registration: &ServiceWorkerRegistration,
    tag: &str,
    title: &str,
    body: &str,
    language: &str,
) -> bool {
    let options = NotificationOptions::new();
    options.set_body(body);
    options.set_tag(tag);
    options.set_lang(language);
    options.set_icon(ICON);
    match registration.show_notification_with_options(title, &options) {
        Ok(promise) => JsFuture::from(promise).await.is_ok(),
        Err(_) => false,
    }
}

/// The registration of the service worker that this runs in; `None` in a page.
pub(crate) fn own_registration() -> Option<ServiceWorkerRegistration> {
    let found = Reflect::get(&js_sys::global(), &"registration".into()).ok()?;
    (!found.is_undefined()).then(|| found.unchecked_into())
}

/// Whether a window of the app can be seen; asked in the service worker.
pub(crate) async fn is_looked_at() -> bool {
    windows().await.is_some_and(|windows| {
        windows
            .iter()
            .any(|window| is_visible(&window) && shows_the_app(&window))
    })
}

fn is_visible(window: &JsValue) -> bool {
    Reflect::get(window, &"visibilityState".into()).is_ok_and(|state| state == "visible")
}

/// What the API answers is at home in the same place, and a window with that alone (a photo, a file) tells nobody anything.
fn shows_the_app(window: &JsValue) -> bool {
    let address = Reflect::get(window, &"url".into())
        .ok()
        .and_then(|it| it.as_string());
    let path = address.and_then(|it| Url::new(&it).ok()).map(|it| it.pathname());
    !path.is_some_and(|it| it.starts_with("/api/"))
}

#[wasm_bindgen]
extern "C" {
    type Clients;

    #[wasm_bindgen(method, catch, js_name = matchAll)]
    fn match_all(this: &Clients) -> Result<Promise, JsValue>;
}

async fn windows() -> Option<Array> {
    let clients: Clients = Reflect::get(&js_sys::global(), &"clients".into())
        .ok()
        .filter(|it| !it.is_undefined())?
        .unchecked_into();
    JsFuture::from(clients.match_all().ok()?)
        .await
        .ok()?
        .dyn_into()
        .ok()
}
