//! Timers that end with their owner.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::global;

/// Browsers keep the delay in 31 bits; a longer one would fire at once.
const DELAY_MS_MAX: i64 = 0x7fff_ffff;

/// One timer. Dropping it, or replacing it, cancels what was asked for before.
#[derive(Default)]
pub struct Timer {
    pending: RefCell<Option<Pending>>,
}

struct Pending {
    handle: i32,
    _callback: Closure<dyn FnMut()>,
}

impl Drop for Pending {
    fn drop(&mut self) {
        global::clear_timeout(self.handle);
    }
}

impl Timer {
    /// Calls back once, after the delay, unless it is replaced before.
    pub fn replace(&self, delay_ms: i64, callback: impl FnOnce() + 'static) {
        let callback = Closure::once(callback);
        let delay_ms = delay_ms.clamp(0, DELAY_MS_MAX) as i32;
        let handle = global::set_timeout(callback.as_ref().unchecked_ref(), delay_ms);
        // Dropped after the borrow has ended: dropping clears the timer that was there before.
        let earlier = self.pending.replace(Some(Pending {
            handle,
            _callback: callback,
        }));
        drop(earlier);
    }
}

/// Lets the browser draw and answer taps before going on.
pub async fn yield_now() {
    pause(0).await;
}

/// Lets what was started together with this begin first. Unlike a timer it is not held back while nobody looks at the page.
pub async fn others_first() {
    let promise = js_sys::Promise::resolve(&JsValue::UNDEFINED);
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// Goes on after this long.
pub async fn pause(delay_ms: i32) {
    let promise = js_sys::Promise::new(&mut |resolve: js_sys::Function, _reject| {
        global::set_timeout(&resolve, delay_ms);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}
