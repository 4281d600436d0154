//! `/api/passkeys`: people of the office see, add and remove their own; and `DELETE /api/people/{id}/passkeys` for admins.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::{Extensions, HeaderMap, StatusCode};
use shared::wire::passkeys::{MadePasskey, NewPasskey, PasskeyCeremony, PasskeyList, PasskeyRow};
use shared::wire::problem::Problem;
use tower_sessions::Session as CookieSession;
use uuid::Uuid;

use super::people_post::account_id;
use crate::accounts::passkeys;
use crate::auth::caller_address::caller_address;
use crate::auth::password::PasswordChecker;
use crate::auth::present_password;
use crate::auth::relying_party::RelyingParty;
use crate::auth::sign_in_limit::SignInLimit;
use crate::auth::{Admin, Office};
use crate::config::ServerConfig;
use crate::problem::ApiError;
use crate::state::AppState;

/// A credential has less than 2 kB; one with every certificate of its maker a few more.
pub(crate) const CREDENTIAL_BYTES_MAX: usize = 64 * 1_024;

/// The person's own, the oldest first.
#[utoipa::path(
    get, path = "/api/passkeys", tag = "passkeys",
    responses(
        (status = OK, body = PasskeyList),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
    )
)]
pub(crate) async fn list(
    State(app): State<AppState>,
    State(relying_party): State<RelyingParty>,
    Office(person): Office,
) -> Result<Json<PasskeyList>, ApiError> {
    Ok(Json(PasskeyList {
        on: relying_party.is_on(),
        rows: passkeys::list(&app.store, person.account_id).await?,
    }))
}

/// Begins to add one: what to ask the browser. The present password may be tried as often as at the sign-in, and the tries of
/// both count together.
#[utoipa::path(
    post, path = "/api/passkeys/begin", tag = "passkeys", request_body = NewPasskey,
    responses(
        (status = OK, body = PasskeyCeremony), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem, description = "`passkeys_off`"),
        (status = CONFLICT, body = Problem, description = "`passkeys_enough`"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "`present_password_wrong`"),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "come back after `Retry-After`"),
    )
)]
#[allow(clippy::too_many_arguments)] // each is one thing that the request or the server brings along
pub(crate) async fn begin(
    State(app): State<AppState>,
    State(config): State<Arc<ServerConfig>>,
    State(relying_party): State<RelyingParty>,
    State(passwords): State<PasswordChecker>,
    State(limit): State<Arc<SignInLimit>>,
    Office(person): Office,
    extensions: Extensions,
    headers: HeaderMap,
    body: Result<Json<NewPasskey>, JsonRejection>,
) -> Result<Json<PasskeyCeremony>, ApiError> {
    let Json(NewPasskey { password }) = body?;
    let address = caller_address(&config, &extensions, &headers);
    present_password::check(&app, (&passwords, &limit), &person, password, address).await?;
    let (store, now, account_id) = (&app.store, app.clock.now(), person.account_id);
    let holder = passkeys::holder(store, account_id, Uuid::new_v4()).await?;
    let (options, asked) = relying_party.ask_for_new(&holder)?;
    let ceremony = passkeys::begin_adding(store, now, account_id, holder.user_handle, &asked).await?;
    Ok(Json(PasskeyCeremony { ceremony, options }))
}

/// Keeps what the browser has made.
#[utoipa::path(
    post, path = "/api/passkeys", tag = "passkeys", request_body = MadePasskey,
    responses(
        (status = OK, body = PasskeyRow), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem, description = "`passkeys_off`"),
        (status = CONFLICT, body = Problem, description = "`passkey_known`"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "`passkey_refused`, `bad_passkey_name`"),
    )
)]
pub(crate) async fn add(
    State(app): State<AppState>,
    State(relying_party): State<RelyingParty>,
    Office(person): Office,
    body: Result<Json<MadePasskey>, JsonRejection>,
) -> Result<Json<PasskeyRow>, ApiError> {
    let Json(sent) = body?;
    let (store, now, account_id) = (&app.store, app.clock.now(), person.account_id);
    let adding = passkeys::take_adding(store, now, &sent.ceremony, account_id).await?;
    let passkey = relying_party.made(sent.credential, &adding.asked)?;
    let row = passkeys::add(store, now, account_id, &sent.name, &adding, &passkey).await?;
    Ok(Json(row))
}

/// Removes one of the person's own. This session goes on; the person's others end, as one may be on the lost device.
#[utoipa::path(
    delete, path = "/api/passkeys/{id}", tag = "passkeys", params(("id" = String, Path, description = "The passkey")),
    responses(
        (status = NO_CONTENT),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem),
    )
)]
pub(crate) async fn remove(
    State(app): State<AppState>,
    Office(person): Office,
    cookie: CookieSession,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let own_session = cookie.id().map(|id| id.to_string()).unwrap_or_default();
    let of = (person.account_id, person.name.as_str());
    passkeys::remove_own(&app.store, app.clock.now(), of, &id, &own_session).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes all of a person's and signs the person out everywhere; harmless when there are none.
#[utoipa::path(
    delete, path = "/api/people/{id}/passkeys", tag = "people", params(("id" = String, Path, description = "The account")),
    responses(
        (status = NO_CONTENT),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem),
    )
)]
pub(crate) async fn remove_all(
    State(app): State<AppState>,
    Admin(admin): Admin,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    passkeys::remove_all(&app.store, app.clock.now(), &admin.name, account_id(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
