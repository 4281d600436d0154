//! `POST /api/devices/{id}/check`: the end check, and the heartbeat that the office sees.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the phone says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeviceReport {
    /// The highest running number that the phone has given to this person's items.
    pub device_total: u64,
    /// Items that still wait on the phone.
    pub waiting: u64,
    /// When the oldest waiting item was read, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest_read_at: Option<String>,
    /// Version of the app.
    #[serde(default)]
    pub app_version: String,
    /// `protected`, `best_effort` or `unknown`.
    #[serde(default)]
    pub storage: String,
}

/// What the server has of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeviceCheck {
    /// How many of the running numbers 1 to `device_total` the server has.
    pub received: u64,
    /// Running numbers it has not got, as inclusive ranges, rising.
    pub missing: Vec<(u64, u64)>,
}
