//! `PUT /api/settings/periods`: when a month is read, and how long after its end it still takes readings.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use shared::period::{LATE_DAYS_MAX, LateDays};
use shared::reading_window::{WINDOW_DAYS_MAX, WINDOW_DAYS_MIN, WindowDays};
use shared::wire::periods::PeriodSettings;
use shared::wire::problem::Problem;

use crate::auth::Admin;
use crate::periods::{self, Limits};
use crate::problem::ApiError;
use crate::state::AppState;

/// Late days count for what is read from now on; phones learn both with their next list. The reading window keeps nothing out.
#[utoipa::path(
    put, path = "/api/settings/periods", tag = "office", request_body = PeriodSettings,
    responses(
        (status = NO_CONTENT),
        (status = BAD_REQUEST, body = Problem, description = "more than 27 late days, or a reading window of none or more than 31"),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
    )
)]
pub(crate) async fn set(
    State(app): State<AppState>,
    Admin(person): Admin,
    body: Result<Json<PeriodSettings>, JsonRejection>,
) -> Result<StatusCode, ApiError> {
    let Json(settings) = body?;
    let limits = read(&settings)?;
    periods::set_limits(&app.store, app.clock.now(), &person.name, limits).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn read(settings: &PeriodSettings) -> Result<Limits, ApiError> {
    let outside = |name: &str, least: u32, most: u32| {
        ApiError::BadRequest(format!("{name} is a number of days from {least} to {most}."))
    };
    let late_days =
        LateDays::parse(settings.late_days).ok_or_else(|| outside("late_days", 0, LATE_DAYS_MAX))?;
    let window_days = settings
        .reading_window_days
        .map(|days| {
            WindowDays::parse(days)
                .ok_or_else(|| outside("reading_window_days", WINDOW_DAYS_MIN, WINDOW_DAYS_MAX))
        })
        .transpose()?;
    Ok(Limits {
        late_days,
        window_days,
    })
}
