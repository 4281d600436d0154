//! A photo from the phone's gallery instead of the live camera.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, ImageBitmap};

use super::decoder::{self, Picture};
use super::frame::Canvas;

/// Why a photo gave no text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum PhotoError {
    /// The file is no picture that the browser can open.
    NotAPicture,
    /// There is no label in it that could be read.
    NothingRead,
    /// The scanner could not be loaded, or failed.
    ScannerFailed,
}

/// The text of the label in a photo.
pub(crate) async fn read(file: &File) -> Result<String, PhotoError> {
    let bitmap = open(file).await.ok_or(PhotoError::NotAPicture)?;
    let pixels = Canvas::new().and_then(|canvas| canvas.photo(&bitmap));
    bitmap.close();
    let seen = decoder::decode(&pixels.ok_or(PhotoError::NotAPicture)?, Picture::Photo).await;
    seen.map_err(|_| PhotoError::ScannerFailed)?
        .text
        .ok_or(PhotoError::NothingRead)
}

async fn open(file: &File) -> Option<ImageBitmap> {
    let promise = web_sys::window()?.create_image_bitmap_with_blob(file).ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}
