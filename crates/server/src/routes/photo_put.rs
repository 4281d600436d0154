//! `PUT /api/photos/{sha256}`: a part of a photo, or the question how much of it is there.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use shared::photo::{PartRange, PhotoHash};
use shared::wire::photo::{PHOTO_STATE_MEDIA_TYPE, PhotoState};
use shared::wire::problem::Problem;

use crate::auth::Technician;
use crate::photos::{self, UploadError};
use crate::problem::ApiError;
use crate::state::AppState;

/// Takes the bytes that `Content-Range` names (`bytes 0-65535/150000`), or answers `bytes */150000`. Whatever was sent, the
/// answer says what is held; `complete` only after the hash was found right and the whole is stored.
#[utoipa::path(
    put, path = "/api/photos/{sha256}", tag = "phone",
    params(
        ("sha256" = String, Path, description = "The photo, as 64 hexadecimal digits"),
        ("Content-Range" = String, Header, description = "which bytes of how many; `*` asks"),
    ),
    request_body(content_type = "application/octet-stream"),
    responses(
        (status = OK, body = PhotoState, content_type = "application/vnd.meterline.photo+json"),
        (status = BAD_REQUEST, body = Problem), (status = UNAUTHORIZED, body = Problem),
        (status = FORBIDDEN, body = Problem),
        (status = CONFLICT, body = Problem, description = "`photo_unexpected`: no item of this person names it"),
        (status = PAYLOAD_TOO_LARGE, body = Problem, description = "over 300,000 bytes"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "`photo_hash_differs`, `photo_no_picture`: its parts are dropped"),
    )
)]
pub(crate) async fn take(
    State(app): State<AppState>,
    Technician(person): Technician,
    hash: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let hash = hash_of(hash)?;
    let range = headers
        .get(header::CONTENT_RANGE)
        .and_then(|value| value.to_str().ok())
        .and_then(PartRange::parse)
        .ok_or_else(|| {
            ApiError::BadRequest("`Content-Range` is such as bytes 0-65535/150000 or bytes */150000.".into())
        })?;
    let now = app.clock.now();
    let held = photos::take(&app.store, &app.photos, now, &person, hash, range, body?).await?;
    Ok((
        [
            (header::CONTENT_TYPE, PHOTO_STATE_MEDIA_TYPE),
            (header::CACHE_CONTROL, "no-store"),
        ],
        serde_json::to_vec(&held).map_err(ApiError::internal)?,
    ))
}

/// The photo that a path names.
pub(super) fn hash_of(path: Result<Path<String>, PathRejection>) -> Result<PhotoHash, ApiError> {
    let Path(text) = path?;
    PhotoHash::parse(&text).ok_or(ApiError::NotFound)
}

impl From<UploadError> for ApiError {
    fn from(error: UploadError) -> Self {
        match error {
            UploadError::TooLarge => Self::PhotoTooLarge,
            UploadError::RangeDiffers => {
                Self::BadRequest("The body has not as many bytes as `Content-Range` says.".into())
            }
            UploadError::Unexpected => Self::PhotoUnexpected,
            UploadError::HashDiffers => Self::PhotoHashDiffers,
            UploadError::NoPicture => Self::PhotoNoPicture,
            UploadError::Failed(error) => Self::from(error),
        }
    }
}
