//! Registration of the service worker and the hand-over to a new version.

use std::cell::Cell;

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    RegistrationOptions, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
    ServiceWorkerUpdateViaCache,
};

use super::connectivity::listen_to;
use super::{background_sync, periodic_sync};

/// What workers are told, the waiting one and the one in charge; `sw.js` knows the words.
const SKIP_WAITING: &str = "skip-waiting";
const STOP_DRAIN: &str = "stop-drain";

/// The registration of the app's service worker.
#[derive(Clone)]
pub(crate) struct Worker {
    container: ServiceWorkerContainer,
    registration: ServiceWorkerRegistration,
}

/// What the page is told of versions.
pub(crate) trait Versions: Clone + 'static {
    /// A new version waits.
    fn waits(&self);
    /// A new version is in charge of all tabs: this page is of an old one.
    fn took_over(&self);
}

impl Worker {
    /// Registers `sw.js`. `None` where the browser has no service workers.
    pub(crate) async fn register(versions: impl Versions) -> Option<Self> {
        let container = container()?;
        watch_control(&container, versions.clone());
        let options = RegistrationOptions::new();
        options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
        let promise = container.register_with_options("/sw.js", &options);
        let registration: ServiceWorkerRegistration = JsFuture::from(promise).await.ok()?.unchecked_into();
        let worker = Self {
            container,
            registration,
        };
        worker.watch(versions);
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

    /// Whether a new version waits.
    pub(crate) fn has_waiting(&self) -> bool {
        self.registration.waiting().is_some()
    }

    /// Starts the waiting version; `false` when none waits. All tabs hear when it has taken over.
    pub(crate) fn apply(&self) -> bool {
        let Some(waiting) = self.registration.waiting() else {
            return false;
        };
        if let Some(active) = self.registration.active() {
            // One that hears nothing ends its drain by itself, some minutes later.
            let _ = active.post_message(&JsValue::from_str(STOP_DRAIN));
        }
        waiting.post_message(&JsValue::from_str(SKIP_WAITING)).is_ok()
    }

    /// Asks the browser to run the service worker when there is network, page or not.
    pub(crate) fn ask_for_background(&self) {
        background_sync::ask(&self.container);
    }

    /// Asks the browser to fetch a fresh list once in a while, page or not.
    pub(crate) fn ask_for_refresh(&self) {
        periodic_sync::ask(&self.registration);
    }

    fn watch(&self, versions: impl Versions) {
        if self.registration.waiting().is_some() && self.container.controller().is_some() {
            versions.waits();
        }
        let (container, registration) = (self.container.clone(), self.registration.clone());
        listen_to(&self.registration, "updatefound", move || {
            let Some(installing) = registration.installing() else {
                return;
            };
            let (container, state) = (container.clone(), installing.clone());
            let versions = versions.clone();
            listen_to(&installing, "statechange", move || {
                // The first installation has no controller: it replaces nothing.
                if state.state() == ServiceWorkerState::Installed && container.controller().is_some() {
                    versions.waits();
                }
            });
        });
    }
}

/// The first version takes charge of a page that had none: that replaces nothing.
fn watch_control(container: &ServiceWorkerContainer, versions: impl Versions) {
    let is_controlled = Cell::new(container.controller().is_some());
    listen_to(container, "controllerchange", move || {
        if is_controlled.replace(true) {
            versions.took_over();
        }
    });
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let container = Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    (!container.is_undefined()).then(|| container.unchecked_into())
}
