//! The series of drawn frames: each condition from easy to hopeless, the same on every machine.

use qrcode::types::QrError;

use crate::chance::Chance;
use crate::payload::Payload;
use crate::{Picture, Scene, draw};

/// How far each series goes: as far as a good reader has something to lose, and reads 85 to 95 of 100 frames.
const HARDEST: f32 = 0.92;

/// What makes a label hard to read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Condition {
    /// Few pixels a module.
    Distance,
    /// Turned in the plane of the picture.
    Turn,
    /// Seen from the side.
    Tilt,
    /// Dark, bright, half in the shadow, or with a reflection.
    Light,
    /// Out of focus or moved.
    Blur,
    /// A small sensor in the dark.
    Noise,
    /// Blots and scratches.
    Damage,
    /// A little of everything.
    Mixed,
}

/// A drawn frame and what it shows.
#[derive(Clone, Debug)]
pub struct Frame {
    /// What makes it hard.
    pub condition: Condition,
    /// What should be read.
    pub text: String,
    /// What the camera sees.
    pub picture: Picture,
}

impl Condition {
    /// All of them.
    pub const ALL: [Condition; 8] = [
        Condition::Distance,
        Condition::Turn,
        Condition::Tilt,
        Condition::Light,
        Condition::Blur,
        Condition::Noise,
        Condition::Damage,
        Condition::Mixed,
    ];

    /// The `number`th of a series of `count` frames, each harder than the one before.
    pub fn frame(self, number: u32, count: u32) -> Result<Frame, QrError> {
        let seed = self as u64 * 1_000_003 + u64::from(number);
        let mut chance = Chance::new(seed + 1);
        // Four labels in turn at each level of hardness, so that no kind of label gets the easy ones.
        let level = HARDEST * (number / 4) as f32 / (count.div_ceil(4).max(2) - 1) as f32;
        let payload = Payload::of_series(number, &mut chance)?;
        let scene = self.scene(level, &mut chance);
        Ok(Frame {
            condition: self,
            text: payload.expected().to_owned(),
            picture: draw(&payload, scene, seed),
        })
    }

    fn scene(self, level: f32, chance: &mut Chance) -> Scene {
        let scene = Scene {
            degrees: chance.between(-12.0, 12.0),
            axis_degrees: chance.between(0.0, 360.0),
            module_pixels: chance.between(3.5, 7.0),
            ..Scene::VIDEO
        };
        match self {
            Condition::Distance => Scene {
                module_pixels: 4.0 - 2.6 * level,
                ..scene
            },
            Condition::Turn => Scene {
                degrees: chance.between(0.0, 360.0),
                module_pixels: 5.0 - 2.8 * level,
                ..scene
            },
            Condition::Tilt => Scene {
                tilt_degrees: 25.0 + 40.0 * level,
                module_pixels: 6.0,
                ..scene
            },
            Condition::Light => bad_light(scene, level, chance.number()),
            Condition::Blur => match chance.number() % 2 {
                0 => Scene {
                    blur_pixels: 1.0 + 1.6 * level,
                    module_pixels: 5.0,
                    ..scene
                },
                _ => Scene {
                    motion_pixels: 2.0 + 5.0 * level,
                    module_pixels: 5.0,
                    ..scene
                },
            },
            Condition::Noise => Scene {
                noise: 15.0 + 50.0 * level,
                module_pixels: 5.0,
                ..scene
            },
            Condition::Damage => Scene {
                damage: 0.05 + 0.12 * level,
                ..scene
            },
            Condition::Mixed => Scene {
                degrees: chance.between(0.0, 360.0),
                tilt_degrees: chance.between(0.0, 40.0) * level,
                module_pixels: 4.5 - chance.between(0.0, 1.5) * level,
                shadow: 1.0 - chance.between(0.0, 0.6) * level,
                blur_pixels: 0.7 + chance.between(0.0, 0.8) * level,
                noise: 6.0 + chance.between(0.0, 16.0) * level,
                damage: chance.between(0.0, 0.1) * level,
                ..scene
            },
        }
    }
}

fn bad_light(scene: Scene, level: f32, kind: u64) -> Scene {
    match kind % 4 {
        0 => Scene {
            dark: 20.0,
            light: 42.0 + 36.0 * (1.0 - level),
            noise: 2.0,
            ..scene
        },
        1 => Scene {
            dark: 190.0 - 40.0 * (1.0 - level),
            light: 228.0,
            noise: 2.0,
            ..scene
        },
        2 => Scene {
            shadow: 0.5 - 0.3 * level,
            gradient: 60.0 * level,
            ..scene
        },
        _ => Scene {
            dark: 60.0,
            light: 170.0,
            glare: 40.0 + 110.0 * level,
            gradient: 60.0 * level,
            ..scene
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_the_same_each_time_and_unlike_the_next() {
        let first = Condition::Light.frame(3, 8).unwrap();
        assert_eq!(first.picture, Condition::Light.frame(3, 8).unwrap().picture);
        assert_ne!(first.picture, Condition::Light.frame(4, 8).unwrap().picture);
    }
}
