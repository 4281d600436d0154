//! `GET /api/meter-points?q=`: where does an unknown label hang?

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::wire::open_decisions::{MeterPointHit, MeterPointsQuery};
use shared::wire::problem::Problem;

use crate::auth::Office;
use crate::meter_points;
use crate::problem::ApiError;
use crate::state::AppState;

/// The first few meter points that fit, by unit, tenant, meter serial or label code.
#[utoipa::path(
    get, path = "/api/meter-points", tag = "office", params(MeterPointsQuery),
    responses(
        (status = OK, body = Vec<MeterPointHit>), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
    )
)]
pub(crate) async fn search(
    State(app): State<AppState>,
    Office(person): Office,
    query: Result<Query<MeterPointsQuery>, QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(query) = query?;
    crate::list_filter::check_text("q", Some(&query.q))?;
    let hits = meter_points::search(&app.store, &person.properties, &query.q, app.clock.now()).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(hits)))
}
