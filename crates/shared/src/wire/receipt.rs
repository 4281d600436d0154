//! The answer to a batch: one verdict an item, and a receipt with each but `retry`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{BatchId, ItemId};

/// The media type of an answer that may settle items. Anything else is not a receipt, whatever its status.
pub const RECEIPTS_MEDIA_TYPE: &str = "application/vnd.meterline.receipts+json";

/// The answer to one batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Receipts {
    /// Which installation answered.
    pub server_id: String,
    /// The batch that is answered.
    pub batch_id: BatchId,
    /// One for each item of the batch that could be named.
    pub verdicts: Vec<WireVerdict>,
}

/// What became of one revision of one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WireVerdict {
    /// The item.
    pub id: ItemId,
    /// The revision that is settled; a later one stays in the outbox.
    pub revision: u32,
    /// Content hash as the server computed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// What became of it.
    pub verdict: VerdictName,
    /// Why, where the verdict alone does not tell (`period_closed`, `not_assigned`, `unknown_label`, ...).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The period that the item was booked to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// Absent only with `retry`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
    /// The official reading that stands in the way, if the person may see its property.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub existing: Option<Existing>,
}

/// The closed list of verdicts (`protocol` section 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerdictName {
    /// In the books.
    Accepted,
    /// Confirms what is in the books already.
    Duplicate,
    /// The official value is another one; the office decides.
    Conflict,
    /// The server has it and the office decides.
    Held,
    /// Can't become a reading; the code tells why.
    Rejected,
    /// Not now; the item stays on the phone and backs off alone.
    Retry,
}

/// Proof of arrival.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Receipt {
    /// Rises with each item that the server has taken, in commit order.
    pub seq: i64,
    /// RFC 3339.
    pub received_at: String,
}

/// The official reading of the same key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Existing {
    /// Its id.
    pub id: ItemId,
    /// Its value, a decimal number as text; empty for a skip.
    pub value: String,
    /// When it was read.
    pub read_at: String,
    /// Who read it.
    pub captured_by: String,
}
