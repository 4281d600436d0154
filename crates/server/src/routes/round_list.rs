//! `GET /api/latest-tenant-readings`: all that a phone needs for its round, complete or since a cursor.

mod streamed;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use shared::wire::list::{ListQuery, RoundList};
use shared::wire::problem::Problem;

use crate::auth::{Person, PropertyScope, SignedIn};
use crate::hexadecimal::hexadecimal;
use crate::problem::ApiError;
use crate::state::AppState;
use crate::store::{DeviceState, RoundListQuery};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// The list, or what changed in it since `since`.
#[utoipa::path(
    get, path = "/api/latest-tenant-readings", tag = "phone", params(ListQuery),
    responses(
        (status = OK, body = RoundList),
        (status = NOT_MODIFIED, description = "as the `If-None-Match` that was sent"),
        (status = UNAUTHORIZED, body = Problem),
        (status = FORBIDDEN, body = Problem, description = "`device_revoked`: erase the list, keep the outbox"),
    )
)]
pub(crate) async fn list(
    State(app): State<AppState>,
    SignedIn(person): SignedIn,
    Query(query): Query<ListQuery>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    refuse_revoked(&app, &person).await?;
    let now = app.clock.now();
    let present = Cursor {
        epoch: app.store.identity().epoch.clone(),
        assignment: assignment(&person),
        // Read before the rows: what is committed in between is told twice rather than never.
        change: app.store.last_change_seq().await?,
    };
    let since = query
        .since
        .as_deref()
        .and_then(Cursor::parse)
        .and_then(|since| since.valid_in(&present));
    let tag = entity_tag(&present, since, now.ms().div_euclid(DAY_MS));
    let cache = [
        (header::ETAG, tag.as_str()),
        (header::CACHE_CONTROL, "private, no-cache"),
    ];
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if known.split(',').any(|it| it.trim() == tag) {
        return Ok((StatusCode::NOT_MODIFIED, cache).into_response());
    }
    let captured_by = person.name_normal.clone();
    let rows_query = RoundListQuery {
        captured_by,
        scope: person.properties,
        since,
        now,
    };
    let settings = app.store.rule_settings().await?;
    let mut found = app.store.round_list(&rows_query).await?;
    let list = RoundList {
        cursor: present.to_string(),
        full: since.is_none(),
        settings,
        properties: found.properties,
        rows: found.points.portion().await?,
        removed: found.removed,
        decisions: found.decisions,
    };
    if found.points.is_empty() {
        return Ok((cache, Json(list)).into_response());
    }
    let body = streamed::body(list, found.points).map_err(ApiError::internal)?;
    let json = [(header::CONTENT_TYPE, "application/json")];
    Ok((cache, json, body).into_response())
}

/// A revoked phone is told nothing about tenants any more; what it sends is still taken, for the office to decide.
async fn refuse_revoked(app: &AppState, person: &Person) -> Result<(), ApiError> {
    let Some(device_id) = person.device_id else {
        return Ok(());
    };
    match app.store.device_state(device_id).await? {
        DeviceState::Revoked => Err(ApiError::DeviceRevoked),
        DeviceState::Enrolled | DeviceState::Unknown => Ok(()),
    }
}

/// How far a phone's list goes: opaque to it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cursor {
    epoch: String,
    assignment: String,
    change: i64,
}

impl Cursor {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let (epoch, assignment) = (parts.next()?.to_owned(), parts.next()?.to_owned());
        Some(Self {
            epoch,
            assignment,
            change: parts.next()?.parse().ok()?,
        })
    }

    // The change number to go on from, unless the list has to be replaced.
    fn valid_in(&self, present: &Self) -> Option<i64> {
        let same = self.epoch == present.epoch && self.assignment == present.assignment;
        (same && (0..=present.change).contains(&self.change)).then_some(self.change)
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.epoch, self.assignment, self.change)
    }
}

// Who it is and what the person may see: another list after either has changed.
fn assignment(person: &Person) -> String {
    let scope = match &person.properties {
        PropertyScope::All => String::from("*"),
        PropertyScope::Some(codes) => codes.iter().map(|code| format!("{code}\n")).collect(),
    };
    short_hash(&format!("{}\n{scope}", person.account_id))
}

// The day counts, as the periods that are told depend on it.
fn entity_tag(present: &Cursor, since: Option<i64>, day: i64) -> String {
    let since = since.unwrap_or(-1);
    format!(
        "\"{}\"",
        short_hash(&format!("{present}/{since}/{day}/{}", env!("CARGO_PKG_VERSION")))
    )
}

fn short_hash(text: &str) -> String {
    hexadecimal(&Sha256::digest(text)[..8])
}
