//! Is the app's storage protected from being cleared?

use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

use super::global;
use super::idb::number_of;

/// What the browser says of this app's storage.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct StorageState {
    /// May the browser clear it when space runs out?
    pub protection: Protection,
    /// Estimate of the bytes in use.
    pub used_bytes: Option<f64>,
    /// Estimate of the bytes that may be used.
    pub quota_bytes: Option<f64>,
}

/// May the browser clear the storage when space runs out?
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Protection {
    /// The browser does not say.
    #[default]
    Unknown,
    /// It may not.
    Protected,
    /// It may.
    BestEffort,
}

impl Protection {
    /// The name that travels with the end check.
    pub fn wire_name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Protected => "protected",
            Self::BestEffort => "best_effort",
        }
    }
}

/// May the browser clear it?
pub async fn protection() -> Protection {
    match manager() {
        Some(storage) => read(storage.persisted()).await,
        None => Protection::Unknown,
    }
}

/// What the browser says now.
pub async fn state() -> StorageState {
    let Some(storage) = manager() else {
        return StorageState::default();
    };
    let protection = read(storage.persisted()).await;
    with_estimate(&storage, protection).await
}

/// Asks the browser to protect the storage; best from a tap, as some ask the user.
pub async fn request() -> StorageState {
    let Some(storage) = manager() else {
        return StorageState::default();
    };
    let protection = read(storage.persist()).await;
    with_estimate(&storage, protection).await
}

async fn read(answer: Result<Promise, JsValue>) -> Protection {
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
    let storage = global::of_navigator("storage")?;
    // Older engines have the object without it.
    let says = Reflect::has(&storage, &"persisted".into()).unwrap_or(false);
    says.then(|| storage.unchecked_into())
}
