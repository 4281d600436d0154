//! `GET /api/photos/{sha256}`: a photo, to those who may see the reading that it shows.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use shared::wire::problem::Problem;

use super::photo_put::hash_of;
use crate::auth::SignedIn;
use crate::photos;
use crate::problem::ApiError;
use crate::state::AppState;

/// Whatever a picture holds besides, a browser that opens it by itself runs none of it.
const PICTURE_POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// A picture for whoever works in the office for its property, and for the technician who captured it.
#[utoipa::path(
    get, path = "/api/photos/{sha256}", tag = "office",
    params(("sha256" = String, Path, description = "The photo, as 64 hexadecimal digits")),
    responses(
        (status = OK, content_type = "image/jpeg"), (status = UNAUTHORIZED, body = Problem),
        (status = NOT_FOUND, body = Problem, description = "not arrived yet, or not for this person"),
    )
)]
pub(crate) async fn photo(
    State(app): State<AppState>,
    SignedIn(person): SignedIn,
    hash: Result<Path<String>, PathRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let hash = hash_of(hash)?;
    if !photos::may_see(&app.store, hash, &person).await? {
        return Err(ApiError::NotFound);
    }
    let photo = photos::find(&app.photos, hash).await?.ok_or(ApiError::NotFound)?;
    let name = format!("inline; filename=\"{hash}.{}\"", photo.media_type.extension());
    Ok((
        [
            (header::CONTENT_TYPE, photo.media_type.name().to_owned()),
            (header::CONTENT_DISPOSITION, name),
            (header::CONTENT_SECURITY_POLICY, PICTURE_POLICY.to_owned()),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ],
        photo.bytes,
    ))
}
