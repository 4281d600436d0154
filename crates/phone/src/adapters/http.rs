//! One request and its answer, whatever it is. Judging the answer is the business of `shared`.

use std::cell::Cell;
use std::rc::Rc;

use gloo_net::http::{Method, Request, RequestBuilder, Response};
use js_sys::{Array, Uint8Array};
use shared::sync::answer::HttpAnswer;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, RequestCache, RequestCredentials, RequestRedirect,
    ResponseType,
};

use super::entropy::monotonic_ms;
use super::gzip::{self, Packed};
use super::idb::value_of;
use super::timer::Timer;

/// What is sent.
pub struct Outgoing<'a> {
    /// `GET`, `POST`, ...
    pub method: Method,
    /// Path and query.
    pub url: &'a str,
    /// What goes with it.
    pub body: Body,
    /// No bytes for this long: give up.
    pub stall_timeout_ms: u64,
}

/// What goes with a request.
#[derive(Default)]
pub enum Body {
    /// Nothing.
    #[default]
    Empty,
    /// JSON.
    Json(String),
    /// JSON that was packed before.
    Packed(Packed),
    /// Bytes of a photo.
    Part {
        /// `Content-Range`.
        range: String,
        /// The bytes; absent: only asks.
        bytes: Option<Uint8Array>,
    },
}

impl<'a> Outgoing<'a> {
    /// A request without a body.
    pub fn new(method: Method, url: &'a str) -> Self {
        Self {
            method,
            url,
            body: Body::Empty,
            stall_timeout_ms: 15_000,
        }
    }

    /// With this JSON text as body.
    pub fn with_json(mut self, text: &str) -> Self {
        self.body = Body::Json(text.to_owned());
        self
    }
}

/// What came.
#[derive(Debug, Default)]
pub struct Answer {
    /// 0 for a redirect, which is never followed: our server sends none, sign-in pages of networks do.
    pub status: u16,
    /// `Content-Type`; empty when there is none.
    pub content_type: String,
    /// `Retry-After`.
    pub retry_after: Option<String>,
    /// A redirect was followed all the same.
    pub redirected: bool,
    /// The body.
    pub body: Vec<u8>,
    /// From sending to the last byte.
    pub elapsed_ms: u64,
    /// Size of the request's body as sent.
    pub bytes_sent: u64,
}

impl Answer {
    /// For `shared`, which judges it.
    pub fn as_http(&self) -> HttpAnswer<'_> {
        HttpAnswer {
            status: self.status,
            content_type: &self.content_type,
            retry_after: self.retry_after.as_deref(),
            redirected: self.redirected,
            body: &self.body,
        }
    }
}

/// Why nothing came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkError {
    /// No connection, or it broke.
    Failed,
    /// No bytes for too long.
    Stalled,
}

/// A request that ended without an answer.
#[derive(Debug, Clone, Copy)]
pub struct Unanswered {
    /// Why.
    pub error: NetworkError,
    /// From sending to giving up.
    pub elapsed_ms: u64,
    /// Size of the request's body.
    pub bytes_sent: u64,
}

/// Sends and reads to the last byte.
pub async fn send(outgoing: Outgoing<'_>) -> Result<Answer, Unanswered> {
    let watch = Watch::start(outgoing.stall_timeout_ms);
    let started_ms = monotonic_ms();
    let mut bytes_sent = 0;
    let outcome = exchange(&outgoing, &watch, &mut bytes_sent).await;
    let elapsed_ms = (monotonic_ms() - started_ms).max(0.0) as u64;
    match outcome {
        Some(answer) => Ok(Answer {
            elapsed_ms,
            bytes_sent,
            ..answer
        }),
        None => {
            let error = if watch.fired.get() {
                NetworkError::Stalled
            } else {
                NetworkError::Failed
            };
            Err(Unanswered {
                error,
                elapsed_ms,
                bytes_sent,
            })
        }
    }
}

async fn exchange(outgoing: &Outgoing<'_>, watch: &Watch, bytes_sent: &mut u64) -> Option<Answer> {
    let builder = RequestBuilder::new(outgoing.url)
        .method(outgoing.method.clone())
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::SameOrigin)
        .redirect(RequestRedirect::Manual)
        .header("Accept", "*/*")
        .abort_signal(watch.controller.as_ref().map(AbortController::signal).as_ref());
    let request = match &outgoing.body {
        Body::Empty => builder.build(),
        Body::Json(text) => {
            let packed = gzip::pack(&Array::of1(&JsValue::from_str(text))).await.ok()?;
            *bytes_sent = packed.bytes;
            with_json(builder, &packed)
        }
        Body::Packed(packed) => {
            *bytes_sent = packed.bytes;
            with_json(builder, packed)
        }
        Body::Part { range, bytes } => {
            *bytes_sent = bytes.as_ref().map_or(0, |bytes| u64::from(bytes.length()));
            with_part(builder, range, bytes.as_ref())
        }
    };
    let request = request.ok()?;
    watch.restart();
    let response = request.send().await.ok()?;
    watch.restart();
    if response.type_() == ResponseType::Opaqueredirect {
        return Some(Answer::default());
    }
    let body = read_body(&response, watch).await?;
    Some(Answer {
        status: response.status(),
        content_type: response.headers().get("content-type").unwrap_or_default(),
        retry_after: response.headers().get("retry-after"),
        redirected: response.redirected(),
        body,
        ..Answer::default()
    })
}

fn with_json(builder: RequestBuilder, packed: &Packed) -> Result<Request, gloo_net::Error> {
    let builder = builder.header("Content-Type", "application/json");
    let builder = match packed.gzipped {
        true => builder.header("Content-Encoding", "gzip"),
        false => builder,
    };
    builder.body(packed.body.clone())
}

fn with_part(
    builder: RequestBuilder,
    range: &str,
    bytes: Option<&Uint8Array>,
) -> Result<Request, gloo_net::Error> {
    let builder = builder
        .header("Content-Type", "application/octet-stream")
        .header("Content-Range", range);
    match bytes {
        Some(bytes) => builder.body(bytes.clone()),
        None => builder.build(),
    }
}

async fn read_body(response: &Response, watch: &Watch) -> Option<Vec<u8>> {
    let Some(stream) = response.body() else {
        return Some(Vec::new());
    };
    let reader = ReadableStreamDefaultReader::new(&stream).ok()?;
    let mut bytes = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read()).await.ok()?;
        watch.restart();
        if value_of(&chunk, "done").is_truthy() {
            return Some(bytes);
        }
        let part: Uint8Array = value_of(&chunk, "value").dyn_into().ok()?;
        let start = bytes.len();
        bytes.resize(start + part.length() as usize, 0);
        part.copy_to(bytes.get_mut(start..)?);
    }
}

/// Aborts the request when no bytes have come for too long.
struct Watch {
    controller: Option<AbortController>,
    timer: Timer,
    timeout_ms: i64,
    fired: Rc<Cell<bool>>,
}

impl Watch {
    fn start(timeout_ms: u64) -> Self {
        let watch = Self {
            controller: AbortController::new().ok(),
            timer: Timer::default(),
            timeout_ms: i64::try_from(timeout_ms).unwrap_or(i64::MAX),
            fired: Rc::default(),
        };
        watch.restart();
        watch
    }

    fn restart(&self) {
        let (controller, fired) = (self.controller.clone(), Rc::clone(&self.fired));
        self.timer.replace(self.timeout_ms, move || {
            fired.set(true);
            if let Some(controller) = controller {
                controller.abort();
            }
        });
    }
}
