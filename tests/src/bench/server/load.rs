//! The load: connections that are kept open, each with one request under way, bodies that are ready.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::bodies::Bodies;

/// What a load gave.
pub(in crate::bench) struct Run {
    /// From the first byte sent to the last answer read.
    pub(in crate::bench) elapsed: Duration,
    /// Of each request, sorted.
    pub(in crate::bench) latencies_ms: Vec<f64>,
}

/// Where to and as whom.
pub(super) struct Target {
    pub(super) address: SocketAddr,
    pub(super) cookie: String,
}

/// Sends every request once over this many connections; fails when one item is not accepted.
pub(super) async fn post_all(target: &Target, bodies: &Bodies, connections: usize) -> Result<Run> {
    let mut senders = Vec::new();
    for _ in 0..connections {
        senders.push(connect(target.address).await?);
    }
    let requests: Arc<[Bytes]> = bodies.requests.clone().into();
    let next = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    let tasks: Vec<_> = senders
        .into_iter()
        .map(|sender| {
            let (requests, next) = (Arc::clone(&requests), Arc::clone(&next));
            tokio::spawn(drive(
                sender,
                target.address,
                target.cookie.clone(),
                requests,
                next,
            ))
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.extend(task.await??);
    }
    let elapsed = began.elapsed();
    let accepted: usize = answers.iter().map(|(_, body)| count_accepted(body)).sum();
    let sent = answers.len() * bodies.batch_items;
    ensure!(
        answers.len() == requests.len() && accepted == sent,
        "{accepted} of {sent} items were accepted"
    );
    let mut latencies_ms: Vec<f64> = answers
        .iter()
        .map(|(latency, _)| latency.as_secs_f64() * 1_000.0)
        .collect();
    latencies_ms.sort_by(f64::total_cmp);
    Ok(Run {
        elapsed,
        latencies_ms,
    })
}

async fn connect(address: SocketAddr) -> Result<SendRequest<Full<Bytes>>> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    // Ends with the sender; what goes wrong shows in the answer that is missing.
    tokio::spawn(connection);
    Ok(sender)
}

async fn drive(
    mut sender: SendRequest<Full<Bytes>>,
    address: SocketAddr,
    cookie: String,
    requests: Arc<[Bytes]>,
    next: Arc<AtomicUsize>,
) -> Result<Vec<(Duration, Bytes)>> {
    let mut answers = Vec::new();
    while let Some(body) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
        let request = Request::post("/api/readings")
            .header("host", address.to_string())
            .header("content-type", "application/json")
            .header("cookie", &cookie)
            .body(Full::new(body.clone()))?;
        let began = Instant::now();
        let answer = sender.send_request(request).await.context("sending a batch")?;
        let status = answer.status();
        let text = answer.into_body().collect().await?.to_bytes();
        ensure!(
            status.is_success(),
            "{status}: {}",
            String::from_utf8_lossy(&text)
        );
        answers.push((began.elapsed(), text));
    }
    Ok(answers)
}

fn count_accepted(answer: &[u8]) -> usize {
    let verdict = b"\"verdict\":\"accepted\"";
    answer.windows(verdict.len()).filter(|it| it == verdict).count()
}
