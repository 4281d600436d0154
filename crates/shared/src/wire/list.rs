//! `GET /api/latest-tenant-readings`: everything a phone needs for its round, complete or since a cursor.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::id::ItemId;
use crate::reading_window::WINDOW_DAYS_DEFAULT;

/// The query.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, IntoParams)]
#[serde(default)]
pub struct ListQuery {
    /// Opaque: the cursor of the last answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
}

/// The list, or what changed in it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RoundList {
    /// Opaque; sent with the next call.
    pub cursor: String,
    /// Replaces what the phone has, instead of adding to it.
    pub full: bool,
    /// Limits of the checks and of the late days.
    pub settings: RuleSettings,
    /// The properties that the person may see; always complete.
    pub properties: Vec<PropertyRow>,
    /// One row a meter point.
    pub rows: Vec<MeterPointRow>,
    /// Ids of meter points that are gone.
    #[serde(default)]
    pub removed: Vec<String>,
    /// What became of this person's items since the cursor.
    #[serde(default)]
    pub decisions: Vec<Decision>,
}

/// Limits that the office sets; the defaults are those of `domain` sections 3 and 6 and of `product` section 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct RuleSettings {
    /// Days of a month in which readings may still belong to the month before.
    pub late_days: u32,
    /// Last days of a month in which its meters are read; nothing is kept out by it.
    pub reading_window_days: u32,
    /// `high` beyond this multiple of the mean, in thousandths.
    pub high_permille: u32,
    /// `very_high` beyond this multiple of the mean, in thousandths.
    pub very_high_permille: u32,
    /// `low` below this multiple of the mean, in thousandths.
    pub low_permille: u32,
    /// The mean counts only with at least this many readings of history.
    pub history_readings_min: u32,
}

impl Default for RuleSettings {
    fn default() -> Self {
        Self {
            late_days: 5,
            reading_window_days: WINDOW_DAYS_DEFAULT,
            high_permille: 2_500,
            very_high_permille: 5_000,
            low_permille: 250,
            history_readings_min: 3,
        }
    }
}

/// One property.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PropertyRow {
    /// Property code.
    pub code: String,
    /// Name.
    pub name: String,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// The zone's offsets: from this moment (ms since the epoch) on, so many seconds east of UTC. Rising; the first
    /// holds for all time before the second. Sent so that phone and server reckon with the same zone data.
    pub zone_offsets: Vec<(i64, i32)>,
    /// Periods whose state the phone needs.
    pub periods: Vec<PeriodRow>,
}

/// One period of one property.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PeriodRow {
    /// `2026-11`.
    pub period: String,
    /// `open` or `closed`.
    pub state: String,
}

/// One meter point with all that the form and the checks need.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MeterPointRow {
    /// Identity of the row.
    pub id: String,
    /// Property code.
    pub property_code: String,
    /// Empty where the property has no buildings.
    pub building: String,
    /// The unit's number.
    pub unit_no: String,
    /// `electricity`, `water` or `gas`.
    pub utility: String,
    /// Usually empty.
    pub point: String,
    /// Serial of the meter that sits there now; empty when there is none.
    pub meter_serial: String,
    /// Whole digits of its register.
    pub dials: u32,
    /// Decimals of its register.
    pub decimals: u32,
    /// A decimal number as text.
    pub multiplier: String,
    /// `2024-07-28`.
    pub installed_on: String,
    /// A decimal number as text.
    pub initial_value: String,
    /// How the meter took over from another one; absent where the portfolio brought it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_over: Option<TakenOverRow>,
    /// Who holds the unit when; rising.
    pub tenancies: Vec<TenancyRow>,
    /// Last official value (`regular`, `move_in`, `move_out`) of the current meter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<LatestReading>,
    /// Consumption of that reading, times the multiplier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consumption: Option<String>,
    /// Official values of this and the two previous periods, by kind.
    #[serde(default)]
    pub official: Vec<OfficialRow>,
    /// What the checks compare with.
    #[serde(default)]
    pub statistics: Statistics,
    /// Codes and texts of its valid labels.
    #[serde(default)]
    pub labels: Vec<String>,
    /// Codes of labels that the office has revoked: whoever scans one is told so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revoked_labels: Vec<String>,
    /// Place in the walking order.
    pub route_seq: u32,
    /// Shown before the camera opens.
    #[serde(default)]
    pub access_note: String,
    /// What endangers whoever comes to the meter; shown before the camera opens.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hazard: String,
    /// The office asks for a new reading: why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reread: Option<String>,
}

/// How a meter took over from another one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TakenOverRow {
    /// When, RFC 3339.
    pub at: String,
    /// What the meter before counted after its last reading, times its multiplier; a decimal number as text.
    pub carried: String,
}

/// One tenancy.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TenancyRow {
    /// First day.
    pub from: String,
    /// Last day; absent when it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The tenant's name.
    pub name: String,
}

/// One reading as the phone shows it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LatestReading {
    /// A decimal number as text.
    pub value: String,
    /// RFC 3339 with offset.
    pub read_at: String,
    /// `2026-11`.
    pub period: String,
    /// `regular`, ...
    pub kind: String,
    /// Who read.
    pub captured_by: String,
}

/// One official value.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OfficialRow {
    /// The item.
    pub id: ItemId,
    /// `2026-11`.
    pub period: String,
    /// `regular`, ...
    pub kind: String,
    /// `received`, `approved`, `estimated`; or `skipped`.
    pub state: String,
    /// Absent for a skip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Why there is none; absent for a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip_reason: Option<String>,
    /// RFC 3339 with offset.
    pub read_at: String,
    /// Who read.
    pub captured_by: String,
}

/// What the checks compare a new reading with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Statistics {
    /// Regular readings of the current meter that the mean is made from, at most 12.
    pub readings: u32,
    /// Mean use a day before the multiplier, in millionths of the register's unit.
    pub mean_per_day_micro: i64,
}

/// What the office made of one of the person's items.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Decision {
    /// The item.
    pub id: ItemId,
    /// The revision that was decided.
    pub revision: u32,
    /// State after the decision.
    pub state: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who decided.
    #[serde(default)]
    pub by: String,
    /// When, RFC 3339.
    #[serde(default)]
    pub at: String,
}
