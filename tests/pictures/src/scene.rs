//! How a label lies in the picture and what spoils it.

/// A label before a camera.
#[derive(Clone, Copy, Debug)]
pub struct Scene {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Pixels a module of the code: the farther the label, the fewer.
    pub module_pixels: f32,
    /// Turned in the plane of the picture.
    pub degrees: f32,
    /// Turned out of the plane of the picture …
    pub tilt_degrees: f32,
    /// … about this axis.
    pub axis_degrees: f32,
    /// Ink.
    pub dark: f32,
    /// Paper.
    pub light: f32,
    /// How much brighter one edge of the label is than the other.
    pub gradient: f32,
    /// What is left of the light in the shadow that lies over half of the label; 1 is no shadow.
    pub shadow: f32,
    /// Brightness that a reflection adds in its middle.
    pub glare: f32,
    /// Pixels by which the lens is out of focus.
    pub blur_pixels: f32,
    /// Pixels that the hand moved while the shutter was open.
    pub motion_pixels: f32,
    /// Spread of the noise of each pixel.
    pub noise: f32,
    /// From 0 to 1: blots and scratches.
    pub damage: f32,
}

impl Scene {
    /// A good label in good light in the middle of a small picture.
    pub const CLEAN: Scene = Scene {
        width: 640,
        height: 480,
        module_pixels: 6.0,
        degrees: 0.0,
        tilt_degrees: 0.0,
        axis_degrees: 0.0,
        dark: 30.0,
        light: 220.0,
        gradient: 0.0,
        shadow: 1.0,
        glare: 0.0,
        blur_pixels: 0.0,
        motion_pixels: 0.0,
        noise: 0.0,
        damage: 0.0,
    };

    /// The same as a phone's video shows it: never quite in focus, never quite without noise.
    pub const VIDEO: Scene = Scene {
        width: 1_280,
        height: 720,
        module_pixels: 5.0,
        dark: 40.0,
        light: 205.0,
        blur_pixels: 0.7,
        noise: 4.0,
        ..Scene::CLEAN
    };
}
