//! `PUT` and `DELETE /api/devices/{id}/revocation`: an admin stops trusting a phone, and takes it back in.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use shared::id::DeviceId;
use shared::wire::problem::Problem;

use crate::accounts::{self, Standing};
use crate::auth::{Admin, Person};
use crate::problem::ApiError;
use crate::state::AppState;

/// From now on what the phone sends is held for the office, and it gets no list. Nothing on it is touched.
#[utoipa::path(
    put, path = "/api/devices/{id}/revocation", tag = "office",
    params(("id" = DeviceId, Path, description = "The phone")),
    responses(
        (status = NO_CONTENT),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem),
    )
)]
pub(crate) async fn revoke(
    State(app): State<AppState>,
    Admin(person): Admin,
    Path(device): Path<DeviceId>,
) -> Result<StatusCode, ApiError> {
    decide(&app, &person, device, Standing::Revoked).await
}

/// The phone is trusted again; what it sent meanwhile stays with the office.
#[utoipa::path(
    delete, path = "/api/devices/{id}/revocation", tag = "office",
    params(("id" = DeviceId, Path, description = "The phone")),
    responses(
        (status = NO_CONTENT),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem),
    )
)]
pub(crate) async fn readmit(
    State(app): State<AppState>,
    Admin(person): Admin,
    Path(device): Path<DeviceId>,
) -> Result<StatusCode, ApiError> {
    decide(&app, &person, device, Standing::Enrolled).await
}

async fn decide(
    app: &AppState,
    person: &Person,
    device: DeviceId,
    standing: Standing,
) -> Result<StatusCode, ApiError> {
    if accounts::set_standing(&app.store, app.clock.now(), &person.name, device, standing).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::NotFound)
    }
}
