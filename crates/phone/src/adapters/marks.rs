//! User Timing: how long the few things took that promises are made about. `cargo xtask bench` reads them in the page,
//! and so does anybody who records a profile.

use super::entropy::monotonic_ms;
use super::global;

/// A reading, from the tap on **Save** until the store has it and screen and engine know.
pub const SAVE: &str = "save";
/// The strict transaction of a save.
pub const SAVE_STORE: &str = "save-store";
/// The list is refreshed: begins when the stability check has ended.
pub const REFRESH: &str = "refresh";
/// A batch, from reading its items to the last byte of its answer.
pub const POST: &str = "post";
/// The strict transaction that stores the receipts of a batch.
pub const SETTLE: &str = "settle";
/// The round is drawn from list and queue.
pub const ROUND: &str = "round";

/// Measures from its making until it is dropped, whatever the outcome.
pub struct Measure {
    name: &'static str,
    start_ms: f64,
}

impl Measure {
    /// Begins now.
    pub fn start(name: &'static str) -> Self {
        Self {
            name,
            start_ms: monotonic_ms(),
        }
    }
}

impl Drop for Measure {
    fn drop(&mut self) {
        let Some(performance) = global::performance() else {
            return;
        };
        // `web-sys` knows a mark's name as start, and no moment.
        let span = web_sys::PerformanceMeasureOptions::new();
        let start = js_sys::Reflect::set(&span, &"start".into(), &self.start_ms.into());
        // A browser that cannot measure still saves and sends.
        if start.is_ok() {
            let _ = performance.measure_with_performance_measure_options(self.name, &span);
        }
    }
}
