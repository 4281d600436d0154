//! The worker that reads labels. It is started, and its wasm loaded, when the first picture comes.

use std::cell::RefCell;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ImageData, MessageEvent, Worker};

use super::browser::{member, object};

thread_local! {
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
    /// Called when the worker ends before its answer, so that nobody waits for ever.
    static GIVE_UP: RefCell<Option<Function>> = const { RefCell::new(None) };
    /// The answer that is awaited: answers name no picture, so pictures go one after the other.
    static AWAITED: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// A picture for the worker.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Picture {
    /// A frame of a video with its number: looked at in one way, the next frame in another.
    Frame(u32),
    /// A still picture: looked at in all ways.
    Photo,
}

/// What the worker saw.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Seen {
    /// The text of the label, if one was read.
    pub(crate) text: Option<String>,
    /// So dark that a light would help.
    pub(crate) dark: bool,
}

/// The worker could not be started, or died of this picture. The next picture gets a new one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct WorkerFailed;

/// What there is in a picture. A picture waits for the one before it.
pub(crate) async fn decode(image: &ImageData, picture: Picture) -> Result<Seen, WorkerFailed> {
    while let Some(earlier) = AWAITED.with_borrow(Clone::clone) {
        // Its own caller looks at what came of it.
        let _ = JsFuture::from(earlier).await;
    }
    let worker = worker()?;
    let promise = Promise::new(&mut |resolve, reject| {
        worker.set_onmessage(Some(&resolve));
        worker.set_onerror(Some(&reject));
        GIVE_UP.set(Some(reject));
    });
    AWAITED.set(Some(promise.clone()));
    let sent = post(&worker, image, picture);
    let answer = match sent {
        Ok(()) => JsFuture::from(promise).await,
        Err(error) => Err(error),
    };
    AWAITED.set(None);
    let Some(event) = answer
        .ok()
        .and_then(|event| event.dyn_into::<MessageEvent>().ok())
    else {
        close();
        return Err(WorkerFailed);
    };
    Ok(Seen {
        text: member(&event.data(), "text").as_string(),
        dark: member(&event.data(), "dark").is_truthy(),
    })
}

/// Ends the worker and frees its memory.
pub(crate) fn close() {
    if let Some(worker) = WORKER.take() {
        worker.terminate();
    }
    if let Some(give_up) = GIVE_UP.take() {
        // A promise that was answered ignores this.
        let _ = give_up.call0(&JsValue::UNDEFINED);
    }
}

fn worker() -> Result<Worker, WorkerFailed> {
    if let Some(worker) = WORKER.with_borrow(Clone::clone) {
        return Ok(worker);
    }
    let worker = address()
        .and_then(|address| Worker::new(&address).ok())
        .ok_or(WorkerFailed)?;
    WORKER.set(Some(worker.clone()));
    Ok(worker)
}

/// The build gives the worker's file a hashed name and writes it into `index.html`.
fn address() -> Option<String> {
    let document = web_sys::window()?.document()?;
    let meta = document.query_selector("meta[name='scanner-worker']").ok()??;
    meta.get_attribute("content")
        .filter(|address| !address.is_empty())
}

/// The pixels are handed over, not copied.
fn post(worker: &Worker, image: &ImageData, picture: Picture) -> Result<(), JsValue> {
    let pixels = Reflect::get(&Reflect::get(image, &"data".into())?, &"buffer".into())?;
    let frame = match picture {
        Picture::Frame(number) => JsValue::from(number),
        Picture::Photo => JsValue::NULL,
    };
    let message = object(&[
        ("pixels", pixels.clone()),
        ("width", image.width().into()),
        ("height", image.height().into()),
        ("frame", frame),
    ]);
    worker.post_message_with_transfer(&message, &js_sys::Array::of1(&pixels))
}
