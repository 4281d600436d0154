//! `GET /api/conflicts`, `GET /api/inbox` and what the office decides there. Both are lists of contents that wait, each named by
//! its receipt's number: two contents can share an id and a revision.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::office::ReadingRow;
use crate::id::ItemId;

/// Filters, all optional. `after` continues behind the last row of a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
pub struct OpenDecisionsQuery {
    /// Property code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
    /// Opaque: `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Rows a page, 1 to 200; 50 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// What waits for the office in all, of what the caller may see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OpenDecisions {
    /// Pairs of values that contradict each other.
    pub conflicts: i64,
    /// Items that are held.
    pub inbox: i64,
}

/// One page of conflicts, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConflictsPage {
    /// The rows.
    pub rows: Vec<ConflictRow>,
    /// How many rows fit the filters in all.
    pub total: i64,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Two values of which only one can be official. `second.receipt_seq` names the conflict.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConflictRow {
    /// What is official now; absent when nothing is any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<ReadingRow>,
    /// What came second and contradicts it.
    pub second: ReadingRow,
    /// Both are contents of one item, so that they can't both be kept.
    pub same_item: bool,
}

/// `POST /api/conflicts/{receipt_seq}/resolution`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ResolutionRequest {
    /// `keep_first`; `take_second`: the first is superseded; `keep_both`: the second becomes a check.
    pub resolution: String,
    /// The item that was looked at as the first, to take the second in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<ItemId>,
    /// Why, in words for those who read; up to 500 characters.
    #[serde(default)]
    pub reason: String,
}

/// One page of what is held, the oldest first; `code` of a row says why.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct InboxPage {
    /// The rows.
    pub rows: Vec<ReadingRow>,
    /// How many rows fit the filters in all.
    pub total: i64,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// `POST /api/inbox/{receipt_seq}/decision`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct InboxRequest {
    /// `book`: into the books, as a new revision by the office. `dismiss`: it does not count.
    pub decision: String,
    /// Where an unknown label hangs: `id` of a meter point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meter_point_id: Option<String>,
    /// For which month, where the phone's clock does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// Why, in words for the person who read; up to 500 characters, at least one to dismiss.
    #[serde(default)]
    pub reason: String,
}

/// `GET /api/meter-points?q=`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
pub struct MeterPointsQuery {
    /// The beginning of a unit's number, of a word of a tenant's name, of a meter's serial or of a label's code.
    pub q: String,
}

/// A meter point that fits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MeterPointHit {
    /// Names it.
    pub id: String,
    /// Property code.
    pub property_code: String,
    /// Empty where the property has no buildings.
    pub building: String,
    /// The unit's number in its building.
    pub unit_no: String,
    /// `electricity`, `water`, `gas`.
    pub utility: String,
    /// Usually empty.
    pub point: String,
    /// Serial of the present meter; empty where there is none.
    pub meter_serial: String,
    /// Who holds the unit now; empty when vacant.
    pub tenant: String,
}
