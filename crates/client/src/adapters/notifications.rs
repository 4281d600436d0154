//! Whether notifications may be shown, and those that the page shows.

use js_sys::Reflect;
use phone::adapters::notifications::show as show_through;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Notification, NotificationPermission, ServiceWorkerContainer, ServiceWorkerRegistration, VisibilityState,
};

/// Whether this app may show notifications.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Permission {
    /// The browser has none.
    #[default]
    Unsupported,
    /// Nobody was asked yet.
    NotAsked,
    /// It may.
    Granted,
    /// It may not; only the phone's settings can change that.
    Denied,
}

/// What the browser says now.
pub(crate) fn permission() -> Permission {
    let has = |name: &str| Reflect::has(&js_sys::global(), &name.into()).unwrap_or(false);
    if !has("Notification") || container().is_none() {
        return Permission::Unsupported;
    }
    permission_of(Notification::permission())
}

/// Asks the person; call it from a tap.
pub(crate) async fn request() -> Permission {
    if permission() != Permission::NotAsked {
        return permission();
    }
    if let Ok(promise) = Notification::request_permission() {
        // The answer stands in `permission` afterwards, whatever the promise says.
        let _ = JsFuture::from(promise).await;
    }
    permission()
}

/// Nobody looks at the app.
pub(crate) fn is_hidden() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.visibility_state() == VisibilityState::Hidden)
}

/// Shows one; another with the same tag takes its place. `false` when it could not be shown.
pub(crate) async fn show(tag: &str, title: &str, body: &str, language: &str) -> bool {
    if permission() != Permission::Granted {
        return false;
    }
    match registration().await {
        Some(registration) => show_through(&registration, tag, title, body, language).await,
        None => false,
    }
}

async fn registration() -> Option<ServiceWorkerRegistration> {
    let found = JsFuture::from(container()?.get_registration()).await.ok()?;
    found.dyn_into().ok()
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let container = Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    (!container.is_undefined()).then(|| container.unchecked_into())
}

fn permission_of(permission: NotificationPermission) -> Permission {
    match permission {
        NotificationPermission::Granted => Permission::Granted,
        NotificationPermission::Denied => Permission::Denied,
        _ => Permission::NotAsked,
    }
}
