//! Draws a label as a camera would see it.

use qrcode::{Color, EcLevel, QrCode};
use scanner::Gray;

/// How the label lies in the picture and what spoils it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Pixels a module of the code.
    pub(crate) module_pixels: f32,
    pub(crate) degrees: f32,
    pub(crate) dark: f32,
    pub(crate) light: f32,
    /// How much brighter the right edge is than the left one.
    pub(crate) gradient: f32,
    /// The largest step by which a pixel is off.
    pub(crate) noise: f32,
}

impl Scene {
    /// A clean label in the middle of a frame.
    pub(crate) const CLEAN: Scene = Scene {
        width: 640,
        height: 480,
        module_pixels: 6.0,
        degrees: 0.0,
        dark: 30.0,
        light: 220.0,
        gradient: 0.0,
        noise: 0.0,
    };
}

/// The picture of a label with this text; the same for the same arguments.
pub(crate) fn draw(text: &str, scene: Scene) -> Gray {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
    let (modules, colors) = (code.width() as i32, code.to_colors());
    let (sine, cosine) = scene.degrees.to_radians().sin_cos();
    let mut random = 1_u32;
    let mut pixels = Vec::new();
    for row in 0..scene.height {
        for column in 0..scene.width {
            let (x, y) = (
                column as f32 - scene.width as f32 / 2.0,
                row as f32 - scene.height as f32 / 2.0,
            );
            let place = |along: f32| (along / scene.module_pixels + modules as f32 / 2.0).floor() as i32;
            let (across, down) = (place(x * cosine + y * sine), place(y * cosine - x * sine));
            let inside = (0..modules).contains(&across) && (0..modules).contains(&down);
            let dark = inside && colors[(down * modules + across) as usize] == Color::Dark;
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = ((random >> 16) as f32 / 32_768.0 - 1.0) * scene.noise;
            let slope = x / scene.width as f32 * scene.gradient;
            pixels
                .push((if dark { scene.dark } else { scene.light } + slope + noise).clamp(0.0, 255.0) as u8);
        }
    }
    Gray::new(scene.width, scene.height, pixels).unwrap()
}
