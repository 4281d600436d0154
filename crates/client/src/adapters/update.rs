//! Registration of the service worker and the hand-over to a new version.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    RegistrationOptions, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
    ServiceWorkerUpdateViaCache,
};

use super::connectivity::listen_to;

/// What a waiting worker is told; `sw.js` knows the word.
const SKIP_WAITING: &str = "skip-waiting";

/// The registration of the app's service worker.
#[derive(Clone)]
pub(crate) struct Worker {
    container: ServiceWorkerContainer,
    registration: ServiceWorkerRegistration,
}

impl Worker {
    /// Registers `sw.js` and calls back when a new version waits. `None` where the browser has no service workers.
    pub(crate) async fn register(on_waiting: impl Fn() + Clone + 'static) -> Option<Self> {
        let container = container()?;
        let options = RegistrationOptions::new();
        options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
        let promise = container.register_with_options("/sw.js", &options);
        let registration: ServiceWorkerRegistration = JsFuture::from(promise).await.ok()?.unchecked_into();
        let worker = Self {
            container,
            registration,
        };
        worker.watch(on_waiting);
        Some(worker)
    }

    /// Asks the server for a new version; installed apps are rarely closed, so the browser alone asks too seldom.
    pub(crate) fn check(&self) {
        // Without network it fails, and the next time the page is shown it is asked again.
        if let Ok(promise) = self.registration.update() {
            wasm_bindgen_futures::spawn_local(async move {
                let _ = JsFuture::from(promise).await;
            });
        }
    }

    /// Starts the waiting version and reloads once it is in charge; `false` when none waits.
    pub(crate) fn apply(&self) -> bool {
        let Some(waiting) = self.registration.waiting() else {
            return false;
        };
        listen_to(&self.container, "controllerchange", || {
            if let Some(window) = web_sys::window() {
                let _ = window.location().reload();
            }
        });
        waiting.post_message(&JsValue::from_str(SKIP_WAITING)).is_ok()
    }

    fn watch(&self, on_waiting: impl Fn() + Clone + 'static) {
        if self.registration.waiting().is_some() && self.container.controller().is_some() {
            on_waiting();
        }
        let (container, registration) = (self.container.clone(), self.registration.clone());
        listen_to(&self.registration, "updatefound", move || {
            let Some(installing) = registration.installing() else {
                return;
            };
            let (container, state) = (container.clone(), installing.clone());
            let on_waiting = on_waiting.clone();
            listen_to(&installing, "statechange", move || {
                // The first installation has no controller: it replaces nothing.
                if state.state() == ServiceWorkerState::Installed && container.controller().is_some() {
                    on_waiting();
                }
            });
        });
    }
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let container = Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    (!container.is_undefined()).then(|| container.unchecked_into())
}
