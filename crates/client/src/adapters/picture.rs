//! A picture from the phone's camera or gallery: made small enough to travel, and shown.

use js_sys::{ArrayBuffer, Reflect, Uint8Array};
use shared::photo::{Encoding, PHOTO_BYTES_AIM, PHOTO_BYTES_MAX, encodings};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap, Url};

use super::camera::browser::{call, event, object, window_member};

/// Why a file gave no photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PictureError {
    /// It is no picture that the browser can open.
    NotAPicture,
    /// However it is made smaller, it stays too large.
    TooLarge,
}

/// The picture as a JPEG that may travel, upright.
pub(crate) async fn shrink(file: &File) -> Result<Vec<u8>, PictureError> {
    let bitmap = open(file).await.ok_or(PictureError::NotAPicture)?;
    let canvas = canvas().ok_or(PictureError::NotAPicture)?;
    let mut smallest = Err(PictureError::NotAPicture);
    for encoding in encodings(bitmap.width(), bitmap.height()) {
        let Some(bytes) = encode(&canvas, &bitmap, encoding).await else {
            break;
        };
        let size = bytes.len() as u64;
        smallest = match size {
            ..=PHOTO_BYTES_MAX => Ok(bytes),
            _ => Err(PictureError::TooLarge),
        };
        if size <= PHOTO_BYTES_AIM {
            break;
        }
    }
    bitmap.close();
    smallest
}

/// An address under which this page can show the bytes, until it is revoked.
pub(crate) fn show(bytes: &Uint8Array) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type("image/jpeg");
    let parts = js_sys::Array::of1(bytes);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// The bytes behind the address may be forgotten.
pub(crate) fn revoke(url: &str) {
    let _ = Url::revoke_object_url(url);
}

/// As the phone was held: what the camera noted beside the pixels is obeyed.
async fn open(file: &File) -> Option<ImageBitmap> {
    let options = object(&[("imageOrientation", JsValue::from_str("from-image"))]);
    let opened = call(
        &window_member("self"),
        "createImageBitmap",
        &[file.into(), options.into()],
    )?;
    let bitmap: ImageBitmap = JsFuture::from(js_sys::Promise::resolve(&opened))
        .await
        .ok()?
        .dyn_into()
        .ok()?;
    (bitmap.width() > 0 && bitmap.height() > 0).then_some(bitmap)
}

fn canvas() -> Option<HtmlCanvasElement> {
    let document = web_sys::window()?.document()?;
    document.create_element("canvas").ok()?.dyn_into().ok()
}

async fn encode(canvas: &HtmlCanvasElement, bitmap: &ImageBitmap, encoding: Encoding) -> Option<Vec<u8>> {
    let (width, height) = (f64::from(encoding.width), f64::from(encoding.height));
    if (canvas.width(), canvas.height()) != (encoding.width, encoding.height) {
        canvas.set_width(encoding.width);
        canvas.set_height(encoding.height);
    }
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let _ = Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into());
    // JPEG has no transparency; without this, what is transparent turns black.
    context.set_fill_style_str("#ffffff");
    context.fill_rect(0.0, 0.0, width, height);
    context
        .draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height)
        .ok()?;
    let quality = JsValue::from_f64(encoding.quality);
    let blob: Blob = event(|resolve| {
        let begun = canvas.to_blob_with_type_and_encoder_options(&resolve, "image/jpeg", &quality);
        if begun.is_err() {
            let _ = resolve.call0(&JsValue::NULL);
        }
    })
    .await
    .dyn_into()
    .ok()?;
    let buffer: ArrayBuffer = JsFuture::from(blob.array_buffer()).await.ok()?.dyn_into().ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
