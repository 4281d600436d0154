//! A gate that a test opens by hand: what comes waits until it is let through.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Result, bail};
use tokio::sync::Semaphore;

/// What happens to whatever comes to the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It passes at once.
    Pass,
    /// It waits for [`Gate::release`].
    Hold,
    /// It is lost: the connection breaks.
    Lose,
}

/// One gate.
pub struct Gate {
    mode: Mutex<Mode>,
    permits: Semaphore,
    held: AtomicUsize,
    arrived: AtomicUsize,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            mode: Mutex::new(Mode::Pass),
            permits: Semaphore::new(0),
            held: AtomicUsize::new(0),
            arrived: AtomicUsize::new(0),
        }
    }
}

impl Gate {
    /// What happens from now on; what waits already goes on waiting.
    pub fn set(&self, mode: Mode) {
        *self.mode.lock().unwrap_or_else(PoisonError::into_inner) = mode;
    }

    /// Lets one through; one that has not come yet passes as soon as it comes.
    pub fn release(&self) {
        self.permits.add_permits(1);
    }

    /// How many wait now.
    pub fn held(&self) -> usize {
        self.held.load(Ordering::SeqCst)
    }

    /// How many have come to wait since the beginning.
    pub fn arrived(&self) -> usize {
        self.arrived.load(Ordering::SeqCst)
    }

    /// Waits as the mode says; fails when it is lost.
    pub(crate) async fn pass(&self) -> Result<()> {
        let mode = *self.mode.lock().unwrap_or_else(PoisonError::into_inner);
        match mode {
            Mode::Pass => Ok(()),
            Mode::Lose => bail!("lost on the way"),
            Mode::Hold => {
                let waiting = Waiting::new(&self.held);
                self.arrived.fetch_add(1, Ordering::SeqCst);
                self.permits.acquire().await?.forget();
                drop(waiting);
                Ok(())
            }
        }
    }
}

/// Counts one that waits, also when its connection is closed meanwhile.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(held: &'a AtomicUsize) -> Self {
        held.fetch_add(1, Ordering::SeqCst);
        Self(held)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
