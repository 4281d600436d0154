//! The Web Lock `drain`: one tab, or the service worker, sends; the others follow.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{LockManager, LockOptions};

use super::global;

const NAME: &str = "drain";

/// The lock, held until this is dropped or the page dies.
pub struct HeldLock {
    release: Function,
}

impl Drop for HeldLock {
    fn drop(&mut self) {
        let _ = self.release.call0(&JsValue::NULL);
    }
}

/// Takes the lock if it is free, without waiting. `None`: somebody else holds it.
pub async fn try_take() -> Option<HeldLock> {
    let Some(locks) = manager() else {
        // Without Web Locks (only pages that are not in a secure context) there is nobody to ask.
        return Some(HeldLock {
            release: Function::new_no_args(""),
        });
    };
    let mut release = None;
    let holding = Promise::new(&mut |resolve: Function, _reject| release = Some(resolve));
    let answer = Promise::new(&mut |resolve: Function, _reject| {
        let holding = holding.clone();
        let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            let is_ours = !lock.is_null();
            let _ = resolve.call1(&JsValue::NULL, &JsValue::from_bool(is_ours));
            if is_ours {
                holding.into()
            } else {
                JsValue::UNDEFINED
            }
        });
        let options = LockOptions::new();
        options.set_if_available(true);
        let _ = locks.request_with_options(NAME, &options, granted.unchecked_ref());
    });
    let is_ours = JsFuture::from(answer).await.ok()?.as_bool()?;
    release.filter(|_| is_ours).map(|release| HeldLock { release })
}

fn manager() -> Option<LockManager> {
    global::of_navigator("locks").map(JsCast::unchecked_into)
}
