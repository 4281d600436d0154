//! Billing's server: busy for an hour at the first request, and takes every other one.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::header::RETRY_AFTER;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// What both sides know: the bytes 0 to 31.
pub const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

type Bodies = Arc<Mutex<Vec<Bytes>>>;

/// It listens for as long as the test runs.
pub struct Billing {
    address: SocketAddr,
    bodies: Bodies,
}

impl Billing {
    /// On a port of this machine.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let bodies = Bodies::default();
        tokio::spawn(listen(listener, bodies.clone()));
        Ok(Self { address, bodies })
    }

    /// Where it is told.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// What it has been sent.
    pub fn bodies(&self) -> Vec<Bytes> {
        self.bodies.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn listen(listener: TcpListener, bodies: Bodies) {
    while let Ok((stream, _)) = listener.accept().await {
        let bodies = bodies.clone();
        let service = service_fn(move |request| take(request, bodies.clone()));
        let connection =
            hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        tokio::spawn(connection);
    }
}

async fn take(request: Request<Incoming>, bodies: Bodies) -> Result<Response<Empty<Bytes>>, Infallible> {
    let mut answer = Response::new(Empty::new());
    *answer.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    // A body that breaks off was not taken.
    if let Ok(body) = request.into_body().collect().await {
        let mut bodies = bodies.lock().unwrap_or_else(PoisonError::into_inner);
        bodies.push(body.to_bytes());
        if bodies.len() > 1 {
            *answer.status_mut() = StatusCode::NO_CONTENT;
        } else {
            answer.headers_mut().insert(RETRY_AFTER, 3_600.into());
        }
    }
    Ok(answer)
}
