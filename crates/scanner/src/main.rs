//! The scanner as a web worker sees it. A panic ends this instance: the page starts a new worker then.

use scanner::{Gray, Stage, decode, decode_all};
use wasm_bindgen::prelude::wasm_bindgen;

fn main() {}

/// What was seen in a picture.
#[wasm_bindgen(getter_with_clone)]
pub struct Sight {
    /// The text of the label, if one was read.
    pub text: Option<String>,
    /// So dark that a light would help.
    pub dark: bool,
}

/// Looks for a label in a frame of a video with the stage that is its turn. Nothing if the sizes do not fit.
#[wasm_bindgen]
#[must_use]
pub fn scan_frame(rgba: &[u8], width: u32, height: u32, number: u32) -> Option<Sight> {
    let gray = Gray::from_rgba(width, height, rgba)?;
    Some(Sight {
        text: decode(Stage::of_frame(number), &gray),
        dark: gray.is_dark(),
    })
}

/// Looks for a label in a still picture with every stage. Nothing if the sizes do not fit.
#[wasm_bindgen]
#[must_use]
pub fn scan_photo(rgba: &[u8], width: u32, height: u32) -> Option<Sight> {
    let gray = Gray::from_rgba(width, height, rgba)?;
    Some(Sight {
        text: decode_all(&gray),
        dark: gray.is_dark(),
    })
}
