//! What is least needed of a server: a page without an app, and one call that puts all it gets into one transaction of
//! SQLite, with the durability of the real one.

use std::io::Read;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Result, ensure};
use flate2::read::GzDecoder;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::CONTENT_ENCODING;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use rusqlite::{Connection, params};
use server::database::{SQLITE_PRAGMAS, SQLITE_WRITER_PRAGMAS};
use shared::wire::batch::WireItem;
use tokio::net::TcpListener;

/// A page with one row, drawn by a script of its own, and the worker that keeps both.
const SHELL: &str = "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Empty</title><body><script src=/shell.js></script>";
const SHELL_SCRIPT: &str = "const row = document.createElement('a'); row.dataset.testid = 'unit-row'; row.textContent = 'row'; document.body.append(row); if (location.search === '?install') navigator.serviceWorker.register('/sw.js');";
const WORKER: &str = "const files = ['/', '/shell.js'];
    self.addEventListener('install', event => event.waitUntil(caches.open('shell').then(it => it.addAll(files))));
    self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));
    self.addEventListener('fetch', event => {
      if (event.request.method !== 'GET') return;
      const key = event.request.mode === 'navigate' ? '/' : event.request;
      event.respondWith(caches.open('shell').then(it => it.match(key)).then(it => it ?? fetch(event.request)));
    });";

/// A running sink; ends with the value.
pub(super) struct Sink {
    address: SocketAddr,
    connection: Arc<Mutex<Connection>>,
    task: tokio::task::JoinHandle<()>,
    _folder: tempfile::TempDir,
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Sink {
    pub(super) async fn start() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let connection = Connection::open(folder.path().join("sink.db"))?;
        for (name, value) in SQLITE_PRAGMAS.into_iter().chain(SQLITE_WRITER_PRAGMAS) {
            connection.pragma_update(None, name, value)?;
        }
        connection.execute_batch(
            "CREATE TABLE item (id TEXT PRIMARY KEY, seq BIGINT NOT NULL, place TEXT NOT NULL, period TEXT NOT NULL,
               value TEXT NOT NULL, read_at TEXT NOT NULL, body TEXT NOT NULL);
             CREATE UNIQUE INDEX item_key ON item (place, period);",
        )?;
        let connection = Arc::new(Mutex::new(connection));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(accept(listener, Arc::clone(&connection)));
        Ok(Self {
            address,
            connection,
            task,
            _folder: folder,
        })
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Forgets the rows of the round before, and fails when they were not so many.
    pub(super) fn empty(&self, expected: usize) -> Result<()> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let rows = connection.execute("DELETE FROM item", [])?;
        ensure!(rows == expected, "the sink has {rows} rows and not {expected}");
        Ok(())
    }
}

async fn accept(listener: TcpListener, connection: Arc<Mutex<Connection>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let connection = Arc::clone(&connection);
        tokio::spawn(async move {
            let service = service_fn(move |request| answer(request, Arc::clone(&connection)));
            let server = hyper::server::conn::http1::Builder::new();
            // A browser may close its connection at any time.
            let _ = server.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn answer(
    request: Request<Incoming>,
    connection: Arc<Mutex<Connection>>,
) -> Result<Response<Full<Bytes>>> {
    if request.method() == Method::POST {
        let packed = request.headers().contains_key(CONTENT_ENCODING);
        let body = request.into_body().collect().await?.to_bytes();
        tokio::task::spawn_blocking(move || match packed {
            true => store(&connection, GzDecoder::new(&body[..])),
            false => store(&connection, &body[..]),
        })
        .await??;
        return Ok(Response::new(Full::default()));
    }
    let (media_type, text) = match request.uri().path() {
        "/sw.js" => ("text/javascript", WORKER),
        "/shell.js" => ("text/javascript", SHELL_SCRIPT),
        _ => ("text/html", SHELL),
    };
    Ok(Response::builder()
        .header("Content-Type", media_type)
        .body(Full::new(Bytes::from_static(text.as_bytes())))?)
}

fn store(connection: &Mutex<Connection>, mut body: impl Read) -> Result<()> {
    let mut text = Vec::new();
    body.read_to_end(&mut text)?;
    let items: Vec<WireItem> = serde_json::from_slice(&text)?;
    let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
    let transaction = connection.transaction()?;
    {
        let mut insert =
            transaction.prepare_cached("INSERT INTO item VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        for item in &items {
            let place = format!(
                "{:?} {:?} {:?} {:?} {:?}",
                item.property_code, item.building, item.unit_no, item.utility, item.point
            );
            insert.execute(params![
                item.id.to_string(),
                item.device_seq as i64,
                place,
                item.period,
                item.value,
                item.read_at,
                serde_json::to_string(item)?
            ])?;
        }
    }
    transaction.commit()?;
    Ok(())
}
