//! Photos of a form: stored before the form is, refused before a reading would be.

use shared::id::ItemId;
use shared::item::PHOTOS_MAX;
use shared::photo::{PhotoHash, PhotoKey, has_room};
use web_sys::File;

use crate::adapters::idb::StoreError;
use crate::adapters::picture::{self, PictureError};
use crate::adapters::{entropy, persist};
use crate::runtime::Runtime;
use crate::view_state::ItemForm;

/// Why a photo was not added. The form keeps everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoError {
    /// What is left of the phone's space is kept for readings.
    NoRoom,
    /// The file is no picture that the browser can open.
    NotAPicture,
    /// However it is made smaller, it stays too large.
    TooLarge,
    /// The form has as many as an item can name.
    TooMany,
    /// The device's store failed.
    StoreFailed,
}

impl Runtime {
    /// Makes the picture small, stores it, and says its hash for the form.
    pub async fn add_photo(self, form: &ItemForm, file: &File) -> Result<String, PhotoError> {
        let core = self.core();
        let person = core.person().ok_or(PhotoError::StoreFailed)?;
        if form.photos.len() >= PHOTOS_MAX {
            return Err(PhotoError::TooMany);
        }
        let storage = persist::state().await;
        let bytes_of = |estimate: Option<f64>| estimate.map(|bytes| bytes.max(0.0) as u64);
        if !has_room(bytes_of(storage.used_bytes), bytes_of(storage.quota_bytes)) {
            return Err(PhotoError::NoRoom);
        }
        let bytes = picture::shrink(file).await.map_err(|error| match error {
            PictureError::NotAPicture => PhotoError::NotAPicture,
            PictureError::TooLarge => PhotoError::TooLarge,
        })?;
        let photo = PhotoKey {
            item: form.id,
            hash: PhotoHash::of(&bytes),
        };
        let stored = core
            .photos
            .put(&person.username, &photo, entropy::now(), &bytes)
            .await;
        match stored {
            Ok(()) => Ok(photo.hash.to_string()),
            Err(StoreError::Full) => Err(PhotoError::NoRoom),
            Err(StoreError::Failed(_)) => Err(PhotoError::StoreFailed),
        }
    }

    /// The form does not name it any more. What can't be deleted is swept later.
    pub async fn remove_photo(self, item: ItemId, hash: &str) {
        let core = self.core();
        if let (Some(person), Some(hash)) = (core.person(), PhotoHash::parse(hash)) {
            let _ = core
                .photos
                .delete(&person.username, &PhotoKey { item, hash })
                .await;
        }
    }

    /// An address for showing a photo of this phone; `None` when it is not here (any more).
    pub async fn photo_url(self, item: ItemId, hash: &str) -> Option<String> {
        let core = self.core();
        let person = core.person()?;
        let hash = PhotoHash::parse(hash)?;
        let bytes = core
            .photos
            .bytes(&person.username, &PhotoKey { item, hash })
            .await;
        picture::show(&bytes.ok()??)
    }

    /// Photos of this item that are still on this phone.
    pub(crate) fn photos_of(self, item: ItemId) -> usize {
        let core = self.core();
        let keys = core.photo_keys.borrow();
        keys.iter().filter(|photo| photo.item == item).count()
    }
}
