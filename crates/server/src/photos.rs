//! Photos: parts come in, a whole one whose hash is right is stored, those who may see it get it.

mod books;
mod objects;
mod place;
mod upload;

use axum::body::Bytes;
use shared::photo::{MediaType, PhotoHash};
use shared::timestamp::Timestamp;
use shared::wire::photo::PhotoState;

pub use books::{count, may_see, of_item};
pub use objects::PhotoObjects;
pub use place::PhotoPlace;
pub use upload::{UploadError, take};

use crate::store::Store;

/// Why photos can't be had.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// The folder or bucket refused or failed.
    #[error("photos: {0}")]
    Objects(#[from] object_store::Error),
    /// The books refused or failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
}

/// One photo, whole.
#[derive(Debug)]
pub struct Photo {
    /// Its kind, by its bytes.
    pub media_type: MediaType,
    /// All of it.
    pub bytes: Bytes,
}

/// The photo, if it is there.
pub async fn find(objects: &PhotoObjects, hash: PhotoHash) -> Result<Option<Photo>, PhotoError> {
    let Some(bytes) = objects.get(hash).await? else {
        return Ok(None);
    };
    Ok(MediaType::of(&bytes).map(|media_type| Photo { media_type, bytes }))
}

/// Whether it is there. What the books have forgotten by a restore and the folder still holds is noted again: it was
/// stored under its hash when that was right, and never changed since.
pub async fn is_there(
    store: &Store,
    objects: &PhotoObjects,
    now: Timestamp,
    hash: PhotoHash,
) -> Result<bool, PhotoError> {
    if books::is_noted(store, hash).await? {
        return Ok(true);
    }
    let Some(photo) = find(objects, hash).await? else {
        return Ok(false);
    };
    books::note(store, now, hash, &photo, "").await?;
    Ok(true)
}

/// What is told of a photo that is not whole yet, or that is.
fn state(hash: PhotoHash, received: u64, complete: bool) -> PhotoState {
    PhotoState {
        sha256: hash.to_string(),
        received,
        complete,
    }
}
