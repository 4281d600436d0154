//! `GET /api/readings/{id}/photos`: which photos an item names, and which of them are there.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::id::ItemId;
use shared::wire::photo::NamedPhoto;
use shared::wire::problem::Problem;
use uuid::Uuid;

use super::reading_get::revisions_seen_by;
use crate::auth::SignedIn;
use crate::photos;
use crate::problem::ApiError;
use crate::state::AppState;

/// The photos of all revisions, the newest first; an item of somebody else is not found.
#[utoipa::path(
    get, path = "/api/readings/{id}/photos", tag = "office", params(("id" = Uuid, Path, description = "The item")),
    responses(
        (status = OK, body = Vec<NamedPhoto>), (status = UNAUTHORIZED, body = Problem),
        (status = NOT_FOUND, body = Problem),
    )
)]
pub(crate) async fn photos(
    State(app): State<AppState>,
    SignedIn(person): SignedIn,
    id: Result<Path<Uuid>, PathRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Path(id) = id?;
    revisions_seen_by(&app, &person, ItemId(id)).await?;
    let mut named = Vec::new();
    for hash in photos::of_item(&app.store, ItemId(id)).await? {
        let arrived = photos::is_there(&app.store, &app.photos, app.clock.now(), hash).await?;
        named.push(NamedPhoto {
            sha256: hash.to_string(),
            arrived,
        });
    }
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(named)))
}
