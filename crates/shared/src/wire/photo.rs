//! `PUT /api/photos/{sha256}`: what the server holds of a photo.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The media type of the answer; without it nothing is an acknowledgement.
pub const PHOTO_STATE_MEDIA_TYPE: &str = "application/vnd.meterline.photo+json";

/// The code of a 409: no item of this person names the photo (yet).
pub const PHOTO_UNEXPECTED: &str = "photo_unexpected";

/// What the server holds of one photo.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PhotoState {
    /// The photo, as 64 hexadecimal digits in lower case.
    pub sha256: String,
    /// Bytes that are held, from the first on without a gap.
    pub received: u64,
    /// All of it is there, has this hash, and is stored.
    pub complete: bool,
}

/// `GET /api/readings/{id}/photos`: a photo that an item names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NamedPhoto {
    /// The photo, as 64 hexadecimal digits in lower case.
    pub sha256: String,
    /// It is there; without it, it is still on the phone.
    pub arrived: bool,
}
