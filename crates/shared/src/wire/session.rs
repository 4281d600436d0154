//! `/api/session`: who is signed in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::DeviceId;

/// `POST /api/session`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SignIn {
    /// The account's name.
    pub username: String,
    /// The account's password.
    pub password: String,
    /// The phone, if it has an id already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_id: Option<DeviceId>,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Session {
    /// The account's name, as stored.
    pub username: String,
    /// What the person may do.
    pub role: RoleName,
    /// The phone's id; a phone enrols itself at its first sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_id: Option<DeviceId>,
    /// The highest running number that the server has seen from this phone and person.
    #[serde(default)]
    pub device_seq_seen: u64,
    /// The password is the first one: until the person has chosen another, this session may do nothing else.
    #[serde(default)]
    pub must_change_password: bool,
}

/// `PUT /api/session/password`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct PasswordChange {
    /// The present one.
    pub password: String,
    /// What it is from now on.
    pub new_password: String,
}

/// What a person may do (`product` section 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoleName {
    /// Reads meters of the properties assigned to them.
    Technician,
    /// Reviews, decides, closes, exports.
    Reviewer,
    /// All of that, and people, devices, imports, settings.
    Admin,
}
