//! `POST /api/enrolment`: a phone that has read a code is signed in as the person that it was made for.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{Extensions, HeaderMap};
use shared::id::DeviceId;
use shared::wire::people::Enrolment;
use shared::wire::problem::Problem;
use shared::wire::session::Session;
use tower_sessions::Session as CookieSession;

use crate::accounts::{self, AccountError, EnrolmentToken};
use crate::auth::caller_address::caller_address;
use crate::auth::identify::{self, SignedInBy};
use crate::auth::refused_sign_in::{Refused, counted, note};
use crate::auth::sign_in_limit::SignInLimit;
use crate::config::ServerConfig;
use crate::problem::ApiError;
use crate::routes::session_get::describe;
use crate::state::AppState;

/// Uses the code up, enrols the phone and opens a session. A code that was used, has run out, was taken back or never was gets
/// one and the same answer.
#[utoipa::path(
    post, path = "/api/enrolment", tag = "session", request_body = Enrolment,
    responses(
        (status = OK, body = Session), (status = BAD_REQUEST, body = Problem),
        (status = FORBIDDEN, body = Problem, description = "`device_revoked`, `foreign_origin`"),
        (status = GONE, body = Problem, description = "`code_not_good`"),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "come back after `Retry-After`"),
    )
)]
pub(crate) async fn redeem(
    State(app): State<AppState>,
    State(config): State<Arc<ServerConfig>>,
    State(limit): State<Arc<SignInLimit>>,
    cookie: CookieSession,
    extensions: Extensions,
    headers: HeaderMap,
    body: Result<Json<Enrolment>, JsonRejection>,
) -> Result<Json<Session>, ApiError> {
    let Json(Enrolment { token, device_id }) = body?;
    let address = caller_address(&config, &extensions, &headers);
    counted(&app, &limit, limit.count_address(address), "", address).await?;
    let now = app.clock.now();
    let device_id = device_id.unwrap_or_else(|| DeviceId::new(now, rand::random()));
    let account_id = match EnrolmentToken::parse(&token) {
        Some(token) => accounts::redeem(&app.store, now, &token, device_id).await,
        None => Err(AccountError::CodeNotGood),
    };
    if matches!(account_id, Err(AccountError::CodeNotGood)) {
        note(&app, &limit, Refused::EnrolmentCode, "", address).await;
    }
    let person = accounts::person(&app.store, account_id?).await?;
    let mut person = person.ok_or(AccountError::CodeNotGood)?;
    person.device_id = Some(device_id);
    person.must_change_password = false;
    identify::open(&cookie, now, &person, SignedInBy::Code).await?;
    describe(&app, &person).await.map(Json)
}
