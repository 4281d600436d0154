//! The server's clock, passed to whoever needs the time, so that tests can set it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use shared::timestamp::Timestamp;

/// Tells the time; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// Absent: the machine's clock.
    set_ms: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands still until it is set again; its clones follow.
    pub fn standing(at: Timestamp) -> Self {
        Self {
            set_ms: Some(Arc::new(AtomicI64::new(at.ms()))),
        }
    }

    /// Moves a standing clock; the machine's clock is not ours to move.
    pub fn set(&self, at: Timestamp) {
        if let Some(ms) = &self.set_ms {
            ms.store(at.ms(), Ordering::SeqCst);
        }
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        match &self.set_ms {
            Some(ms) => Timestamp::from_ms(ms.load(Ordering::SeqCst)),
            None => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Timestamp::from_ms(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
        }
    }
}
