//! Chance from a seed: the same on every machine, which the random numbers of a library are not between versions.

use std::f32::consts::SQRT_2;

/// SplitMix64.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to just under 1.
    pub(crate) fn share(&mut self) -> f32 {
        (self.number() >> 40) as f32 / (1_u32 << 24) as f32
    }

    pub(crate) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.share()
    }

    /// Nearly normal, with a spread of 1: the sum of six shares, whose variance is a half.
    pub(crate) fn normal(&mut self) -> f32 {
        ((0..6).map(|_| self.share()).sum::<f32>() - 3.0) * SQRT_2
    }
}
