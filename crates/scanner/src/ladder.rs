//! The order in which a label is looked for.

use crate::gray::Gray;
use crate::{engine, filter};

/// One way to look at a picture. A video gives each frame the next one, so that no frame takes long.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stage {
    /// The picture as it is.
    Plain,
    /// With its contrast stretched.
    Stretched,
    /// A reader for tilted labels.
    Tilted,
    /// A second library.
    Second,
    /// Half the size.
    Halved,
    /// Without specks.
    Denoised,
    /// A quarter turned: the readers scan row by row and miss other labels then.
    Turned,
    /// Light on dark.
    Inverted,
}

impl Stage {
    /// All stages, those first that read most for their time.
    pub const ALL: [Stage; 8] = [
        Stage::Plain,
        Stage::Stretched,
        Stage::Tilted,
        Stage::Second,
        Stage::Halved,
        Stage::Denoised,
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
        Stage::Plain => engine::rxing(gray),
        Stage::Stretched => engine::rxing_hard(&filter::stretch(gray)),
        Stage::Tilted => engine::rxing_tilted(gray),
        Stage::Second => engine::rqrr(gray),
        Stage::Halved => filter::halve(gray).and_then(|half| engine::rxing_hard(&half)),
        Stage::Denoised => engine::rxing_hard(&filter::stretch(&filter::denoise(gray))),
        Stage::Turned => engine::rxing_hard(&filter::turn(gray)),
        Stage::Inverted => engine::rxing(&filter::invert(gray)),
    }
}

/// What the first stage that reads anything reads: for a still picture, which does not come again.
#[must_use]
pub fn decode_all(gray: &Gray) -> Option<String> {
    Stage::ALL.into_iter().find_map(|stage| decode(stage, gray))
}
