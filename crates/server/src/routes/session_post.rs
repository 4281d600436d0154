//! `POST /api/session`: sign in; a technician's phone enrols itself.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{Extensions, HeaderMap};
use shared::id::DeviceId;
use shared::wire::problem::Problem;
use shared::wire::session::{RoleName, Session, SignIn};
use tower_sessions::Session as CookieSession;

use crate::accounts;
use crate::auth::Person;
use crate::auth::caller_address::caller_address;
use crate::auth::identify::{self, SignedInBy};
use crate::auth::password::PasswordChecker;
use crate::auth::refused_sign_in::{Refused, counted, note};
use crate::auth::sign_in_limit::SignInLimit;
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
    let address = caller_address(&config, &extensions, &headers);
    let count = limit.count(&accounts::name_normal(&username), address);
    counted(&app, &limit, count, &username, address).await?;
    let credentials = accounts::credentials(&app.store, &username).await?;
    let (account_id, hash) = credentials.map(|known| (known.id, known.password_hash)).unzip();
    let right = passwords.verify(password, hash).await;
    let Some(account_id) = account_id.filter(|_| right) else {
        note(&app, &limit, Refused::SignIn, &username, address).await;
        return Err(ApiError::SignInFailed);
    };
    let mut person = accounts::person(&app.store, account_id)
        .await?
        .ok_or(ApiError::SignInFailed)?;
    person.device_id = enrol(&app, &person, device_id).await?;
    identify::open(&cookie, app.clock.now(), &person, SignedInBy::Password).await?;
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
