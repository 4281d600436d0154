//! The service worker's own program. `sw.js` loads it in a `sync` event, and in no other.

use phone::background::{End, drain, stop};
use wasm_bindgen::prelude::wasm_bindgen;

fn main() {}

/// Drains the outbox. `true`: something waits that a later attempt may deliver.
#[wasm_bindgen]
pub async fn drain_outbox(limit_ms: f64) -> bool {
    drain(limit_ms as i64).await == End::TryAgain
}

/// Ends a drain that is under way; what was sent is settled before.
#[wasm_bindgen]
pub fn stop_drain() {
    stop();
}
