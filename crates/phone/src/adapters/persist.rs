//! Is the app's storage protected from being cleared?

use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

use super::idb::number_of;
use crate::view_state::{Protection, StorageState};

/// What the browser says now.
pub(crate) async fn state() -> StorageState {
    let Some(storage) = manager() else {
        return StorageState::default();
    };
    let protection = protection(storage.persisted()).await;
    with_estimate(&storage, protection).await
}

/// Asks the browser to protect the storage; best from a tap, as some ask the user.
pub(crate) async fn request() -> StorageState {
    let Some(storage) = manager() else {
        return StorageState::default();
    };
    let protection = protection(storage.persist()).await;
    with_estimate(&storage, protection).await
}

async fn protection(answer: Result<Promise, JsValue>) -> Protection {
    let Ok(answer) = answer else {
        return Protection::Unknown;
    };
    match JsFuture::from(answer).await.ok().and_then(|it| it.as_bool()) {
        Some(true) => Protection::Protected,
        Some(false) => Protection::BestEffort,
        None => Protection::Unknown,
    }
}

async fn with_estimate(storage: &StorageManager, protection: Protection) -> StorageState {
    let estimate = match storage.estimate() {
        Ok(promise) => JsFuture::from(promise).await.ok(),
        Err(_) => None,
    };
    StorageState {
        protection,
        used_bytes: estimate.as_ref().map(|it| number_of(it, "usage")),
        quota_bytes: estimate.as_ref().map(|it| number_of(it, "quota")),
    }
}

fn manager() -> Option<StorageManager> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let storage = Reflect::get(&navigator, &"storage".into()).ok()?;
    // Older engines have the object without `persist`.
    let has_persist = Reflect::has(&storage, &"persist".into()).unwrap_or(false);
    has_persist.then(|| storage.unchecked_into())
}
