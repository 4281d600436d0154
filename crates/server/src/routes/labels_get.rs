//! `GET /api/labels`: the office's list of labels.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::wire::labels::{LabelsPage, LabelsQuery};
use shared::wire::problem::Problem;

use crate::auth::Office;
use crate::labels::{self, LabelFilter, LabelRecord};
use crate::problem::ApiError;
use crate::state::AppState;

const ROWS_DEFAULT: u32 = 100;
const ROWS_MAX: u32 = 500;

/// One page, in walking order. Pages hang together by the last row, so rows that come meanwhile shift nothing.
#[utoipa::path(
    get, path = "/api/labels", tag = "office", params(LabelsQuery),
    responses(
        (status = OK, body = LabelsPage), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
    )
)]
pub(crate) async fn labels(
    State(app): State<AppState>,
    Office(person): Office,
    query: Result<Query<LabelsQuery>, QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(query) = query?;
    let limit = query.limit.unwrap_or(ROWS_DEFAULT);
    if !(1..=ROWS_MAX).contains(&limit) {
        return Err(ApiError::BadRequest(format!("`limit` is 1 to {ROWS_MAX}")));
    }
    let limit = limit as usize;
    let filter = LabelFilter::new(&person.properties, query)?;
    let mut rows = labels::page(&app.store, &filter, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(LabelRecord::place);
    let (total, active) = labels::totals(&app.store, &filter).await?;
    let page = LabelsPage {
        rows: rows.into_iter().map(LabelRecord::into_row).collect(),
        total,
        active,
        next,
        properties: labels::properties(&app.store, &person.properties).await?,
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(page)))
}
