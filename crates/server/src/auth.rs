//! Who calls. Handlers take one of the extractors below; no handler looks at a header or a cookie.
//!
//! The session layer has looked the person up in the database before the handler runs, so a changed role,
//! assignment or password counts from the very next call.

pub mod allowed;
pub(crate) mod caller_address;
pub mod identify;
pub mod password;
pub(crate) mod present_password;
pub(crate) mod refused_sign_in;
pub mod relying_party;
pub mod session_store;
pub mod sign_in_limit;

use std::collections::BTreeSet;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use shared::id::DeviceId;
use shared::wire::session::RoleName;

use crate::problem::ApiError;

/// The person behind a request, as the database knows them now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Key of the account.
    pub account_id: i64,
    /// The account's name, as stored.
    pub name: String,
    /// The name as it is compared; `item.captured_by` holds this.
    pub name_normal: String,
    /// What the person may do.
    pub role: RoleName,
    /// Which properties the person may see.
    pub properties: PropertyScope,
    /// The phone that this session was opened on.
    pub device_id: Option<DeviceId>,
    /// The session was opened by a first password, which has to be changed before anything else.
    pub must_change_password: bool,
}

/// Which properties a person may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PropertyScope {
    /// Every one, also those that are added later.
    All,
    /// These, by normalised code (`property.code_normal`).
    Some(BTreeSet<String>),
}

impl PropertyScope {
    /// Whether a property, named by its normalised code, may be seen.
    pub fn contains(&self, code_normal: &str) -> bool {
        match self {
            Self::All => true,
            Self::Some(codes) => codes.contains(code_normal),
        }
    }

    /// The codes as a JSON list for `json_each`; `None` means no limit.
    pub fn as_json(&self) -> Option<String> {
        match self {
            Self::All => None,
            Self::Some(codes) => serde_json::to_string(codes).ok(),
        }
    }
}

/// Anybody who is signed in, also by a first password that was not changed yet.
#[derive(Debug, Clone)]
pub struct Newcomer(pub Person);

/// Anybody who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn(pub Person);

/// A technician.
#[derive(Debug, Clone)]
pub struct Technician(pub Person);

/// A reviewer or an admin.
#[derive(Debug, Clone)]
pub struct Office(pub Person);

/// An admin.
#[derive(Debug, Clone)]
pub struct Admin(pub Person);

/// An extractor that lets some roles through.
pub trait Caller: FromRequestParts<()> + Send + Sync + 'static {
    /// Whom it lets through.
    const ROLES: &'static [RoleName];
    /// Whether also those who have to change their first password before anything else.
    const NEWCOMERS: bool;
}

macro_rules! extractor {
    ($name:ident, newcomers: $newcomers:literal, $($role:ident),+) => {
        impl Caller for $name {
            const ROLES: &'static [RoleName] = &[$(RoleName::$role),+];
            const NEWCOMERS: bool = $newcomers;
        }

        impl<S: Send + Sync> FromRequestParts<S> for $name {
            type Rejection = ApiError;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
                let person = parts
                    .extensions
                    .get::<Person>()
                    .ok_or(ApiError::SignInNeeded)?;
                if person.must_change_password && !Self::NEWCOMERS {
                    Err(ApiError::PasswordChangeNeeded)
                } else if Self::ROLES.contains(&person.role) {
                    Ok(Self(person.clone()))
                } else {
                    Err(ApiError::NotAllowed)
                }
            }
        }
    };
}

extractor!(Newcomer, newcomers: true, Technician, Reviewer, Admin);
extractor!(SignedIn, newcomers: false, Technician, Reviewer, Admin);
extractor!(Technician, newcomers: false, Technician);
extractor!(Office, newcomers: false, Reviewer, Admin);
extractor!(Admin, newcomers: false, Admin);
