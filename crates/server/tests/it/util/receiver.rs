//! Billing's server, on a port of this machine: answers as it is told and checks signatures by itself.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;
use server::billing::{Delivery, Limits, Webhook};
use server::edge::StopSignal;
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};

use super::TestApp;

/// What both sides know: the bytes 0 to 31.
pub(crate) const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// How it answers a request.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reply {
    Status(u16),
    /// With one header.
    Header(u16, &'static str, &'static str),
    /// Not at all.
    Silence,
}

/// One request.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) path: String,
    headers: HeaderMap,
    body: Bytes,
}

/// Takes whatever comes; without a reply that it was told, it says 204.
#[derive(Clone)]
pub(crate) struct Receiver {
    address: std::net::SocketAddr,
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    replies: Mutex<VecDeque<Reply>>,
    requests: Mutex<Vec<Request>>,
    received: Notify,
    /// Dropped, they would give their signal.
    stops: Mutex<Vec<watch::Sender<bool>>>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    pub(crate) fn id(&self) -> &str {
        self.header("webhook-id")
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// HMAC as RFC 2104 has it, not by the server's own library.
    pub(crate) fn is_signed_with(&self, secret: &str) -> bool {
        let mut key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        key.resize(64, 0);
        let pad = |byte: u8| key.iter().map(|it| it ^ byte).collect::<Vec<u8>>();
        let head = format!("{}.{}.", self.id(), self.header("webhook-timestamp"));
        let inner = Sha256::new()
            .chain_update(pad(0x36))
            .chain_update(head)
            .chain_update(&self.body);
        let outer = Sha256::new()
            .chain_update(pad(0x5c))
            .chain_update(inner.finalize());
        let expected = format!("v1,{}", STANDARD.encode(outer.finalize()));
        self.header("webhook-signature")
            .split(' ')
            .any(|it| it == expected)
    }
}

impl Receiver {
    pub(crate) async fn start(replies: &[Reply]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let inner = Arc::new(Inner::default());
        inner.replies.lock().unwrap().extend(replies);
        let service = Router::new().fallback(take).with_state(inner.clone());
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self { address, inner }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/meterline?token=t0p", self.address)
    }

    /// What it has got so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.inner.requests.lock().unwrap().clone()
    }

    /// Waits until it has got so many.
    pub(crate) async fn got(&self, count: usize) -> Vec<Request> {
        loop {
            let received = self.inner.received.notified();
            if self.requests().len() >= count {
                return self.requests();
            }
            received.await;
        }
    }

    /// The app, which from now on tells this receiver; it does so when it is asked to.
    pub(crate) fn of(&self, app: TestApp) -> (TestApp, Delivery) {
        let (app, delivery, stop) = self.with(app, Limits::default());
        self.inner.stops.lock().unwrap().push(stop);
        (app, delivery)
    }

    /// The same, with the way to stop it.
    pub(crate) fn with(&self, mut app: TestApp, limits: Limits) -> (TestApp, Delivery, watch::Sender<bool>) {
        let (stop, signal) = StopSignal::new();
        let webhook = Webhook::parse(&self.url(), SECRET).unwrap();
        let delivery = Delivery::new(&mut app.state, webhook, limits, signal).unwrap();
        app.serve_anew();
        (app, delivery, stop)
    }
}

async fn take(
    State(inner): State<Arc<Inner>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, HeaderMap) {
    let reply = inner.replies.lock().unwrap().pop_front();
    inner.requests.lock().unwrap().push(Request {
        path: uri.to_string(),
        headers,
        body,
    });
    inner.received.notify_waiters();
    let mut headers = HeaderMap::new();
    let status = match reply.unwrap_or(Reply::Status(204)) {
        Reply::Status(status) => status,
        Reply::Header(status, name, value) => {
            headers.insert(name, value.parse().unwrap());
            status
        }
        Reply::Silence => std::future::pending().await,
    };
    (StatusCode::from_u16(status).unwrap(), headers)
}
