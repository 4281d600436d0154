//! Gzip by the browser.

use js_sys::{Array, ArrayBuffer, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CompressionFormat, CompressionStream, Response};

/// Below this a request is sent as it is.
const PLAIN_BYTES_MAX: f64 = 1024.0;

/// A request body, ready to be sent.
pub struct Packed {
    /// What is sent: bytes, or a blob where nothing was packed.
    pub body: JsValue,
    /// Its size.
    pub bytes: u64,
    /// `Content-Encoding: gzip` goes with it.
    pub gzipped: bool,
}

/// Joins the texts to one body and packs it if it is large and the browser can.
pub async fn pack(texts: &Array) -> Result<Packed, JsValue> {
    let plain = Blob::new_with_str_sequence(texts)?;
    if plain.size() <= PLAIN_BYTES_MAX || !can_compress() {
        return Ok(Packed {
            bytes: plain.size() as u64,
            body: plain.into(),
            gzipped: false,
        });
    }
    let stream = CompressionStream::new(CompressionFormat::Gzip)?;
    // A CompressionStream is a readable and writable pair by its members.
    let packed = plain.stream().pipe_through(stream.unchecked_ref());
    let response = Response::new_with_opt_readable_stream(Some(&packed))?;
    // Bytes travel with the request; a blob would be fetched from another process of the browser.
    let buffer: ArrayBuffer = JsFuture::from(response.array_buffer()?).await?.unchecked_into();
    Ok(Packed {
        bytes: u64::from(buffer.byte_length()),
        body: Uint8Array::new(&buffer).into(),
        gzipped: true,
    })
}

fn can_compress() -> bool {
    Reflect::has(&js_sys::global(), &"CompressionStream".into()).unwrap_or(false)
}
