//! One frame of a film: a wall in uneven light, and on it perhaps a label.

use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode};

use super::{HEIGHT, WIDTH};

/// Pixels a module of the label.
const MODULE_PIXELS: f32 = 8.0;
/// Modules of white around the code, as the standard wants.
const MARGIN_MODULES: i32 = 4;
/// How far the label hangs askew, and how far the hand turns it from frame to frame.
const TILT_DEGREES: f32 = 7.0;
const SWAY_DEGREES: f32 = 2.0;
/// The darkest and the brightest value of a video.
const VIDEO_RANGE: (f32, f32) = (16.0, 235.0);

/// A label, ready to be drawn.
pub(super) struct Label {
    modules: i32,
    dark: Vec<bool>,
}

impl Label {
    pub(super) fn new(text: &str) -> Result<Label, QrError> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
        let dark = code
            .to_colors()
            .into_iter()
            .map(|color| color == Color::Dark)
            .collect();
        Ok(Label {
            modules: code.width() as i32,
            dark,
        })
    }

    /// How bright the label is here, in modules from its middle; `None` beside it.
    fn brightness(&self, across: f32, down: f32) -> Option<f32> {
        let place = |along: f32| (along + self.modules as f32 / 2.0).floor() as i32;
        let (column, row) = (place(across), place(down));
        let paper = -MARGIN_MODULES..self.modules + MARGIN_MODULES;
        if !paper.contains(&column) || !paper.contains(&row) {
            return None;
        }
        let code = 0..self.modules;
        let dark = code.contains(&column)
            && code.contains(&row)
            && self.dark[(row * self.modules + column) as usize];
        Some(if dark { 40.0 } else { 205.0 })
    }
}

/// The brightness of all pixels, row by row.
pub(super) fn draw(label: Option<&Label>, number: u32) -> Vec<u8> {
    let degrees = TILT_DEGREES + SWAY_DEGREES * (number as f32 / 3.0).sin();
    let (sine, cosine) = degrees.to_radians().sin_cos();
    let mut random = number;
    let mut pixels = Vec::with_capacity(WIDTH * HEIGHT);
    for row in 0..HEIGHT {
        for column in 0..WIDTH {
            let x = (column as f32 - WIDTH as f32 / 2.0) / MODULE_PIXELS;
            let y = (row as f32 - HEIGHT as f32 / 2.0) / MODULE_PIXELS;
            let on_label =
                label.and_then(|label| label.brightness(x * cosine + y * sine, y * cosine - x * sine));
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = (random >> 28) as f32 - 7.5;
            let light = column as f32 / WIDTH as f32 * 30.0;
            let value = on_label.unwrap_or_else(|| wall(column, row)) + light + noise;
            pixels.push(value.clamp(VIDEO_RANGE.0, VIDEO_RANGE.1) as u8);
        }
    }
    pixels
}

/// A wall of tiles.
fn wall(column: usize, row: usize) -> f32 {
    if (column / 40 + row / 40).is_multiple_of(2) {
        92.0
    } else {
        80.0
    }
}
