//! Passes bytes on between browser and server and counts what the browser sends, at the socket.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Result;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A running relay; ends with the value.
pub(super) struct Relay {
    address: SocketAddr,
    sent: Arc<AtomicU64>,
    task: tokio::task::JoinHandle<()>,
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
        let sent = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&sent);
        let task = tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                tokio::spawn(pass(browser, upstream, Arc::clone(&counted)));
            }
        });
        Ok(Self { address, sent, task })
    }

    /// The address that the browser uses.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Bytes that the browser has sent so far, heads of requests included.
    pub(super) fn sent_bytes(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }
}

/// Ends with either side, or at once when nobody listens.
async fn pass(browser: TcpStream, upstream: SocketAddr, sent: Arc<AtomicU64>) -> Result<()> {
    let server = TcpStream::connect(upstream).await?;
    browser.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (mut from_browser, mut to_browser) = browser.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let up = async {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let count = from_browser.read(&mut buffer).await?;
            if count == 0 {
                return to_server.shutdown().await;
            }
            sent.fetch_add(count as u64, Ordering::Relaxed);
            to_server
                .write_all(buffer.get(..count).unwrap_or_default())
                .await?;
        }
    };
    let down = tokio::io::copy(&mut from_server, &mut to_browser);
    tokio::select! {
        ended = up => ended?,
        ended = down => { ended?; }
    }
    Ok(())
}
