//! `GET /api/periods/{property}/{period}/handover.csv`, `.xlsx` and `.json`: a closed period for billing.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use shared::wire::handover::Handover;
use shared::wire::problem::Problem;

use super::periods_get::{PeriodPath, named};
use crate::auth::{Office, Person};
use crate::handover::{self, HandoverRows};
use crate::problem::ApiError;
use crate::state::AppState;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// One row a meter point, and one more for each move of the period, in walking order. Texts that a spreadsheet would take for a
/// formula begin with an apostrophe.
#[utoipa::path(
    get, path = "/api/periods/{property}/{period}/handover.csv", tag = "office",
    params(("property" = String, Path, description = "Property code"), ("period" = String, Path, description = "`2026-11`")),
    responses(
        (status = OK, body = String, content_type = "text/csv"), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem), (status = CONFLICT, body = Problem, description = "`period_open`"),
    )
)]
pub(crate) async fn csv(
    State(app): State<AppState>,
    Office(person): Office,
    path: PeriodPath,
) -> Result<Response, ApiError> {
    let (frame, rows) = closed(&app, &person, path).await?;
    let body = handover::csv::body(rows);
    Ok(file(
        &frame,
        "csv",
        "text/csv; charset=utf-8; header=present",
        body,
    ))
}

/// The same as a workbook with numbers and dates.
#[utoipa::path(
    get, path = "/api/periods/{property}/{period}/handover.xlsx", tag = "office",
    params(("property" = String, Path, description = "Property code"), ("period" = String, Path, description = "`2026-11`")),
    responses(
        (status = OK, body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = BAD_REQUEST, body = Problem), (status = UNAUTHORIZED, body = Problem),
        (status = FORBIDDEN, body = Problem), (status = NOT_FOUND, body = Problem),
        (status = CONFLICT, body = Problem, description = "`period_open`"),
    )
)]
pub(crate) async fn xlsx(
    State(app): State<AppState>,
    Office(person): Office,
    path: PeriodPath,
) -> Result<Response, ApiError> {
    let (frame, rows) = closed(&app, &person, path).await?;
    let bytes = handover::workbook::bytes(rows)
        .await
        .map_err(ApiError::internal)?;
    Ok(file(&frame, "xlsx", XLSX, Body::from(bytes)))
}

/// The same for programs, with who closed the period and when.
#[utoipa::path(
    get, path = "/api/periods/{property}/{period}/handover.json", tag = "office",
    params(("property" = String, Path, description = "Property code"), ("period" = String, Path, description = "`2026-11`")),
    responses(
        (status = OK, body = Handover), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem), (status = CONFLICT, body = Problem, description = "`period_open`"),
    )
)]
pub(crate) async fn json(
    State(app): State<AppState>,
    Office(person): Office,
    path: PeriodPath,
) -> Result<Response, ApiError> {
    let (frame, rows) = closed(&app, &person, path).await?;
    let body = handover::json::body(&frame, rows).map_err(ApiError::internal)?;
    Ok(file(&frame, "json", "application/json", body))
}

async fn closed(
    app: &AppState,
    person: &Person,
    path: PeriodPath,
) -> Result<(Handover, HandoverRows), ApiError> {
    let (property, period) = named(app, person, path).await?;
    let handover = handover::handover(&app.store, &property, period).await?;
    handover.ok_or(ApiError::PeriodOpen)
}

fn file(frame: &Handover, ending: &str, media_type: &'static str, body: Body) -> Response {
    let plain = |it: char| if it.is_ascii_alphanumeric() { it } else { '-' };
    let property: String = frame.property.chars().map(plain).collect();
    let name = format!(
        "attachment; filename=\"handover-{property}-{}.{ending}\"",
        frame.period
    );
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Letters, digits and dashes.
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}
