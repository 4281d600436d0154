//! `GET /api/arrivals`: how much has arrived from phones since a moment.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::timestamp::LocalTime;
use shared::wire::dashboard::{Arrivals, ArrivalsQuery};
use shared::wire::problem::Problem;

use crate::arrivals;
use crate::auth::Office;
use crate::problem::ApiError;
use crate::state::AppState;

/// When a day began is the caller's to say: laptops stand in time zones.
#[utoipa::path(
    get, path = "/api/arrivals", tag = "office", params(ArrivalsQuery),
    responses(
        (status = OK, body = Arrivals), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
    )
)]
pub(crate) async fn arrivals(
    State(app): State<AppState>,
    Office(person): Office,
    query: Result<Query<ArrivalsQuery>, QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(query) = query?;
    let since = LocalTime::parse(&query.since)
        .ok_or_else(|| ApiError::BadRequest("`since` is a time such as 2026-11-27T00:00:00Z.".into()))?;
    let arrivals = arrivals::since(&app.store, &person, since.at).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(arrivals)))
}
