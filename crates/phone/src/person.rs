//! Who works with the app.

use serde::{Deserialize, Serialize};
use shared::id::DeviceId;
use shared::wire::session::RoleName;

/// The person whose queue, list and settings are shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// The account's name, as the server stores it.
    pub username: String,
    /// What the person may do.
    pub role: RoleName,
    /// The phone's id, given at its first sign-in.
    pub device_id: Option<DeviceId>,
}
