//! The scanner as a web worker sees it. A panic ends this instance: the page starts a new worker then.

use scanner::{Gray, Stage, decode, decode_all};
use wasm_bindgen::prelude::wasm_bindgen;

fn main() {}

/// Looks for a label in a frame of a video with the stage that is its turn.
#[wasm_bindgen]
#[must_use]
pub fn scan_frame(rgba: &[u8], width: u32, height: u32, number: u32) -> Option<String> {
    decode(Stage::of_frame(number), &Gray::from_rgba(width, height, rgba)?)
}

/// Looks for a label in a still picture with every stage.
#[wasm_bindgen]
#[must_use]
pub fn scan_photo(rgba: &[u8], width: u32, height: u32) -> Option<String> {
    decode_all(&Gray::from_rgba(width, height, rgba)?)
}
