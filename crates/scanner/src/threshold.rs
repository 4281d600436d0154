//! From grey to dark and light, in different ways: each keeps labels whole that another tears apart.

use rxing::common::{BitMatrix, GlobalHistogramBinarizer, HybridBinarizer};
use rxing::{Binarizer, Luma8Source};

use crate::gray::Gray;

/// A pixel is dark if it is darker than this many hundredths of its surroundings.
const DARK_PERCENT: u32 = 95;

/// By blocks, and only where there is contrast: few specks on walls, so it is quick.
#[must_use]
pub fn by_blocks(gray: &Gray) -> Option<BitMatrix> {
    HybridBinarizer::new(source(gray)?)
        .get_black_matrix()
        .ok()
        .cloned()
}

/// One threshold for the whole picture, between the two most frequent shades.
#[must_use]
pub fn by_histogram(gray: &Gray) -> Option<BitMatrix> {
    GlobalHistogramBinarizer::new(source(gray)?)
        .get_black_matrix()
        .ok()
        .cloned()
}

/// Each pixel by the mean of the square around it, so many pixels to each side: shadows and glare matter little.
#[must_use]
pub fn by_surroundings(gray: &Gray, reach: u32) -> Option<BitMatrix> {
    let (width, height, reach) = (gray.width() as usize, gray.height() as usize, reach as usize);
    let mut bits = BitMatrix::new(gray.width(), gray.height()).ok()?;
    let rows: Vec<&[u8]> = gray.rows().collect();
    let mut column_sums = vec![0_u32; width];
    let mut sums_before = vec![0_u32; width + 1];
    for row in rows.iter().take(reach) {
        add(&mut column_sums, row);
    }
    for (row, pixels) in rows.iter().enumerate() {
        if let Some(entering) = rows.get(row + reach) {
            add(&mut column_sums, entering);
        }
        if let Some(leaving) = row.checked_sub(reach + 1).and_then(|above| rows.get(above)) {
            subtract(&mut column_sums, leaving);
        }
        let mut sum = 0;
        for (before, column_sum) in sums_before.iter_mut().zip(&column_sums) {
            *before = sum;
            sum += column_sum;
        }
        sums_before[width] = sum;
        let rows_inside = (row + reach + 1).min(height) - row.saturating_sub(reach);
        for (column, &pixel) in pixels.iter().enumerate() {
            let (left, right) = (column.saturating_sub(reach), (column + reach + 1).min(width));
            let sum = sums_before[right] - sums_before[left];
            let area = (rows_inside * (right - left)) as u32;
            if u32::from(pixel) * area * 100 < sum * DARK_PERCENT {
                bits.set(column as u32, row as u32);
            }
        }
    }
    Some(bits)
}

fn source(gray: &Gray) -> Option<Luma8Source<'_>> {
    Luma8Source::new_with_slice(gray.pixels(), gray.width(), gray.height()).ok()
}

fn add(sums: &mut [u32], row: &[u8]) {
    for (sum, &pixel) in sums.iter_mut().zip(row) {
        *sum += u32::from(pixel);
    }
}

fn subtract(sums: &mut [u32], row: &[u8]) {
    for (sum, &pixel) in sums.iter_mut().zip(row) {
        *sum -= u32::from(pixel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pixel_is_dark_by_the_mean_of_the_square_around_it() {
        let gray = Gray::new(
            5,
            3,
            [[200, 200, 200, 20, 20], [200, 150, 200, 20, 10], [200; 5]].concat(),
        );
        let gray = gray.unwrap();
        let by_hand = |column: i32, row: i32| {
            let inside = (-1..=1).flat_map(|down| (-1..=1).map(move |right| (column + right, row + down)));
            let inside: Vec<u32> = inside
                .filter(|(column, row)| (0..5).contains(column) && (0..3).contains(row))
                .map(|(column, row)| u32::from(gray.pixels()[(row * 5 + column) as usize]))
                .collect();
            let pixel = u32::from(gray.pixels()[(row * 5 + column) as usize]);
            pixel * inside.len() as u32 * 100 < inside.iter().sum::<u32>() * DARK_PERCENT
        };
        let bits = by_surroundings(&gray, 1).unwrap();
        for (column, row) in (0..5).flat_map(|column| (0..3).map(move |row| (column, row))) {
            assert_eq!(
                bits.get(column as u32, row as u32),
                by_hand(column, row),
                "{column}, {row}"
            );
        }
        assert!(bits.get(1, 1) && bits.get(3, 0) && !bits.get(0, 0));
    }
}
