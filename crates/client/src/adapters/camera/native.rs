//! The browser's own detector, asked beside our worker where there is one. Nothing waits for it, and nothing is left to it:
//! phones have some that are there and read nothing, and some that throw.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::browser::{call, member, object, window_member};

const FORMAT: &str = "qr_code";

enum Detector {
    /// Nobody has asked for it yet.
    Untried,
    /// An answer is out.
    Busy,
    Ready(JsValue),
    /// There is none, or it failed: it is not asked again while the app is open.
    Gone,
}

thread_local! {
    static DETECTOR: RefCell<Detector> = const { RefCell::new(Detector::Untried) };
}

/// What it has read for one watch.
#[derive(Default)]
pub(crate) struct NativeSight(Rc<RefCell<Option<String>>>);

impl NativeSight {
    /// Shows it a picture, unless it is still busy with another.
    pub(crate) fn look(&self, picture: &JsValue) {
        match DETECTOR.replace(Detector::Busy) {
            Detector::Untried => spawn_local(async {
                DETECTOR.set(find().await.map_or(Detector::Gone, Detector::Ready));
            }),
            Detector::Ready(detector) => {
                let seen = Rc::clone(&self.0);
                // The picture is taken now: the next frame is drawn over it.
                let asked = call(&detector, "detect", std::slice::from_ref(picture));
                spawn_local(async move {
                    match answer(asked).await {
                        Some(codes) => {
                            seen.replace(text_in(&codes));
                            DETECTOR.set(Detector::Ready(detector));
                        }
                        None => DETECTOR.set(Detector::Gone),
                    }
                });
            }
            before @ (Detector::Busy | Detector::Gone) => DETECTOR.set(before),
        }
    }

    /// The text that it has read since it was asked last.
    pub(crate) fn take(&self) -> Option<String> {
        self.0.take()
    }
}

/// One that says it can read our labels.
async fn find() -> Option<JsValue> {
    let class: Function = window_member("BarcodeDetector").dyn_into().ok()?;
    let formats = answer(call(&class, "getSupportedFormats", &[])).await?;
    let formats: Array = formats.dyn_into().ok()?;
    if !formats.includes(&FORMAT.into(), 0) {
        return None;
    }
    let wanted = object(&[("formats", Array::of1(&FORMAT.into()).into())]);
    Reflect::construct(&class, &Array::of1(&wanted)).ok()
}

async fn answer(promise: Option<JsValue>) -> Option<JsValue> {
    let promise: Promise = promise?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

fn text_in(codes: &JsValue) -> Option<String> {
    let first = codes.dyn_ref::<Array>()?.get(0);
    let text = member(&first, "rawValue").as_string()?;
    (!text.is_empty()).then_some(text)
}
