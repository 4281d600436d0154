//! `GET /api/missing`: meter points without a value in a period.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::period::Period;
use shared::wire::missing::{MissingPage, MissingQuery};
use shared::wire::problem::Problem;

use crate::auth::Office;
use crate::list_filter::check_text;
use crate::list_page::{PageRows, after_number};
use crate::missing::{self, Asked};
use crate::problem::ApiError;
use crate::state::AppState;

const ROWS: PageRows = PageRows {
    default: 100,
    max: 200,
};

/// Meter points in service of one property that have no value in one period, in walking order: why somebody could not read,
/// the last value, what either method would estimate, and whether a reading is asked for.
#[utoipa::path(
    get, path = "/api/missing", tag = "office", params(MissingQuery),
    responses(
        (status = OK, body = MissingPage), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem, description = "No such property, or not for the caller"),
    )
)]
pub(crate) async fn missing(
    State(app): State<AppState>,
    Office(person): Office,
    query: Result<Query<MissingQuery>, QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(query) = query?;
    check_text("property", query.property.as_deref())?;
    let limit = ROWS.asked(query.limit)?;
    let period = query.period.as_deref().filter(|it| !it.is_empty());
    let asked = Asked {
        period: period.map(period_of).transpose()?,
        after: after_number(query.after.as_deref())?,
        limit: limit as usize,
        property: query.property,
    };
    let page = missing::page(&app.store, &person.properties, &asked, app.clock.now()).await?;
    let page = page.ok_or(ApiError::NotFound)?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(page)))
}

/// A month as callers name it.
pub(super) fn period_of(text: &str) -> Result<Period, ApiError> {
    Period::parse(text).ok_or_else(|| ApiError::BadRequest("`period` is a month such as 2026-11.".into()))
}
