//! `/api/passkeys` and `/api/session/passkey`: keys that the browser or a device keeps, with which people of the office sign
//! in beside their password. What stands in `options` and `credential` is the browser's own format (WebAuthn, level 3, in
//! JSON) and is handed on as it is.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// Characters that the name of a passkey may have.
pub const PASSKEY_NAME_CHARACTERS_MAX: usize = 40;

/// A passkey's name as it is kept: without what is blank around it, of one character to [`PASSKEY_NAME_CHARACTERS_MAX`], none
/// of which controls anything. `None` for any other.
pub fn passkey_name(typed: &str) -> Option<&str> {
    let name = typed.trim();
    let fits = (1..=PASSKEY_NAME_CHARACTERS_MAX).contains(&name.chars().count());
    (fits && !name.chars().any(char::is_control)).then_some(name)
}

/// `GET /api/session/passkey`: whether this server lets people in by passkeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PasskeyOffer {
    /// It does: it has a public address that a passkey can be bound to.
    pub on: bool,
}

/// What has begun, and what the browser is asked. It is over after five minutes, and can be finished once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PasskeyCeremony {
    /// Names it when it is finished; opaque.
    pub ceremony: String,
    /// For `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`.
    #[schema(value_type = Object)]
    pub options: Value,
}

/// `POST /api/session/passkey`: signs in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PasskeySignIn {
    /// What has begun.
    pub ceremony: String,
    /// `PublicKeyCredential.toJSON()`.
    #[schema(value_type = Object)]
    pub credential: Value,
}

/// `POST /api/passkeys/begin`: a passkey is to be added.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewPasskey {
    /// The present password: a session that was left open must not become a key for ever.
    pub password: String,
}

/// `POST /api/passkeys`: the browser has made one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MadePasskey {
    /// What has begun.
    pub ceremony: String,
    /// How the person calls it, 1 to 40 characters.
    pub name: String,
    /// `PublicKeyCredential.toJSON()`.
    #[schema(value_type = Object)]
    pub credential: Value,
}

/// `GET /api/passkeys`: the person's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PasskeyList {
    /// Whether one can be added, and lets in.
    pub on: bool,
    /// The oldest first.
    pub rows: Vec<PasskeyRow>,
}

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PasskeyRow {
    /// Identity, opaque.
    pub id: String,
    /// How the person calls it.
    pub name: String,
    /// When it was added, RFC 3339.
    pub created_at: String,
    /// When it last let the person in, RFC 3339; absent when it never did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<String>,
}
