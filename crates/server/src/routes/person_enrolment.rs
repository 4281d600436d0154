//! `POST` and `DELETE /api/people/{id}/enrolment`: an admin shows a code by which a phone is enrolled, and takes it back.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use shared::wire::people::EnrolmentCode;
use shared::wire::problem::Problem;

use super::people_post::account_id;
use crate::accounts::{self, EnrolmentToken};
use crate::auth::Admin;
use crate::config::ServerConfig;
use crate::enrolment_picture::picture;
use crate::problem::ApiError;
use crate::state::AppState;

/// The page of the app that reads what follows `#`.
const PAGE: &str = "/enrol";

/// Makes a code for an active technician: good once, for 15 minutes, told in this answer and never again. The code before is
/// good no more.
#[utoipa::path(
    post, path = "/api/people/{id}/enrolment", tag = "people", params(("id" = String, Path, description = "The account")),
    responses(
        (status = OK, body = EnrolmentCode),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem),
        (status = CONFLICT, body = Problem, description = "`not_technician`, `not_active`"),
    )
)]
pub(crate) async fn show(
    State(app): State<AppState>,
    State(config): State<Arc<ServerConfig>>,
    Admin(admin): Admin,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, ApiError> {
    let account_id = account_id(&id)?;
    let token = EnrolmentToken::from_random(rand::random());
    let invitation = accounts::invite(&app.store, app.clock.now(), &admin.name, account_id, &token).await?;
    let link = format!("{}{PAGE}#{}", address(&config, &headers), token.as_str());
    let code = EnrolmentCode {
        username: invitation.username,
        svg: picture(&link).ok_or_else(|| ApiError::internal("the link fits no QR code"))?,
        link,
        expires_at: invitation.expires_at.to_rfc3339(),
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(code)))
}

/// The code that was not used yet is good no more.
#[utoipa::path(
    delete, path = "/api/people/{id}/enrolment", tag = "people", params(("id" = String, Path, description = "The account")),
    responses(
        (status = NO_CONTENT),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem),
    )
)]
pub(crate) async fn take_back(
    State(app): State<AppState>,
    Admin(admin): Admin,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    accounts::take_back(&app.store, app.clock.now(), &admin.name, account_id(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where the phone finds the app: the public address, or else the one that the admin's page came from, which was checked to
/// be ours.
fn address(config: &ServerConfig, headers: &HeaderMap) -> String {
    let origin = headers.get(header::ORIGIN).and_then(|it| it.to_str().ok());
    match (&config.public_url, origin) {
        (Some(url), _) => url.origin().to_owned(),
        (None, Some(origin)) => origin.to_owned(),
        (None, None) => config.address(),
    }
}
