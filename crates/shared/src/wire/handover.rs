//! `GET /api/periods/{property}/{period}/handover.{csv,xlsx,json}`: a closed period as billing takes it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A closed period. The rows come last: the text is made while it is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Handover {
    /// Property code.
    pub property: String,
    /// Name of the property.
    pub name: String,
    /// `2026-11`.
    pub period: String,
    /// The month in which it is billed: the one after.
    pub billing_period: String,
    /// When it was closed, RFC 3339.
    pub closed_at: String,
    /// Who closed it.
    pub closed_by: String,
    /// In walking order.
    pub rows: Vec<HandoverRow>,
}

/// A meter point with its regular value; before it a row for each move that was read there in the period, with the use that
/// the move ends. The sum of a meter point's consumption is all that ran through in the period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HandoverRow {
    /// `2026-11`.
    pub period: String,
    /// The month after.
    pub billing_period: String,
    /// Property code.
    pub property: String,
    /// Empty where the property has no buildings.
    pub building: String,
    /// The unit's number in its building.
    pub unit_no: String,
    /// `electricity`, `water`, `gas`.
    pub utility: String,
    /// Usually empty.
    pub point: String,
    /// Serial of the meter that was read.
    pub meter_serial: String,
    /// Code of who held the unit when it was read; empty when vacant.
    pub tenant_code: String,
    /// Name of who held the unit when it was read; empty when vacant.
    pub tenant: String,
    /// `regular`, `move_in`, `move_out`.
    pub kind: String,
    /// `read`, `estimate`, `skip`, or `none` where the meter point came into the books afterwards.
    pub source: String,
    /// How it was estimated, `mean` or `last_year`; or the reason of a skip.
    pub detail: String,
    /// The value before, of the same meter, as its register shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_value: Option<String>,
    /// As the register shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What was used since, times the multiplier; across an exchange what both meters counted. Absent for a first reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consumption: Option<String>,
    /// When it was read or what moment the estimate is for, RFC 3339 with the offset of the clock that told it.
    pub read_at: String,
    /// Names of the checks that were raised; `rolled_over` in the place of `lower` where it was reckoned so.
    pub flags: Vec<String>,
}

/// What billing's webhook is sent. The hand-over comes last: the text is made while it is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BillingEvent {
    /// As in `webhook-id`, the same at each try: what comes twice is dropped by it.
    pub id: String,
    /// `closed` or `reopened`.
    pub kind: String,
    /// Property code.
    pub property: String,
    /// `2026-11`.
    pub period: String,
    /// When the period was closed, RFC 3339; where it was reopened: the closing that does not count any more.
    pub closed_at: String,
    /// When it was reopened, RFC 3339; absent where it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reopened_at: Option<String>,
    /// What `handover.json` holds; absent where it was reopened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handover: Option<Handover>,
}
