//! `GET /api/events`: what the office sees arrive. Each event's SSE id is its number; a client resumes after it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::ItemId;

/// One thing that happened, in commit order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OfficeEvent {
    /// An item arrived or changed; its row is what the list shows.
    Item {
        /// The item.
        id: ItemId,
        /// The row as `GET /api/readings` would give it now.
        row: Box<super::office::ReadingRow>,
    },
    /// A phone reported.
    Device {
        /// The phone.
        device_id: String,
        /// Who holds it.
        username: String,
        /// Items that still wait on it.
        waiting: u64,
    },
    /// A period was closed or reopened.
    Period {
        /// Property code.
        property_code: String,
        /// `2026-11`.
        period: String,
        /// `open` or `closed`.
        state: String,
    },
    /// More happened than is kept for resuming: load the list again.
    Reload,
}
