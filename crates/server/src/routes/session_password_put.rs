//! `PUT /api/session/password`: somebody chooses a password of their own.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{Extensions, HeaderMap, StatusCode};
use shared::password::NewPassword;
use shared::wire::problem::Problem;
use shared::wire::session::PasswordChange;
use tower_sessions::Session as CookieSession;

use crate::accounts::{self, AccountError};
use crate::auth::Newcomer;
use crate::auth::caller_address::caller_address;
use crate::auth::password::PasswordChecker;
use crate::auth::present_password;
use crate::auth::sign_in_limit::SignInLimit;
use crate::config::ServerConfig;
use crate::problem::ApiError;
use crate::state::AppState;

/// Changes the password. This session goes on, also with a first password until now; the person's others end. The present
/// password may be tried as often as at the sign-in, and the tries of both count together.
#[utoipa::path(
    put, path = "/api/session/password", tag = "session", request_body = PasswordChange,
    responses(
        (status = NO_CONTENT), (status = BAD_REQUEST, body = Problem), (status = UNAUTHORIZED, body = Problem),
        (status = UNPROCESSABLE_ENTITY, body = Problem,
            description = "`present_password_wrong`, `password_too_short`, `password_too_long`, `password_same`"),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "come back after `Retry-After`"),
    )
)]
#[allow(clippy::too_many_arguments)] // each is one thing that the request or the server brings along
pub(crate) async fn change(
    State(app): State<AppState>,
    State(config): State<Arc<ServerConfig>>,
    State(passwords): State<PasswordChecker>,
    State(limit): State<Arc<SignInLimit>>,
    Newcomer(person): Newcomer,
    cookie: CookieSession,
    extensions: Extensions,
    headers: HeaderMap,
    body: Result<Json<PasswordChange>, JsonRejection>,
) -> Result<StatusCode, ApiError> {
    let Json(PasswordChange {
        password,
        new_password,
    }) = body?;
    let new = NewPassword::parse_instead(&password, &new_password).map_err(AccountError::from)?;
    let address = caller_address(&config, &extensions, &headers);
    let present_hash =
        present_password::check(&app, (&passwords, &limit), &person, password, address).await?;
    let new_hash = passwords.hash(new).await.map_err(AccountError::from)?;
    let own_session = cookie.id().map(|id| id.to_string()).unwrap_or_default();
    let (store, now, account_id) = (&app.store, app.clock.now(), person.account_id);
    let changed =
        accounts::change_password(store, now, account_id, &present_hash, &new_hash, &own_session).await?;
    if changed {
        Ok(StatusCode::NO_CONTENT)
    } else {
        // An admin has reset it in the meantime.
        Err(AccountError::WrongPresentPassword.into())
    }
}
