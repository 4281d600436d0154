//! `PUT /api/settings/periods`: how long after its end a month still takes readings.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use shared::period::{LATE_DAYS_MAX, LateDays};
use shared::wire::periods::PeriodSettings;
use shared::wire::problem::Problem;

use crate::auth::Admin;
use crate::periods;
use crate::problem::ApiError;
use crate::state::AppState;

/// Counts for what is read from now on; phones learn it with their next list.
#[utoipa::path(
    put, path = "/api/settings/periods", tag = "office", request_body = PeriodSettings,
    responses(
        (status = NO_CONTENT), (status = BAD_REQUEST, body = Problem, description = "more than 27 days"),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
    )
)]
pub(crate) async fn set(
    State(app): State<AppState>,
    Admin(person): Admin,
    body: Result<Json<PeriodSettings>, JsonRejection>,
) -> Result<StatusCode, ApiError> {
    let Json(settings) = body?;
    let late_days = LateDays::parse(settings.late_days).ok_or_else(|| {
        ApiError::BadRequest(format!(
            "late_days is a number of days from 0 to {LATE_DAYS_MAX}."
        ))
    })?;
    periods::set_late_days(&app.store, app.clock.now(), &person.name, late_days).await?;
    Ok(StatusCode::NO_CONTENT)
}
