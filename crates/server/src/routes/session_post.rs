//! `POST /api/session`: sign in; a technician's phone enrols itself.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{ConnectInfo, State};
use axum::http::{Extensions, HeaderMap};
use shared::id::DeviceId;
use shared::wire::problem::Problem;
use shared::wire::session::{RoleName, Session, SignIn};
use tower_sessions::Session as CookieSession;

use crate::accounts;
use crate::auth::password::PasswordChecker;
use crate::auth::sign_in_limit::SignInLimit;
use crate::auth::{Person, identify};
use crate::config::ServerConfig;
use crate::problem::ApiError;
use crate::routes::session_get::describe;
use crate::state::AppState;

/// Opens a session. Unknown names and wrong passwords get the same answer after the same time.
#[utoipa::path(
    post, path = "/api/session", tag = "session", request_body = SignIn,
    responses(
        (status = OK, body = Session),
        (status = UNAUTHORIZED, body = Problem, description = "`sign_in_failed`"),
        (status = FORBIDDEN, body = Problem, description = "`device_revoked`, `foreign_origin`"),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "come back after `Retry-After`"),
    )
)]
#[allow(clippy::too_many_arguments)] // each is one thing that the request or the server brings along
pub(crate) async fn sign_in(
    State(app): State<AppState>,
    State(config): State<Arc<ServerConfig>>,
    State(passwords): State<PasswordChecker>,
    State(limit): State<Arc<SignInLimit>>,
    cookie: CookieSession,
    extensions: Extensions,
    headers: HeaderMap,
    body: Result<Json<SignIn>, JsonRejection>,
) -> Result<Json<Session>, ApiError> {
    let Json(SignIn {
        username,
        password,
        device_id,
    }) = body?;
    limit.count(
        &accounts::name_normal(&username),
        caller_address(&config, &extensions, &headers),
    )?;
    let credentials = accounts::credentials(&app.store, &username).await?;
    let (account_id, hash) = credentials.map(|known| (known.id, known.password_hash)).unzip();
    let right = passwords.verify(password, hash).await;
    let account_id = account_id.filter(|_| right).ok_or(ApiError::SignInFailed)?;
    let mut person = accounts::person(&app.store, account_id)
        .await?
        .ok_or(ApiError::SignInFailed)?;
    person.device_id = enrol(&app, &person, device_id).await?;
    identify::open(&cookie, app.clock.now(), &person).await?;
    describe(&app, &person).await.map(Json)
}

async fn enrol(
    app: &AppState,
    person: &Person,
    sent: Option<DeviceId>,
) -> Result<Option<DeviceId>, ApiError> {
    if person.role != RoleName::Technician {
        return Ok(None);
    }
    let now = app.clock.now();
    let device_id = sent.unwrap_or_else(|| DeviceId::new(now, rand::random()));
    if accounts::enrol(&app.store, now, device_id, person.account_id).await? {
        Ok(Some(device_id))
    } else {
        Err(ApiError::DeviceRevoked)
    }
}

/// The caller's address; behind our own reverse proxy the one that the proxy saw.
fn caller_address(config: &ServerConfig, extensions: &Extensions, headers: &HeaderMap) -> Option<IpAddr> {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip();
    if !(peer.is_loopback() && config.public_url.is_some()) {
        return Some(peer);
    }
    // The last entry is the proxy's own; those before it are what the caller claims.
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()?
        .to_str()
        .ok()?;
    forwarded.rsplit(',').next()?.trim().parse().ok().or(Some(peer))
}
