//! A proxy that stands between a browser and the server and does what networks do: it goes away, holds answers back,
//! loses them after the server has committed, puts a page of its own in the way. Or it gives out another version of a file
//! than the server has.

mod fault;

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Context, Result};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

use crate::gate::Gate;
use fault::{Body, sign_in_page, whole};

pub use fault::Fault;

/// What became of one request, in the order in which requests arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// `GET`, `POST`, ...
    pub method: String,
    /// Path without the query.
    pub path: String,
    /// The body as the browser sent it.
    pub body: Bytes,
    /// `Content-Encoding` of the body.
    pub encoding: String,
    /// Status of the answer; `None` while it is under way, or when it was lost.
    pub status: Option<u16>,
    /// The answer's body, kept for calls of the API only.
    pub answer: Bytes,
    /// Arrival of the request and end of the answer in one common count, so that overlaps can be seen.
    pub span: (u64, Option<u64>),
    /// When the request arrived.
    pub arrived_at: Instant,
}

/// What stands in the answers of a path, and what the browser reads in its place.
#[derive(Clone)]
struct Change {
    path: String,
    from: String,
    to: String,
}

struct Shared {
    upstream: SocketAddr,
    cut: AtomicBool,
    portal: AtomicBool,
    plan: Mutex<VecDeque<Fault>>,
    photo_plan: Mutex<VecDeque<Fault>>,
    requests: Gate,
    answers: Gate,
    exchanges: Mutex<Vec<Exchange>>,
    count: Mutex<u64>,
    changes: Mutex<Vec<Change>>,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn tick(&self) -> u64 {
        let mut count = lock(&self.count);
        *count += 1;
        *count
    }
}

