//! `PUT /api/settings/devices`: from which age on the office is warned of readings that wait on a phone.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use shared::device_warning::{DeviceRules, OLD_AFTER_HOURS_MAX};
use shared::wire::devices::DeviceSettings;
use shared::wire::problem::Problem;

use crate::accounts;
use crate::auth::Admin;
use crate::problem::ApiError;
use crate::state::AppState;

/// Counts from the next look at the list of phones.
#[utoipa::path(
    put, path = "/api/settings/devices", tag = "office", request_body = DeviceSettings,
    responses(
        (status = NO_CONTENT),
        (status = BAD_REQUEST, body = Problem, description = "less than an hour or more than a month"),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
    )
)]
pub(crate) async fn set(
    State(app): State<AppState>,
    Admin(person): Admin,
    body: Result<Json<DeviceSettings>, JsonRejection>,
) -> Result<StatusCode, ApiError> {
    let Json(settings) = body?;
    let rules = DeviceRules::parse(settings.old_after_hours).ok_or_else(|| {
        ApiError::BadRequest(format!(
            "old_after_hours is a number of hours from 1 to {OLD_AFTER_HOURS_MAX}."
        ))
    })?;
    accounts::set_device_rules(&app.store, app.clock.now(), &person.name, rules).await?;
    Ok(StatusCode::NO_CONTENT)
}
