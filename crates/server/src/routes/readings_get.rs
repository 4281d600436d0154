//! `GET /api/readings`: the office's list; a technician's own items.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::wire::office::{ReadingsPage, ReadingsQuery};
use shared::wire::problem::Problem;

use crate::auth::SignedIn;
use crate::list_filter::FilterError;
use crate::list_page::{PageRows, cut};
use crate::problem::ApiError;
use crate::reading_rows::{self, Filter};
use crate::state::AppState;

const ROWS: PageRows = PageRows {
    default: 100,
    max: 500,
};

/// One page, newest arrival first. Pages hang together by the receipt number, so rows that arrive meanwhile shift nothing.
#[utoipa::path(
    get, path = "/api/readings", tag = "office", params(ReadingsQuery),
    responses(
        (status = OK, body = ReadingsPage), (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem),
    )
)]
pub(crate) async fn readings(
    State(app): State<AppState>,
    SignedIn(person): SignedIn,
    query: Result<Query<ReadingsQuery>, QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(query) = query?;
    let limit = ROWS.asked(query.limit)?;
    let filter = Filter::new(&person, query)?;
    // Taken before the rows: what arrives between the two is told once more by the events, never left out.
    let event_seq = app.store.last_change_seq().await?;
    let mut rows = reading_rows::page(&app.store, &filter, i64::from(limit) + 1).await?;
    let next = cut(&mut rows, limit as usize, |row| row.receipt_seq.to_string());
    let total = reading_rows::total(&app.store, &filter).await?;
    Ok((
        [(header::CACHE_CONTROL, "no-store")],
        Json(ReadingsPage {
            rows,
            total,
            next,
            event_seq,
        }),
    ))
}

impl From<FilterError> for ApiError {
    fn from(error: FilterError) -> Self {
        Self::BadRequest(error.to_string())
    }
}
