//! Pictures of labels, as a camera would see them: drawn from a seed under every condition that a label meets, and
//! photos from a folder with the text that each shows.

mod chance;
mod draw;
mod generated;
mod optics;
mod payload;
pub mod photos;
mod scene;

pub use draw::draw;
pub use generated::{Condition, Frame};
pub use payload::Payload;
pub use scene::Scene;

/// A grey picture: one byte a pixel, row by row, 0 is black.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width * height` bytes.
    pub pixels: Vec<u8>,
}
