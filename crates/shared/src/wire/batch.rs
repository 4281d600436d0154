//! `POST /api/readings`: what the phone sends.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::position::{self, WirePosition};
use crate::id::{BatchId, DeviceId, ItemId};

/// At most this many items in one request.
pub const BATCH_ITEMS_MAX: usize = 500;
/// At most this many bytes in one request, as sent and as unpacked.
pub const BATCH_BYTES_MAX: usize = 4 * 1024 * 1024;

/// One request with items. `T` is [`WireItem`], or raw JSON where an item must not spoil its neighbours.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Batch<T> {
    /// Names the request; comes back in the answer.
    pub batch_id: BatchId,
    /// The phone that sends.
    pub device_id: DeviceId,
    /// The highest running number that the phone has given to this person's items.
    pub device_total: u64,
    /// Milliseconds by which the server's clock was ahead of the phone's at sending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_offset_ms: Option<i64>,
    /// The items, in the order of capture.
    pub readings: Vec<T>,
}

/// One item in one revision: a reading (`value`), a skip (`skip_reason`), a void (`void`) or an exchange.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WireItem {
    /// Made on the phone when the form opens.
    pub id: ItemId,
    /// 1 for the first save, one more for each edit or void.
    pub revision: u32,
    /// The phone's running number for this person; kept by edits and voids.
    pub device_seq: u64,
    /// Absent, like the other members of the unit, for an unknown label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property_code: Option<String>,
    /// Empty where the property has no buildings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub building: Option<String>,
    /// The unit's number in its building.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_no: Option<String>,
    /// `electricity`, `water` or `gas`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub utility: Option<String>,
    /// Usually empty; tells two meters of one utility in one unit apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<String>,
    /// Serial of the meter that was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meter_serial: Option<String>,
    /// What an unknown label said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_text: Option<String>,
    /// `2026-11`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// `rule` or `technician`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period_chosen_by: Option<String>,
    /// `regular` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// A decimal number as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// `no_access`, `meter_damaged`, `dial_unreadable`, `label_missing`, `dangerous` or `other`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip_reason: Option<String>,
    /// Takes the item back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub void: bool,
    /// One to three readings that stand or fall together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchange: Vec<WireExchangePart>,
    /// The phone's clock when Save was tapped, RFC 3339 with offset.
    pub read_at: String,
    /// The person who read.
    pub captured_by: String,
    /// Names of the checks that were raised and answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// What the technician answered to a check: `rolled_over`, `verified`, `confirmed`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
    /// Up to 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// SHA-256 of each photo, in hexadecimal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<String>,
    /// Evidence: `scan`, `typed` or `list`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identified_by: Option<String>,
    /// Evidence: the previous value that the form showed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_value: Option<String>,
    /// Evidence: version of the checks that ran on the phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule_version: Option<u32>,
    /// Evidence: what the phone knew of its clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<WireClock>,
    /// Evidence: where the phone was, if the person consented and the phone knew by then.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "position::any_or_none"
    )]
    pub position: Option<WirePosition>,
}

/// One reading of an exchange.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WireExchangePart {
    /// `meter_removed`, `meter_installed` or `regular`.
    pub kind: String,
    /// Serial of the meter that this part reads.
    pub meter_serial: String,
    /// A decimal number as text.
    pub value: String,
    /// Whole digits of a new meter's register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dials: Option<u32>,
    /// Decimals of a new meter's register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u32>,
}

/// What the phone knew of its clock when the item was captured.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WireClock {
    /// Milliseconds by which the server's clock was ahead, as measured last before the capture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset_ms: Option<i64>,
    /// Age of that measurement at the capture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset_age_ms: Option<i64>,
    /// Names the run of the page, so that monotonic times can be compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_session: Option<String>,
    /// Monotonic time of the capture within that run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monotonic_ms: Option<i64>,
}
