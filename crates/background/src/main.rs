//! The service worker's own program. `sw.js` loads it in the events by which a browser wakes it with no page open, and in no other.

use phone::background::{End, drain, refresh, stop};
use wasm_bindgen::prelude::wasm_bindgen;

fn main() {}

/// Drains the outbox. `true`: something waits that a later attempt may deliver.
#[wasm_bindgen]
pub async fn drain_outbox(limit_ms: f64) -> bool {
    drain(limit_ms as i64).await == End::TryAgain
}

/// Fetches a fresh list.
#[wasm_bindgen]
pub async fn refresh_list(limit_ms: f64) {
    refresh(limit_ms as i64).await;
}

/// Ends a drain that is under way; what was sent is settled before.
#[wasm_bindgen]
pub fn stop_drain() {
    stop();
}
