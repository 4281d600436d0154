//! Waiting for conditions. A test never sleeps for a time and hopes.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// Polls `condition` until it holds; fails with `what` after `limit`, which only bounds a broken run.
pub async fn until(what: &str, limit: Duration, mut condition: impl AsyncFnMut() -> bool) -> Result<()> {
    let end = Instant::now() + limit;
    while Instant::now() < end {
        if condition().await {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    bail!("waited {} s in vain: {what}", limit.as_secs())
}
