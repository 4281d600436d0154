//! `GET /api/session`: who is signed in.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use shared::wire::problem::Problem;
use shared::wire::session::Session;

use crate::accounts;
use crate::auth::{Newcomer, Person};
use crate::problem::ApiError;
use crate::state::AppState;

/// Tells who is signed in.
#[utoipa::path(
    get, path = "/api/session", tag = "session",
    responses((status = OK, body = Session), (status = UNAUTHORIZED, body = Problem))
)]
pub(crate) async fn session(
    State(app): State<AppState>,
    Newcomer(person): Newcomer,
) -> Result<impl IntoResponse, ApiError> {
    let session = describe(&app, &person).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(session)))
}

/// The session as the phone needs to know it.
pub(super) async fn describe(app: &AppState, person: &Person) -> Result<Session, ApiError> {
    let device_seq_seen = match person.device_id {
        Some(device_id) => {
            accounts::device_seq_seen(&app.store, device_id, person.account_id, &person.name_normal).await?
        }
        None => 0,
    };
    Ok(Session {
        username: person.name.clone(),
        role: person.role,
        device_id: person.device_id,
        device_seq_seen,
        must_change_password: person.must_change_password,
    })
}
