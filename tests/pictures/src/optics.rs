//! What lens and hand do to a picture.

use std::f32::consts::PI;

use crate::chance::Chance;

/// Brightness before it is rounded to bytes.
pub(crate) struct Light {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) values: Vec<f32>,
}

impl Light {
    /// A lens out of focus: a Gaussian, first along the rows, then along the columns.
    pub(crate) fn blurred(&self, pixels: f32) -> Light {
        let reach = (pixels * 3.0).ceil() as i32;
        let weights: Vec<(i32, f32)> = (-reach..=reach)
            .map(|step| (step, (-((step * step) as f32) / (2.0 * pixels * pixels)).exp()))
            .collect();
        self.gathered(&weights, |step| (step, 0))
            .gathered(&weights, |step| (0, step))
    }

    /// A hand that moved in a straight line.
    pub(crate) fn moved(&self, pixels: f32, chance: &mut Chance) -> Light {
        let (sine, cosine) = chance.between(0.0, PI).sin_cos();
        let steps = (pixels * 2.0).ceil().max(1.0) as i32;
        let weights: Vec<(i32, f32)> = (0..=steps).map(|step| (step, 1.0)).collect();
        self.gathered(&weights, |step| {
            let along = (step as f32 / steps as f32 - 0.5) * pixels;
            ((along * cosine).round() as i32, (along * sine).round() as i32)
        })
    }

    /// Each value the weighted mean of those beside it; the edge repeats itself.
    fn gathered(&self, weights: &[(i32, f32)], place: impl Fn(i32) -> (i32, i32)) -> Light {
        let total: f32 = weights.iter().map(|(_, weight)| weight).sum();
        let mut values = vec![0.0; self.values.len()];
        for &(step, weight) in weights {
            let (right, down) = place(step);
            for (row, line) in values.chunks_exact_mut(self.width).enumerate() {
                let source_row = shifted(row, down, self.height) * self.width;
                for (column, value) in line.iter_mut().enumerate() {
                    let source = source_row + shifted(column, right, self.width);
                    *value += self.values[source] * weight / total;
                }
            }
        }
        Light { values, ..*self }
    }
}

fn shifted(place: usize, by: i32, length: usize) -> usize {
    place.saturating_add_signed(by as isize).min(length - 1)
}
