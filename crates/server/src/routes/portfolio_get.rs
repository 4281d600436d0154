//! `GET /api/portfolio/...`: properties, units of a property or of a search, and one unit.

use axum::Json;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::wire::portfolio::{PropertiesPage, PropertiesQuery, UnitDetail, UnitsPage, UnitsQuery};
use shared::wire::problem::Problem;

use crate::auth::Office;
use crate::list_filter::check_text;
use crate::list_page::{PageRows, after_number};
use crate::portfolio::{self, PropertiesAsked, UnitsAsked};
use crate::problem::ApiError;
use crate::state::AppState;

const ROWS: PageRows = PageRows {
    default: 100,
    max: 200,
};

/// The properties that the caller may see, by code.
#[utoipa::path(
    get, path = "/api/portfolio/properties", tag = "office", params(PropertiesQuery),
    responses(
        (status = OK, body = PropertiesPage), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
    )
)]
pub(crate) async fn properties(
    State(app): State<AppState>,
    Office(person): Office,
    query: Result<Query<PropertiesQuery>, QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(query) = query?;
    check_text("q", query.q.as_deref())?;
    check_text("after", query.after.as_deref())?;
    let asked = PropertiesAsked {
        limit: ROWS.asked(query.limit)? as usize,
        sought: query.q,
        after: query.after,
    };
    let page = portfolio::properties(&app.store, &person.properties, &asked).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(page)))
}

/// The units of a property in walking order; or, with `q`, the first that fit it, of one property or of all.
#[utoipa::path(
    get, path = "/api/portfolio/units", tag = "office", params(UnitsQuery),
    responses(
        (status = OK, body = UnitsPage), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem, description = "No such property, or not for the caller"),
    )
)]
pub(crate) async fn units(
    State(app): State<AppState>,
    Office(person): Office,
    query: Result<Query<UnitsQuery>, QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(query) = query?;
    check_text("property", query.property.as_deref())?;
    check_text("q", query.q.as_deref())?;
    let some = |text: Option<String>| text.filter(|it| !it.trim().is_empty());
    let asked = UnitsAsked {
        limit: ROWS.asked(query.limit)? as usize,
        after: after_number(query.after.as_deref())?,
        property: some(query.property),
        sought: some(query.q),
    };
    if asked.property.is_none() && asked.sought.is_none() {
        return Err(ApiError::BadRequest(
            "Name a `property`, or say in `q` what is searched.".into(),
        ));
    }
    let page = portfolio::units(&app.store, &person.properties, &asked, app.clock.now()).await?;
    let page = page.ok_or(ApiError::NotFound)?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(page)))
}

/// All that the books hold of a unit: meter points with their meters, past ones too, and tenancies.
#[utoipa::path(
    get, path = "/api/portfolio/units/{id}", tag = "office", params(("id" = String, Path, description = "The unit")),
    responses(
        (status = OK, body = UnitDetail),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
        (status = NOT_FOUND, body = Problem, description = "No such unit, or not for the caller"),
    )
)]
pub(crate) async fn unit(
    State(app): State<AppState>,
    Office(person): Office,
    id: Result<Path<i64>, PathRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Path(id) = id?;
    let unit = portfolio::unit(&app.store, &person.properties, id, app.clock.now()).await?;
    let unit = unit.ok_or(ApiError::NotFound)?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(unit)))
}
