//! `GET /api/readings`: the office's list.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::id::ItemId;
use crate::wire::position::WirePosition;

/// Filters, all optional and combined by "and". `after` continues behind the last row of a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
pub struct ReadingsQuery {
    /// Property code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
    /// Unit number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// `2026-11`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// Who read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub technician: Option<String>,
    /// `received`, `held`, `conflict`, ...
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Name of a check as the rows show it, so `rolled_over` too; `any` for every row that shows one, `clean`
    /// for every value without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flag: Option<String>,
    /// `phone`, `office`, `import`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Reason of a skip; `any` for every skip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skip: Option<String>,
    /// Kind of a reading; `exchange` for what only an exchange has, `move` for moves in and out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `any`: names a photo, whether it has arrived or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<String>,
    /// Not arrived before this moment, RFC 3339: a day begins where the caller's clock says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrived_from: Option<String>,
    /// Arrived before this moment, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrived_until: Option<String>,
    /// Part of a unit, tenant, meter serial or remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Opaque: `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Rows a page, 1 to 500; 100 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// `POST /api/readings/{id}/decision`: what somebody in the office decides about an item.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DecisionRequest {
    /// `approve`: it is right. `take_back`: whoever approved it undoes that. `send_back`: a new reading is asked for.
    /// `correct`: `value` counts, as a new revision.
    pub decision: String,
    /// The revision that was looked at.
    pub revision: u32,
    /// Why, in words for the person who read; up to 500 characters, at least one to send back or to correct.
    #[serde(default)]
    pub reason: String,
    /// What the value should have been, to correct it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// At most this many readings in one [`DecisionsRequest`].
pub const DECISIONS_MAX: usize = 500;

/// `POST /api/readings/decisions`: one decision about many readings.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DecisionsRequest {
    /// `approve`: those that are a value without a flag. `take_back`: the caller's own approvals are undone.
    pub decision: String,
    /// 1 to 500 readings, each as it was looked at.
    pub readings: Vec<NamedReading>,
}

/// A reading as it was looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NamedReading {
    /// The item.
    pub id: ItemId,
    /// Its revision.
    pub revision: u32,
}

/// What became of a [`DecisionsRequest`], all in one transaction.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DecisionsAnswer {
    /// What was asked for is so, in the order that was asked for; a reading that was named twice stands here once.
    pub done: Vec<NamedReading>,
    /// Nothing was changed about these.
    pub refused: Vec<RefusedReading>,
}

/// A reading that the rules don't let be decided.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RefusedReading {
    /// The item.
    pub id: ItemId,
    /// The revision that was named.
    pub revision: u32,
    /// Why: the `code` that a refusal of this reading alone has.
    pub code: String,
}

/// One step of the office in the history of a revision.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DecisionRow {
    /// `approve`, `take_back`, `send_back`, `correct`, `book`, `dismiss`, `keep_first`, `take_second`, `keep_both`.
    pub step: String,
    /// What the revision became by it.
    pub state: String,
    /// Who.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// Why; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Rows of a list beyond which nobody needs to know how many fit: counting millions would keep everybody waiting.
pub const ROWS_COUNTED_MAX: i64 = 10_000;

/// One page, newest arrival first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReadingsPage {
    /// The rows.
    pub rows: Vec<ReadingRow>,
    /// How many rows fit the filters in all; anything above [`ROWS_COUNTED_MAX`]: more than that.
    pub total: i64,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Number of the last event that the page includes; events are resumed after it.
    pub event_seq: i64,
}

/// One item as the office sees it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReadingRow {
    /// The item.
    pub id: ItemId,
    /// Its highest revision.
    pub revision: u32,
    /// Its receipt's number.
    pub receipt_seq: i64,
    /// When the server took it, RFC 3339.
    pub received_at: String,
    /// `received`, `held`, `conflict`, `duplicate`, `rejected`, `superseded`, `voided`, ...
    pub state: String,
    /// Why, where the state alone does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Empty for an unknown label.
    pub property_code: String,
    /// Empty where the property has no buildings.
    pub building: String,
    /// Empty for an unknown label.
    pub unit_no: String,
    /// `electricity`, `water`, `gas`, or empty.
    pub utility: String,
    /// Usually empty.
    pub point: String,
    /// Serial of the meter that was read.
    pub meter_serial: String,
    /// Who held the unit when it was read; empty when vacant.
    pub tenant: String,
    /// Booked period.
    pub period: String,
    /// `regular`, ...
    pub kind: String,
    /// A decimal number as text; absent for a skip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Reason of a skip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip_reason: Option<String>,
    /// Last official value before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_value: Option<String>,
    /// Use since then, times the multiplier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consumption: Option<String>,
    /// When it was read, RFC 3339 with the phone's offset.
    pub read_at: String,
    /// Who read.
    pub captured_by: String,
    /// `scan`, `typed`, `list`, or empty.
    pub identified_by: String,
    /// `phone`, `office`, `import`.
    pub source: String,
    /// Names of the checks that were raised. `rolled_over` stands in the place of `lower` where the technician answered so and
    /// the use was reckoned with it.
    pub flags: Vec<String>,
    /// The technician's remarks.
    pub remarks: String,
    /// What an unknown label said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_text: Option<String>,
    /// How many photos it names.
    #[serde(default)]
    pub photos: u32,
    /// What the office decided last: the `step` of its last decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// Who in the office decided last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// When, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_reason: Option<String>,
    /// Where the phone was, with the consent of who read. Only in the answer about one item, never in a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<WirePosition>,
    /// All of the office's steps, the first one first; only where one item is asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<DecisionRow>,
}
