//! Passes bytes on between browser and server and counts what the browser sends, at the socket; on demand as slowly as a
//! bad link would.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

/// Bytes that travel together: small against what a link carries in a second.
const CHUNK_BYTES: usize = 16 * 1024;
/// Chunks on their way at most; whoever sends more has to wait.
const CHUNKS_UNDER_WAY: usize = 64;

/// What a link is like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    /// From the phone to the server, bytes a second.
    pub(super) up_bytes_per_s: f64,
    /// There and back.
    pub(super) round_trip: Duration,
}

/// A running relay; ends with the value.
pub(super) struct Relay {
    address: SocketAddr,
    way: Arc<Way>,
    task: tokio::task::JoinHandle<()>,
}

/// What all connections have in common.
#[derive(Default)]
struct Way {
    sent_bytes: AtomicU64,
    link: Mutex<Option<Link>>,
    /// Until then the way up is taken by what was sent before.
    up_free_at: Mutex<Option<Instant>>,
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Relay {
    /// Listens on a free port and passes on to `upstream`.
    pub(super) async fn start(upstream: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let way = Arc::new(Way::default());
        let shared = Arc::clone(&way);
        let task = tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                tokio::spawn(pass(browser, upstream, Arc::clone(&shared)));
            }
        });
        Ok(Self { address, way, task })
    }

    /// The address that the browser uses.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Bytes that the browser has sent so far, heads of requests included.
    pub(super) fn sent_bytes(&self) -> u64 {
        self.way.sent_bytes.load(Ordering::Relaxed)
    }

    /// From now on as slow as this link; `None`: as fast as it goes.
    pub(super) fn shape(&self, link: Option<Link>) {
        *self.way.link.lock().unwrap_or_else(PoisonError::into_inner) = link;
    }
}

impl Way {
    /// When bytes that the browser sends now arrive: they queue for the way up, then travel.
    fn arrival_up(&self, bytes: usize) -> Instant {
        let now = Instant::now();
        self.sent_bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        let Some(link) = self.link() else { return now };
        let mut free_at = self.up_free_at.lock().unwrap_or_else(PoisonError::into_inner);
        let start = free_at.map_or(now, |free_at| free_at.max(now));
        let end = start + Duration::from_secs_f64(bytes as f64 / link.up_bytes_per_s);
        *free_at = Some(end);
        end + link.round_trip / 2
    }

    fn arrival_down(&self) -> Instant {
        let travel = self.link().map_or(Duration::ZERO, |link| link.round_trip / 2);
        Instant::now() + travel
    }

    fn link(&self) -> Option<Link> {
        *self.link.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends with either side, or at once when nobody listens.
async fn pass(browser: TcpStream, upstream: SocketAddr, way: Arc<Way>) -> Result<()> {
    let server = TcpStream::connect(upstream).await?;
    browser.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (from_browser, to_browser) = browser.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::select! {
        ended = one_way(from_browser, to_server, |bytes| way.arrival_up(bytes)) => ended,
        ended = one_way(from_server, to_browser, |_| way.arrival_down()) => ended,
    }
}

/// Several chunks can be on their way, in their order.
async fn one_way(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    arrival: impl Fn(usize) -> Instant,
) -> Result<()> {
    let (sender, mut travelling) = mpsc::channel::<(Instant, Vec<u8>)>(CHUNKS_UNDER_WAY);
    let enter = async move {
        let mut buffer = vec![0; CHUNK_BYTES];
        loop {
            let count = from.read(&mut buffer).await?;
            let bytes = buffer.get(..count).unwrap_or_default().to_vec();
            if count == 0 || sender.send((arrival(count), bytes)).await.is_err() {
                return anyhow::Ok(());
            }
        }
    };
    let leave = async {
        while let Some((at, bytes)) = travelling.recv().await {
            if at > Instant::now() {
                sleep_until(at).await;
            }
            to.write_all(&bytes).await?;
        }
        Ok(to.shutdown().await?)
    };
    tokio::try_join!(enter, leave).map(drop)
}
