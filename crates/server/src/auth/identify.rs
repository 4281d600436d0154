//! From the cookie to the person, on each call.
//!
//! The session's id is renewed at sign-in and never on plain requests: an answer that gets lost on a bad link must not
//! sign the phone out. What slides is the end of a technician's session, at most once a day.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use shared::id::DeviceId;
use shared::timestamp::Timestamp;
use shared::wire::session::RoleName;
use time::OffsetDateTime;
use tower_sessions::{Expiry, Session};

use super::Person;
use crate::clock::Clock;
use crate::problem::ApiError;
use crate::store::lookup::Lookup;

/// The session's member with the account's key.
pub const ACCOUNT_KEY: &str = "account_id";
const DEVICE_KEY: &str = "device_id";
const SIGNED_IN_KEY: &str = "signed_in_at";
const BY_CODE_KEY: &str = "by_code";
const RENEWED_KEY: &str = "renewed_at";

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// A season's worth of weeks without network, counted from the last contact.
const TECHNICIAN_LIFETIME_MS: i64 = 90 * DAY_MS;
/// One working day, counted from the sign-in: laptops stay open on desks.
const OFFICE_LIFETIME_MS: i64 = DAY_MS / 2;
/// A write a day keeps a technician signed in; a write a request would cost an fsync each.
const RENEW_AFTER_MS: i64 = DAY_MS;

/// Looks the session's person up and hands them to the extractors; nobody is refused here.
pub async fn identify(
    State((people, clock)): State<(Lookup<i64, Person>, Clock)>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    match find(&people, clock.now(), &session).await {
        Ok(Some(person)) => {
            request.extensions_mut().insert(person);
        }
        Ok(None) => {}
        // Saying "sign in" because the database is away would send people home.
        Err(error) => return error.into_response(),
    }
    next.run(request).await
}

/// By what somebody signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedInBy {
    /// By the account's password.
    Password,
    /// By a passkey: whoever had to choose a password first could not make one, and has to choose one all the same.
    Passkey,
    /// By a code that an admin showed: it says nothing of the password, so a first one may stay.
    Code,
}

/// Opens a session for `person` under a new id.
pub async fn open(
    session: &Session,
    now: Timestamp,
    person: &Person,
    by: SignedInBy,
) -> Result<(), ApiError> {
    session.cycle_id().await?;
    session.insert(ACCOUNT_KEY, person.account_id).await?;
    session.insert(DEVICE_KEY, person.device_id).await?;
    session.insert(SIGNED_IN_KEY, now.ms()).await?;
    session.insert(RENEWED_KEY, now.ms()).await?;
    session.insert(BY_CODE_KEY, by == SignedInBy::Code).await?;
    session.set_expiry(Some(Expiry::AtDateTime(moment(
        now.plus_ms(lifetime_ms(person.role)),
    )?)));
    session.save().await?;
    Ok(())
}

async fn find(
    people: &Lookup<i64, Person>,
    now: Timestamp,
    session: &Session,
) -> Result<Option<Person>, ApiError> {
    let Some(account_id) = session.get::<i64>(ACCOUNT_KEY).await? else {
        return Ok(None);
    };
    let Some(mut person) = people.find(account_id).await? else {
        return Ok(None);
    };
    person.device_id = session.get::<Option<DeviceId>>(DEVICE_KEY).await?.flatten();
    let by_code = session.get::<bool>(BY_CODE_KEY).await?.unwrap_or(false);
    person.must_change_password &= !by_code;
    let signed_in_at = Timestamp::from_ms(session.get::<i64>(SIGNED_IN_KEY).await?.unwrap_or(0));
    let renewed_at = Timestamp::from_ms(session.get::<i64>(RENEWED_KEY).await?.unwrap_or(0));
    match person.role {
        RoleName::Technician if now.since_ms(renewed_at) > RENEW_AFTER_MS => {
            session.insert(RENEWED_KEY, now.ms()).await?;
            session.set_expiry(Some(Expiry::AtDateTime(moment(
                now.plus_ms(TECHNICIAN_LIFETIME_MS),
            )?)));
        }
        RoleName::Technician => {}
        // Also for a technician who became a reviewer: the longer session ends with the role.
        RoleName::Reviewer | RoleName::Admin if now.since_ms(signed_in_at) > OFFICE_LIFETIME_MS => {
            return Ok(None);
        }
        RoleName::Reviewer | RoleName::Admin => {}
    }
    Ok(Some(person))
}

fn lifetime_ms(role: RoleName) -> i64 {
    match role {
        RoleName::Technician => TECHNICIAN_LIFETIME_MS,
        RoleName::Reviewer | RoleName::Admin => OFFICE_LIFETIME_MS,
    }
}

fn moment(at: Timestamp) -> Result<OffsetDateTime, ApiError> {
    OffsetDateTime::from_unix_timestamp(at.ms().div_euclid(1_000)).map_err(ApiError::internal)
}
