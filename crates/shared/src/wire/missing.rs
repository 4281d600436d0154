//! `GET /api/missing`, `POST /api/estimates` and `POST /api/reread-requests`: meter points without a value in a period, and
//! what the office does about them.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::labels::LabelProperty;

/// At most this many meter points in one request.
pub const MISSING_NAMED_MAX: usize = 200;

/// What is asked for. `after` continues behind the last row of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
pub struct MissingQuery {
    /// Property code; the first that the caller may see when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
    /// `2026-11`; the present month of the property when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// Opaque: `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Rows a page, 1 to 200; 100 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// One page, in walking order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MissingPage {
    /// Code of the property that was looked at; empty when the caller may see none.
    pub property: String,
    /// The period that was looked at.
    pub period: String,
    /// It is closed: nothing is estimated or asked for any more.
    pub closed: bool,
    /// The rows.
    pub rows: Vec<MissingRow>,
    /// How many meter points of the property have no value in the period.
    pub total: i64,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Every property that the caller may see.
    pub properties: Vec<LabelProperty>,
}

/// A meter point without a value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MissingRow {
    /// Names the meter point.
    pub meter_point_id: String,
    /// The unit that it is in, as `/api/portfolio/units/{id}` names it.
    #[serde(default)]
    pub unit_id: String,
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
    /// Whole digits of its register.
    pub dials: u32,
    /// Decimals of its register.
    pub decimals: u32,
    /// Who holds the unit at the end of the period, or now while it lasts; empty when vacant.
    pub tenant: String,
    /// Why somebody could not read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip: Option<SkipRow>,
    /// The last official value of the present meter before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<LastValueRow>,
    /// Mean use a day times the days since the last value.
    pub mean: EstimateRow,
    /// The use of the same month of last year.
    pub last_year: EstimateRow,
    /// A reading is asked for: why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reread_reason: Option<String>,
}

/// Why there is no value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SkipRow {
    /// The item, for its page.
    pub id: String,
    /// The revision that counts: what is accepted.
    #[serde(default)]
    pub revision: u32,
    /// Who in the office has accepted it: then it is not in the way of closing the period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_by: Option<String>,
    /// Name of the reason.
    pub reason: String,
    /// What the technician wrote beside it.
    pub remarks: String,
    /// Who.
    pub by: String,
    /// When, RFC 3339 with offset.
    pub at: String,
}

/// A value before the period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LastValueRow {
    /// As the register shows it.
    pub value: String,
    /// Booked period.
    pub period: String,
    /// When it was read, RFC 3339.
    pub at: String,
}

/// What a method makes of it: a value, or why it can't.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EstimateRow {
    /// As the register shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// `too_little_history`, `no_last_year`, `move_since`, `no_meter`, `period_not_begun` or `beyond_register`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// `POST /api/estimates`: in one transaction, each carried out or refused for itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EstimatesRequest {
    /// 1 to 200 meter points, each once a period.
    pub estimates: Vec<EstimateRequest>,
}

/// A value to estimate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EstimateRequest {
    /// Names the meter point.
    pub meter_point_id: String,
    /// `2026-11`.
    pub period: String,
    /// `mean`: mean use a day times the days since the last value. `last_year`: the use of the same month of last year.
    pub method: String,
    /// Why; 1 to 500 characters.
    pub reason: String,
}

/// `POST /api/reread-requests`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RereadRequest {
    /// Names the meter point.
    pub meter_point_id: String,
    /// For which month, if for a certain one: `2026-11`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// Why, in words for whoever reads there next; 1 to 500 characters.
    pub reason: String,
}

/// What became of each, in the order of the request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MissingAnswer {
    /// One for each meter point that was named.
    pub outcomes: Vec<MissingOutcome>,
}

/// What became of one meter point.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MissingOutcome {
    /// Names the meter point.
    pub meter_point_id: String,
    /// The period.
    pub period: String,
    /// Why it was refused: `other_value` (a value stands there), `period_closed`, `not_found`, `too_little_history`, ...;
    /// absent when it was carried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}
