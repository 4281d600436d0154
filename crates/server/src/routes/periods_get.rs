//! `GET /api/periods`, and what is asked about one period of one property.

use axum::Json;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::period::Period;
use shared::wire::periods::{LatePage, LateQuery, PeriodDetail, PeriodsPage, PeriodsQuery};
use shared::wire::problem::Problem;

use super::missing_get::period_of;
use crate::auth::{Office, Person};
use crate::list_filter::check_text;
use crate::list_page::{PageRows, after_number};
use crate::periods::{self, Asked, Property};
use crate::problem::ApiError;
use crate::state::AppState;

const ROWS: PageRows = PageRows {
    default: 50,
    max: 200,
};

/// Property and month, as an address names them.
pub(super) type PeriodPath = Result<Path<(String, String)>, PathRejection>;

/// How one period stands at each property that the caller may see.
#[utoipa::path(
    get, path = "/api/periods", tag = "office", params(PeriodsQuery),
    responses(
        (status = OK, body = PeriodsPage), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
    )
)]
pub(crate) async fn periods(
    State(app): State<AppState>,
    Office(person): Office,
    query: Result<Query<PeriodsQuery>, QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(query) = query?;
    check_text("after", query.after.as_deref())?;
    let period = query.period.as_deref().filter(|it| !it.is_empty());
    let asked = Asked {
        period: period.map(period_of).transpose()?,
        limit: ROWS.asked(query.limit)? as usize,
        after: query.after,
    };
    let page = periods::page(&app.store, &person.properties, &asked, app.clock.now()).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(page)))
}

/// How complete the period is, what is in the way of closing it, what came too late, and who closed and reopened it.
#[utoipa::path(
    get, path = "/api/periods/{property}/{period}", tag = "office",
    params(("property" = String, Path, description = "Property code"), ("period" = String, Path, description = "`2026-11`")),
    responses(
        (status = OK, body = PeriodDetail), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem, description = "No such property, or not for the caller"),
    )
)]
pub(crate) async fn period(
    State(app): State<AppState>,
    Office(person): Office,
    path: PeriodPath,
) -> Result<impl IntoResponse, ApiError> {
    let (property, period) = named(&app, &person, path).await?;
    answer(&app, &property, period).await
}

/// What arrived after the period was closed, the newest first, with what became of it. It is decided in the inbox.
#[utoipa::path(
    get, path = "/api/periods/{property}/{period}/late", tag = "office",
    params(
        ("property" = String, Path, description = "Property code"), ("period" = String, Path, description = "`2026-11`"),
        LateQuery,
    ),
    responses(
        (status = OK, body = LatePage), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem, description = "No such property, or not for the caller"),
    )
)]
pub(crate) async fn late(
    State(app): State<AppState>,
    Office(person): Office,
    path: PeriodPath,
    query: Result<Query<LateQuery>, QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(query) = query?;
    let (property, period) = named(&app, &person, path).await?;
    let limit = ROWS.asked(query.limit)? as usize;
    let after = after_number(query.after.as_deref())?;
    let page = periods::late_page(&app.store, &property, period, after, limit).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(page)))
}

/// How the period stands now.
pub(super) async fn answer(
    app: &AppState,
    property: &Property,
    period: Period,
) -> Result<impl IntoResponse + use<>, ApiError> {
    let detail = detail(app, property, period).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(detail)))
}

/// The same, to be looked at first.
pub(super) async fn detail(
    app: &AppState,
    property: &Property,
    period: Period,
) -> Result<PeriodDetail, ApiError> {
    let mut detail = periods::detail(&app.store, property, period, app.clock.now()).await?;
    detail.webhook = app.billing.is_some();
    Ok(detail)
}

/// The property and the month of an address; codes are compared by their normal form.
pub(super) async fn named(
    app: &AppState,
    person: &Person,
    path: PeriodPath,
) -> Result<(Property, Period), ApiError> {
    let Path((property, period)) = path?;
    let period = period_of(&period)?;
    let property = periods::property(&app.store, &person.properties, &property).await?;
    Ok((property.ok_or(ApiError::NotFound)?, period))
}
