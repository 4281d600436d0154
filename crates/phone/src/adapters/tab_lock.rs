//! Web Locks of the app. They end with the tab or worker that holds them, however it ends.
//!
//! - `drain`: one tab, or the service worker, sends; the others follow. An update of the app holds it as well.
//! - `typing`: shared by the tabs with a half-typed form; an update of the app needs it for itself.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{LockManager, LockMode, LockOptions};

use super::global;

const DRAIN: &str = "drain";
const TYPING: &str = "typing";

/// A lock, held until this is dropped or the page dies.
pub struct HeldLock {
    release: Function,
}

impl Drop for HeldLock {
    fn drop(&mut self) {
        let _ = self.release.call0(&JsValue::NULL);
    }
}

/// Takes the lock of the drain if it is free, without waiting. `None`: somebody else holds it.
pub async fn try_take() -> Option<HeldLock> {
    try_take_as(DRAIN, LockMode::Exclusive).await
}

/// Says to the other tabs that a form is half typed here. `None`: the app is being updated at this moment.
pub async fn say_typing() -> Option<HeldLock> {
    try_take_as(TYPING, LockMode::Shared).await
}

/// Makes sure that no tab has a half-typed form. `None`: one has.
pub async fn forbid_typing() -> Option<HeldLock> {
    try_take_as(TYPING, LockMode::Exclusive).await
}

async fn try_take_as(name: &str, mode: LockMode) -> Option<HeldLock> {
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
        options.set_mode(mode);
        let _ = locks.request_with_options(name, &options, granted.unchecked_ref());
    });
    let is_ours = JsFuture::from(answer).await.ok()?.as_bool()?;
    release.filter(|_| is_ours).map(|release| HeldLock { release })
}

fn manager() -> Option<LockManager> {
    global::of_navigator("locks").map(JsCast::unchecked_into)
}
