//! One part of a photo. Whatever is sent, the answer says what is held: a phone whose answer was lost asks, or sends once
//! more, and goes on from there.

use axum::body::Bytes;
use shared::photo::{MediaType, PHOTO_BYTES_MAX, PartRange, PhotoHash};
use shared::timestamp::Timestamp;
use shared::wire::photo::PhotoState;

use super::objects::{Parts, PhotoObjects};
use super::{Photo, PhotoError, books, is_there, state};
use crate::auth::Person;
use crate::store::Store;

/// Why a part was not taken.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// The whole would be larger than a photo may be, or the part is.
    #[error("photo too large")]
    TooLarge,
    /// The body is not as long as its range.
    #[error("range and body differ")]
    RangeDiffers,
    /// No item of this person names it.
    #[error("photo unexpected")]
    Unexpected,
    /// The whole does not have the hash that it is sent under; its parts are dropped.
    #[error("photo hash differs")]
    HashDiffers,
    /// The whole is neither JPEG nor WebP; its parts are dropped.
    #[error("no picture")]
    NoPicture,
    /// Folder, bucket or books failed.
    #[error(transparent)]
    Failed(#[from] PhotoError),
}

impl From<sqlx::Error> for UploadError {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<object_store::Error> for UploadError {
    fn from(error: object_store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Takes a part, and says what is held then. Complete is said after the whole is stored for good.
pub async fn take(
    store: &Store,
    objects: &PhotoObjects,
    now: Timestamp,
    person: &Person,
    hash: PhotoHash,
    range: PartRange,
    body: Bytes,
) -> Result<PhotoState, UploadError> {
    let total = range.total();
    if total == 0 || total > PHOTO_BYTES_MAX {
        return Err(UploadError::TooLarge);
    }
    if !books::is_expected(store, hash, &person.name_normal).await? {
        return Err(UploadError::Unexpected);
    }
    if is_there(store, objects, now, hash).await? {
        return Ok(state(hash, total, true));
    }
    let mut parts = objects.parts(person.account_id, hash).await?;
    if let PartRange::Part { from, until, .. } = range {
        if u64::try_from(body.len()) != Ok(until - from) {
            return Err(UploadError::RangeDiffers);
        }
        // Anything but what follows is answered and not kept.
        if from == parts.received() {
            objects.put_part(person.account_id, hash, from, body).await?;
            parts = objects.parts(person.account_id, hash).await?;
        }
    }
    if parts.received() < total {
        return Ok(state(hash, parts.received(), false));
    }
    let stored = finish(store, objects, now, person, hash, &parts).await;
    let is_wrong = matches!(stored, Err(UploadError::HashDiffers | UploadError::NoPicture));
    if is_wrong || stored.is_ok() {
        objects.drop_parts(person.account_id, hash).await?;
    }
    stored.map(|()| state(hash, total, true))
}

async fn finish(
    store: &Store,
    objects: &PhotoObjects,
    now: Timestamp,
    person: &Person,
    hash: PhotoHash,
    parts: &Parts,
) -> Result<(), UploadError> {
    let bytes = Bytes::from(objects.join(parts).await?);
    if PhotoHash::of(&bytes) != hash {
        return Err(UploadError::HashDiffers);
    }
    let media_type = MediaType::of(&bytes).ok_or(UploadError::NoPicture)?;
    objects.put(hash, bytes.clone()).await?;
    let photo = Photo { media_type, bytes };
    books::note(store, now, hash, &photo, &person.name_normal).await?;
    Ok(())
}
