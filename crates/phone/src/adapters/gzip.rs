//! Gzip by the browser.

use js_sys::{Array, ArrayBuffer, JsString, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CompressionFormat, CompressionStream, Response};

/// Below this a request is sent as it is.
const PLAIN_BYTES_MAX: u32 = 1024;

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
    // Bytes at once: what a blob holds would travel to another process of the browser and back, to be packed and to be sent.
    let plain = TextEncoder::new()?.encode_text(&texts.join(""));
    let plain_bytes = plain.byte_length();
    if plain_bytes <= PLAIN_BYTES_MAX || !can_compress() {
        return Ok(Packed {
            bytes: u64::from(plain_bytes),
            body: plain.into(),
            gzipped: false,
        });
    }
    let stream = CompressionStream::new(CompressionFormat::Gzip)?;
    let writer = stream.writable().get_writer()?;
    // Both end with the stream, whose end is awaited below.
    let _ = writer.write_with_chunk(&plain);
    let _ = writer.close();
    let response = Response::new_with_opt_readable_stream(Some(&stream.readable()))?;
    let buffer: ArrayBuffer = JsFuture::from(response.array_buffer()?).await?.unchecked_into();
    Ok(Packed {
        bytes: u64::from(buffer.byte_length()),
        body: Uint8Array::new(&buffer).into(),
        gzipped: true,
    })
}

#[wasm_bindgen]
extern "C" {
    /// Only for a text that stays the browser's: the binding in `web-sys` takes one of ours.
    type TextEncoder;
    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<TextEncoder, JsValue>;
    #[wasm_bindgen(method, js_name = encode)]
    fn encode_text(this: &TextEncoder, text: &JsString) -> Uint8Array;
}

fn can_compress() -> bool {
    Reflect::has(&js_sys::global(), &"CompressionStream".into()).unwrap_or(false)
}
