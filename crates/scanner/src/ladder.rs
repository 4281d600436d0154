//! The order in which a label is looked for.

use rxing::common::BitMatrix;

use crate::gray::Gray;
use crate::{engine, filter, threshold};

/// Pixels to each side that a pixel is compared with, for modules of a few pixels …
const SMALL_PIXELS: u32 = 8;
/// … and for larger ones.
const MIDDLE_PIXELS: u32 = 16;
/// A comparison with a large part of the picture: this share of its longer side.
const WIDE_SHARE: u32 = 16;

/// One way to look at a picture. A video gives each frame the next one, so that no frame takes long.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stage {
    /// Without grain, each pixel against its surroundings.
    Softened,
    /// As it is, each pixel against a large part of the picture: large modules, shadows.
    Wide,
    /// Without specks, one threshold for all.
    Denoised,
    /// The reader that looks row by row: torn corners.
    Rows,
    /// Half the size: labels that fill the frame, and noise.
    Halved,
    /// Half the size with its edges raised, row by row: out of focus, or moved.
    Sharpened,
    /// The middle, twice as large: far away.
    Near,
    /// A quarter turned, row by row: corners that are torn along the other direction.
    Turned,
    /// Light on dark.
    Inverted,
}

impl Stage {
    /// All stages, those first that read most for their time: measured by `cargo xtask bench scan`.
    pub const ALL: [Stage; 9] = [
        Stage::Softened,
        Stage::Wide,
        Stage::Denoised,
        Stage::Rows,
        Stage::Halved,
        Stage::Sharpened,
        Stage::Near,
        Stage::Turned,
        Stage::Inverted,
    ];

    /// The stage of the `number`th frame: the ladder again and again.
    #[must_use]
    pub fn of_frame(number: u32) -> Stage {
        Stage::ALL[number as usize % Stage::ALL.len()]
    }
}

/// What one stage reads in the picture.
#[must_use]
pub fn decode(stage: Stage, gray: &Gray) -> Option<String> {
    match stage {
        Stage::Softened => {
            engine::by_corners(&threshold::by_surroundings(&filter::soften(gray), MIDDLE_PIXELS)?)
        }
        Stage::Wide => engine::by_corners(&wide(gray)?),
        Stage::Denoised => engine::by_corners(&threshold::by_histogram(&filter::denoise(gray))?),
        Stage::Rows => engine::by_rows(&threshold::by_blocks(&filter::soften(gray))?),
        Stage::Halved => {
            engine::by_corners(&threshold::by_surroundings(&filter::halve(gray)?, SMALL_PIXELS)?)
        }
        Stage::Sharpened => engine::by_rows(&wide(&filter::sharpen(&filter::halve(gray)?))?),
        Stage::Near => engine::by_corners(&wide(&filter::double(&filter::middle(gray)?)?)?),
        Stage::Turned => engine::by_rows(&threshold::by_histogram(&filter::turn(gray))?),
        Stage::Inverted => engine::by_corners(&threshold::by_blocks(&filter::invert(gray))?),
    }
}

/// What the first stage that reads anything reads: for a still picture, which does not come again.
#[must_use]
pub fn decode_all(gray: &Gray) -> Option<String> {
    Stage::ALL.into_iter().find_map(|stage| decode(stage, gray))
}

fn wide(gray: &Gray) -> Option<BitMatrix> {
    let reach = gray.width().max(gray.height()) / WIDE_SHARE;
    threshold::by_surroundings(gray, reach.max(SMALL_PIXELS))
}
