//! `GET /api/readings/{id}`: one item with all its revisions.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::id::ItemId;
use shared::wire::office::{ReadingRow, ReadingsQuery};
use shared::wire::problem::Problem;
use uuid::Uuid;

use crate::auth::{Person, SignedIn};
use crate::problem::ApiError;
use crate::reading_rows::{self, Filter};
use crate::state::AppState;

/// Every revision that arrived, the highest first; an item of somebody else is not found.
#[utoipa::path(
    get, path = "/api/readings/{id}", tag = "office", params(("id" = Uuid, Path, description = "The item")),
    responses(
        (status = OK, body = Vec<ReadingRow>), (status = UNAUTHORIZED, body = Problem),
        (status = NOT_FOUND, body = Problem),
    )
)]
pub(crate) async fn reading(
    State(app): State<AppState>,
    SignedIn(person): SignedIn,
    id: Result<Path<Uuid>, PathRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Path(id) = id?;
    let rows = revisions_seen_by(&app, &person, ItemId(id)).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(rows)))
}

/// Every revision that this person may see, at least one.
pub(super) async fn revisions_seen_by(
    app: &AppState,
    person: &Person,
    id: ItemId,
) -> Result<Vec<ReadingRow>, ApiError> {
    let filter = Filter::new(person, ReadingsQuery::default())?;
    let rows = reading_rows::revisions(&app.store, &filter, id).await?;
    if rows.is_empty() {
        return Err(ApiError::NotFound);
    }
    Ok(rows)
}
