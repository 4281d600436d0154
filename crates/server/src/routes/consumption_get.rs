//! `GET /api/consumption` and its charts: what a property used in a month and the twelve before it.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::wire::dashboard::{Consumption, ConsumptionChartQuery, ConsumptionQuery};
use shared::wire::problem::Problem;

use super::missing_get::period_of;
use crate::auth::{Office, Person};
use crate::consumption::{self, ChartLook};
use crate::periods;
use crate::problem::ApiError;
use crate::state::AppState;

/// Opened by itself, a picture loads and runs nothing.
const PICTURE_POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// By utility, the earliest month first. Only official values count: nothing that is held or in conflict.
#[utoipa::path(
    get, path = "/api/consumption", tag = "office", params(ConsumptionQuery),
    responses(
        (status = OK, body = Consumption), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem, description = "No such property, or not for the caller"),
    )
)]
pub(crate) async fn consumption(
    State(app): State<AppState>,
    Office(person): Office,
    query: Result<Query<ConsumptionQuery>, QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(query) = query?;
    let consumption = of(&app, &person, &query.property, &query.period).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(consumption)))
}

/// One utility as a picture: a bar a month, the last one strong. What it shows stands in `GET /api/consumption`.
#[utoipa::path(
    get, path = "/api/consumption/chart.svg", tag = "office", params(ConsumptionChartQuery),
    responses(
        (status = OK, content_type = "image/svg+xml"), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem, description = "No such property, not for the caller, or none of that utility"),
    )
)]
pub(crate) async fn chart(
    State(app): State<AppState>,
    Office(person): Office,
    query: Result<Query<ConsumptionChartQuery>, QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(query) = query?;
    let look = ChartLook::named(query.look.as_deref().unwrap_or("light"))
        .ok_or_else(|| ApiError::BadRequest("`look` is light, dark or sunlight.".into()))?;
    let consumption = of(&app, &person, &query.property, &query.period).await?;
    let utility = consumption
        .utilities
        .iter()
        .find(|it| it.utility == query.utility);
    let svg = consumption::draw(utility.ok_or(ApiError::NotFound)?, look).map_err(ApiError::internal)?;
    Ok((
        [
            (header::CONTENT_TYPE, "image/svg+xml"),
            (header::CONTENT_SECURITY_POLICY, PICTURE_POLICY),
            (header::CACHE_CONTROL, "no-store"),
        ],
        svg,
    ))
}

async fn of(app: &AppState, person: &Person, property: &str, period: &str) -> Result<Consumption, ApiError> {
    let period = period_of(period)?;
    let property = periods::property(&app.store, &person.properties, property).await?;
    let property = property.ok_or(ApiError::NotFound)?;
    Ok(consumption::of_property(&app.store, &property, period).await?)
}
