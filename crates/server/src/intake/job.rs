//! What is handed to the writer, and what can keep it from an answer.

use shared::id::DeviceId;
use shared::intake::{Access, Arrival, Delivery, Order};
use shared::timestamp::Timestamp;

/// One batch, read, bounded and hashed, not yet judged.
#[derive(Debug, Clone)]
pub struct SentBatch {
    /// Everything that is not in its items.
    pub delivery: Delivery,
    /// The items, in the order they were sent.
    pub arrivals: Vec<Arrival>,
    /// Beside each item the text as it was sent: evidence.
    pub bodies: Vec<String>,
    /// Who in the office carried it in as a file; absent when the phone sent it.
    pub imported_by: Option<String>,
}

impl SentBatch {
    /// About how much memory it takes while it waits.
    pub(super) fn size_bytes(&self) -> usize {
        let item_bytes = 1_024;
        self.bodies.iter().map(|body| body.len() + item_bytes).sum()
    }
}

/// What a phone said of one person's queue.
#[derive(Debug, Clone)]
pub struct QueueReport {
    /// The phone.
    pub device_id: DeviceId,
    /// Key of the account.
    pub account_id: i64,
    /// The account's name.
    pub username: String,
    /// When it said so.
    pub at: Timestamp,
    /// The highest running number that it has given.
    pub device_total: u64,
    /// Items that still wait.
    pub waiting: u64,
    /// When the oldest of them was read.
    pub oldest_read_at: Option<Timestamp>,
    /// Version of the app.
    pub app_version: String,
    /// How well its storage is protected.
    pub storage: String,
}

/// What somebody in the office decided about one item.
#[derive(Debug, Clone)]
pub struct Decision {
    /// What is to become of it, and who says so.
    pub order: Order,
    /// What that person may see: of everything else there is no such item.
    pub access: Access,
    /// When.
    pub at: Timestamp,
}

/// Why a job got no answer. Nothing is stored then.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Too much waits already.
    #[error("the writer's queue is full")]
    QueueFull,
    /// The server stops.
    #[error("the writer has stopped")]
    Stopped,
    /// The database refused or failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
}
