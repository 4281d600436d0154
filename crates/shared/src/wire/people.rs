//! `/api/people`: accounts as admins see and change them, and the codes that enrol phones.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::labels::LabelProperty;
use super::session::RoleName;
use crate::id::DeviceId;

/// Filters, all optional and combined by "and". `after` continues behind the last row of a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
pub struct PeopleQuery {
    /// Part of a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// `technician`, `reviewer` or `admin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// `active` or `inactive`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Code of a property that is assigned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
    /// Opaque: `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Rows a page, 1 to 500; 100 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// One page, by name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PeoplePage {
    /// The rows.
    pub rows: Vec<PersonRow>,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Every property that can be assigned.
    pub properties: Vec<LabelProperty>,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PersonRow {
    /// Identity, opaque.
    pub id: String,
    /// Name to sign in with; it never changes.
    pub username: String,
    /// How the person is called; may be empty.
    #[serde(default)]
    pub full_name: String,
    /// What the person may do.
    pub role: RoleName,
    /// Whether the person may sign in.
    pub active: bool,
    /// Every property, also later ones.
    pub all_properties: bool,
    /// Codes of the properties that are assigned; of no meaning with `all_properties`.
    #[serde(default)]
    pub properties: Vec<String>,
    /// The password is the first one, which the person has to change.
    #[serde(default)]
    pub first_password: bool,
    /// How many passkeys let the person in beside the password.
    #[serde(default)]
    pub passkeys: u32,
    /// When the account was made, RFC 3339.
    pub created_at: String,
}

/// `POST /api/people`: an account to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewPerson {
    /// Name to sign in with, 1 to 40 characters.
    pub username: String,
    /// What can be changed later.
    #[serde(flatten)]
    pub members: PersonMembers,
}

/// What of an account can be changed; `PUT /api/people/{id}` replaces all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PersonMembers {
    /// How the person is called, up to 80 characters; may be empty.
    #[serde(default)]
    pub full_name: String,
    /// What the person may do.
    pub role: RoleName,
    /// Whether the person may sign in.
    #[serde(default = "yes")]
    pub active: bool,
    /// Every property, also later ones.
    #[serde(default)]
    pub all_properties: bool,
    /// Codes of the properties that are assigned; of no meaning with `all_properties`.
    #[serde(default)]
    pub properties: Vec<String>,
}

/// An account with the password that the server made for it: told this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FirstPassword {
    /// The account.
    pub person: PersonRow,
    /// Has to be changed at the first sign-in.
    pub first_password: String,
}

/// A code that enrols a phone for a person: told this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EnrolmentCode {
    /// The person.
    pub username: String,
    /// The address that the code leads to; what follows `#` is secret.
    pub link: String,
    /// The same as a QR code, SVG.
    pub svg: String,
    /// When it runs out, RFC 3339.
    pub expires_at: String,
}

/// `POST /api/enrolment`: what a phone has read from a code.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Enrolment {
    /// What followed `#`.
    pub token: String,
    /// The phone, if it has an id already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_id: Option<DeviceId>,
}

fn yes() -> bool {
    true
}
