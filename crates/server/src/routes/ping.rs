//! `GET /api/ping?nonce=N`: is this really our server? Asks no database, so that it answers while that is busy.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;
use shared::wire::ping::{Ping, SERVICE_NAME};
use shared::wire::problem::Problem;
use utoipa::IntoParams;

use crate::problem::ApiError;
use crate::state::AppState;

/// The oldest app version that is still understood in full.
const CLIENT_VERSION_MIN: &str = "0.1.0";
/// A UUID has 36; nobody shall have long texts sent back.
const NONCE_CHARACTERS_MAX: usize = 64;

/// The query.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct PingQuery {
    /// Comes back in the answer; 1 to 64 letters, digits, `-` or `_`.
    nonce: String,
}

/// Proves that the answer comes from this server and not from a portal on the way.
#[utoipa::path(
    get, path = "/api/ping", tag = "connection", params(PingQuery),
    responses((status = OK, body = Ping), (status = BAD_REQUEST, body = Problem))
)]
pub(crate) async fn ping(
    State(app): State<AppState>,
    query: Result<Query<PingQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(PingQuery { nonce }) = query?;
    let plain = nonce
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if nonce.is_empty() || nonce.len() > NONCE_CHARACTERS_MAX || !plain {
        return Err(ApiError::BadRequest(format!(
            "`nonce` has 1 to {NONCE_CHARACTERS_MAX} letters, digits, - or _."
        )));
    }
    let identity = app.store.identity();
    let answer = Ping {
        service: SERVICE_NAME.into(),
        nonce,
        time: app.clock.now().to_rfc3339(),
        server_id: identity.server_id.clone(),
        epoch: identity.epoch.clone(),
        min_client: CLIENT_VERSION_MIN.into(),
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)))
}
