//! What is handed to the writer, and what can keep it from an answer.

use shared::id::{BatchId, DeviceId, ItemId};
use shared::timestamp::Timestamp;
use shared::wire::batch::WireItem;

use crate::auth::Person;

/// One batch, read and bounded, not yet judged.
#[derive(Debug, Clone)]
pub struct SentBatch {
    /// Names the request; comes back in the answer.
    pub batch_id: BatchId,
    /// Who sends.
    pub person: Person,
    /// The phone.
    pub device_id: DeviceId,
    /// Milliseconds by which the server's clock was ahead of the phone's at sending.
    pub clock_offset_ms: Option<i64>,
    /// When the request came.
    pub received_at: Timestamp,
    /// The items, in the order they were sent.
    pub items: Vec<SentItem>,
}

/// One item of a batch.
#[derive(Debug, Clone)]
pub struct SentItem {
    /// Its id, readable even where the rest is not.
    pub id: ItemId,
    /// Its revision.
    pub revision: u32,
    /// The text as it was sent: evidence.
    pub body: String,
    /// What the text says; absent when it can't be understood.
    pub item: Option<WireItem>,
}

/// Why a job got no answer. Nothing is stored then.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Too many batches wait already.
    #[error("the writer's queue is full")]
    QueueFull,
    /// The server stops.
    #[error("the writer has stopped")]
    Stopped,
    /// The database refused or failed.
    #[error("database: {0}")]
    Database(String),
}
