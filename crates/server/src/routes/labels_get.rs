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
use crate::list_page::{PageRows, cut};
use crate::problem::ApiError;
use crate::state::AppState;

const ROWS: PageRows = PageRows {
    default: 100,
    max: 500,
};

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
    let limit = ROWS.asked(query.limit)? as usize;
    let filter = LabelFilter::new(&person.properties, query)?;
    let mut rows = labels::page(&app.store, &filter, limit + 1).await?;
    let next = cut(&mut rows, limit, LabelRecord::place);
    let (total, active) = if filter.is_first_page() && next.is_none() {
        labels::counts_of(&rows)
    } else {
        labels::totals(&app.store, &filter).await?
    };
    let page = LabelsPage {
        rows: rows.into_iter().map(LabelRecord::into_row).collect(),
        total,
        active,
        next,
        properties: labels::properties(&app.store, &person.properties).await?,
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(page)))
}
