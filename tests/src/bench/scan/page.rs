//! A page beside the app that hands pictures to the scanner's worker, and the small server that it comes from.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// As strict as the app's own policy where the worker is concerned.
const POLICY: &str =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";

/// Serves the worker of a built client, and pictures; ends with the value.
pub(super) struct Page {
    address: SocketAddr,
    worker: String,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Page {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Page {
    pub(super) async fn serve(client: &Path, pictures: &Path) -> Result<Self> {
        let worker = worker_name(client).with_context(|| format!("no scanner in {}", client.display()))?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let folders = Arc::new([client.to_owned(), pictures.to_owned()]);
        let task = tokio::spawn(accept(listener, folders));
        Ok(Self {
            address,
            worker,
            task,
        })
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The path of the worker's script.
    pub(super) fn worker(&self) -> String {
        format!("/{}", self.worker)
    }
}

/// The build gives it a hashed name.
fn worker_name(client: &Path) -> Option<String> {
    let names = std::fs::read_dir(client)
        .ok()?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    names
        .into_iter()
        .find(|name| name.starts_with("scanner-") && name.ends_with(".js"))
}

async fn accept(listener: TcpListener, folders: Arc<[PathBuf; 2]>) {
    while let Ok((stream, _)) = listener.accept().await {
        let folders = Arc::clone(&folders);
        tokio::spawn(async move {
            let service = service_fn(move |request| answer(request, Arc::clone(&folders)));
            let server = hyper::server::conn::http1::Builder::new();
            // A browser may close its connection at any time.
            let _ = server.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn answer(request: Request<Incoming>, folders: Arc<[PathBuf; 2]>) -> Result<Response<Full<Bytes>>> {
    let name = request.uri().path().trim_start_matches('/').to_owned();
    let mut body = None;
    for folder in folders.iter() {
        if body.is_none() && !name.is_empty() && !name.contains('/') {
            body = tokio::fs::read(folder.join(&name)).await.ok();
        }
    }
    let media_type = match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some(_) => "application/octet-stream",
        None => "text/html",
    };
    let body = match (body, name.is_empty()) {
        (Some(body), _) => Bytes::from(body),
        (None, true) => Bytes::from_static(b"<!DOCTYPE html><title>Scanner</title>"),
        (None, false) => {
            return Ok(Response::builder()
                .status(StatusCode::NOT_FOUND)
                .body(Full::default())?);
        }
    };
    Ok(Response::builder()
        .header("Content-Type", media_type)
        .header("Content-Security-Policy", POLICY)
        .body(Full::new(body))?)
}
