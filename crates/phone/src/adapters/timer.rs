//! Timers that end with their owner.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

/// Browsers keep the delay in 31 bits; a longer one would fire at once.
const DELAY_MS_MAX: i64 = 0x7fff_ffff;

/// One timer. Dropping it, or replacing it, cancels what was asked for before.
#[derive(Default)]
pub(crate) struct Timer {
    pending: RefCell<Option<Pending>>,
}

struct Pending {
    handle: i32,
    _callback: Closure<dyn FnMut()>,
}

impl Drop for Pending {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_timeout_with_handle(self.handle);
        }
    }
}

impl Timer {
    /// Calls back once, after the delay, unless it is replaced before.
    pub(crate) fn replace(&self, delay_ms: i64, callback: impl FnOnce() + 'static) {
        let callback = Closure::once(callback);
        let handle = web_sys::window().and_then(|window| {
            window
                .set_timeout_with_callback_and_timeout_and_arguments_0(
                    callback.as_ref().unchecked_ref(),
                    delay_ms.clamp(0, DELAY_MS_MAX) as i32,
                )
                .ok()
        });
        // Dropped after the borrow has ended: dropping clears the timer that was there before.
        let earlier = self.pending.replace(handle.map(|handle| Pending {
            handle,
            _callback: callback,
        }));
        drop(earlier);
    }
}

/// Lets the browser draw and answer taps before going on.
pub(crate) async fn yield_now() {
    let promise = js_sys::Promise::new(&mut |resolve: js_sys::Function, _reject| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback(&resolve);
        }
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}
