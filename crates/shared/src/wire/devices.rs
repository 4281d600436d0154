//! `GET /api/devices`: the phones as the office sees them, and which of them want attention.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::DeviceId;

/// The answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DeviceList {
    /// One row a phone and person, those that want attention first, then by last contact, newest first.
    pub devices: Vec<DeviceRow>,
    /// From this age on a reading that waits on a phone is warned of.
    pub old_after_hours: u32,
}

/// `PUT /api/settings/devices`: when the office is warned of a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeviceSettings {
    /// From this age on a reading that waits on a phone is warned of; 1 to 744.
    pub old_after_hours: u32,
}

/// One phone with one person's queue on it: two people can share a phone, their queues stay apart.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DeviceRow {
    /// The phone.
    pub device_id: DeviceId,
    /// Whose queue it is.
    pub username: String,
    /// When the phone was enrolled, RFC 3339.
    pub enrolled_at: String,
    /// When it was revoked, RFC 3339; absent while it may send.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<String>,
    /// When it last said how its queue is, RFC 3339; absent when it never did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_contact_at: Option<String>,
    /// The highest running number known of it: what it said, or what arrived from it.
    pub device_total: u64,
    /// How many of the running numbers 1 to `device_total` have arrived.
    pub received: u64,
    /// Those that have not, as inclusive ranges, rising; they wait on the phone, or are lost.
    #[serde(default)]
    pub missing: Vec<(u64, u64)>,
    /// How many it said to have waiting.
    pub waiting: u64,
    /// When the oldest of those was read, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest_read_at: Option<String>,
    /// Version of its app; empty when it never said.
    #[serde(default)]
    pub app_version: String,
    /// `protected`, `best_effort`, `unknown`, or empty.
    #[serde(default)]
    pub storage: String,
    /// What the office should look at.
    #[serde(default)]
    pub warning: DeviceWarning,
}

/// What the office should look at.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DeviceWarning {
    /// Nothing.
    #[default]
    None,
    /// Readings have waited on it for longer than the set time.
    OldReadings,
    /// Running numbers are missing that it does not say to have: those readings may be lost.
    Gaps,
}