/// A running proxy; ends with the value.
pub struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Proxy {
    /// Listens on a free port and forwards to `upstream`.
    pub async fn start(upstream: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            upstream,
            cut: AtomicBool::new(false),
            portal: AtomicBool::new(false),
            plan: Mutex::default(),
            photo_plan: Mutex::default(),
            requests: Gate::default(),
            answers: Gate::default(),
            exchanges: Mutex::new(Vec::new()),
            count: Mutex::new(0),
            changes: Mutex::new(Vec::new()),
        });
        let task = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self {
            address,
            shared,
            task,
        })
    }

    /// The address that the browser uses.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// No network: connections break, nothing is forwarded.
    pub fn cut(&self, cut: bool) {
        self.shared.cut.store(cut, Ordering::SeqCst);
    }

    /// A sign-in page of the network's own answers everything, with 200.
    pub fn portal(&self, portal: bool) {
        self.shared.portal.store(portal, Ordering::SeqCst);
    }

    /// The next batches meet these faults, one each, in this order.
    pub fn plan(&self, faults: &[Fault]) {
        lock(&self.shared.plan).extend(faults);
    }

    /// The next parts of photos meet these faults, one each, in this order.
    pub fn plan_photos(&self, faults: &[Fault]) {
        lock(&self.shared.photo_plan).extend(faults);
    }

    /// How many of them no part has met yet.
    pub fn photo_faults_left(&self) -> usize {
        lock(&self.shared.photo_plan).len()
    }

    /// How many of them no batch has met yet.
    pub fn faults_left(&self) -> usize {
        lock(&self.shared.plan).len()
    }

    /// Batches on their way to the server.
    pub fn requests(&self) -> &Gate {
        &self.shared.requests
    }

    /// Answers to batches on their way back: the server has committed when one comes to this gate.
    pub fn answers(&self) -> &Gate {
        &self.shared.answers
    }

    /// From now on the answers of this path say `to` wherever the server says `from`.
    pub fn change(&self, path: &str, from: &str, to: &str) {
        lock(&self.shared.changes).push(Change {
            path: path.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
        });
    }

    /// All exchanges so far.
    pub fn exchanges(&self) -> Vec<Exchange> {
        lock(&self.shared.exchanges).clone()
    }

    /// Method and path of the API calls since the `from`-th exchange.
    pub fn api_calls(&self, from: usize) -> Vec<String> {
        let all = lock(&self.shared.exchanges);
        let calls = all.iter().skip(from).filter(|it| it.path.starts_with("/api/"));
        calls.map(|it| format!("{} {}", it.method, it.path)).collect()
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let service = service_fn(move |request| forward(request, Arc::clone(&shared)));
            let connection = hyper::server::conn::http1::Builder::new();
            // A service error closes the connection without an answer: that is the fault we want to make.
            let _ = connection.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn forward(request: Request<Incoming>, shared: Arc<Shared>) -> Result<Response<Body>> {
    anyhow::ensure!(!shared.cut.load(Ordering::SeqCst), "the network is away");
    let (mut parts, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let path = parts.uri.path().to_owned();
    let batch = parts.method == hyper::Method::POST && path == "/api/readings";
    let change = lock(&shared.changes).iter().rfind(|it| it.path == path).cloned();
    if batch || change.is_some() {
        // Tests read the receipts as they pass.
        parts.headers.remove(hyper::header::ACCEPT_ENCODING);
        parts.headers.remove(hyper::header::IF_NONE_MATCH);
    }
    let number = note_request(&shared, &parts, &path, body.clone());
    if shared.portal.load(Ordering::SeqCst) {
        return Ok(sign_in_page());
    }
    let part = parts.method == hyper::Method::PUT && path.starts_with("/api/photos/") && !body.is_empty();
    let fault = match (batch, part) {
        (true, _) => lock(&shared.plan).pop_front(),
        (false, true) => lock(&shared.photo_plan).pop_front(),
        (false, false) => None,
    };
    if let Some(answer) = fault.and_then(Fault::instead) {
        return Ok(answer);
    }
    anyhow::ensure!(fault != Some(Fault::LoseRequest), "lost before the server saw it");
    if batch {
        shared.requests.pass().await?;
    }
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(TcpStream::connect(shared.upstream).await?))
            .await?;
    tokio::spawn(connection);
    let answer = sender
        .send_request(Request::from_parts(parts, Full::new(body)))
        .await?;
    if path == "/api/events" {
        return Ok(answer.map(|body| body.map_err(Into::into).boxed_unsync()));
    }
    let (mut parts, body) = answer.into_parts();
    let mut body = body.collect().await?.to_bytes();
    if let Some(change) = change {
        body = Bytes::from(std::str::from_utf8(&body)?.replace(&change.from, &change.to));
        parts.headers.remove(hyper::header::CONTENT_LENGTH);
        parts.headers.remove(hyper::header::ETAG);
    }
    if batch {
        shared.answers.pass().await?;
    }
    anyhow::ensure!(!shared.cut.load(Ordering::SeqCst), "the network went away");
    if let Some(fault) = fault {
        return fault
            .spoil(parts, body)
            .context("lost after the server committed");
    }
    note_answer(&shared, number, parts.status.as_u16(), &path, &body);
    Ok(Response::from_parts(parts, whole(body)))
}

fn note_request(shared: &Shared, parts: &hyper::http::request::Parts, path: &str, body: Bytes) -> usize {
    let began = shared.tick();
    let encoding = parts
        .headers
        .get("content-encoding")
        .and_then(|it| it.to_str().ok())
        .unwrap_or_default();
    let mut all = lock(&shared.exchanges);
    all.push(Exchange {
        method: parts.method.to_string(),
        path: path.to_owned(),
        body,
        encoding: encoding.to_owned(),
        status: None,
        answer: Bytes::new(),
        span: (began, None),
        arrived_at: Instant::now(),
    });
    all.len() - 1
}

fn note_answer(shared: &Shared, number: usize, status: u16, path: &str, body: &Bytes) {
    let ended = shared.tick();
    if let Some(exchange) = lock(&shared.exchanges).get_mut(number) {
        exchange.status = Some(status);
        exchange.span.1 = Some(ended);
        if path.starts_with("/api/") {
            exchange.answer = body.clone();
        }
    }
}
