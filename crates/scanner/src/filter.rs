//! Second looks at a picture: what an engine missed in the original it may see in one of these.

use crate::gray::Gray;

/// Light on dark becomes dark on light.
#[must_use]
pub fn invert(gray: &Gray) -> Gray {
    gray.map(|pixel| 255 - pixel)
}

/// Half the width and height, each pixel the mean of four: noise goes, and a label that fills the frame shrinks to a
/// size that the engines find. `None` if too little would be left.
#[must_use]
pub fn halve(gray: &Gray) -> Option<Gray> {
    let (width, height) = (gray.width() / 2, gray.height() / 2);
    let rows: Vec<&[u8]> = gray.rows().collect();
    let pixels = rows.chunks_exact(2).flat_map(|pair| {
        let (upper, lower) = (pair[0].as_chunks::<2>().0, pair[1].as_chunks::<2>().0);
        upper
            .iter()
            .zip(lower)
            .map(|(above, below)| mean(above.iter().chain(below)))
    });
    Gray::new(width, height, pixels.collect())
}

/// Each pixel the median of itself and its neighbours left, right, above and below: specks go, edges stay.
#[must_use]
pub fn denoise(gray: &Gray) -> Gray {
    let (width, height) = (gray.width() as usize, gray.height() as usize);
    let pixels = gray.pixels();
    let mut result = pixels.to_vec();
    for row in 1..height.saturating_sub(1) {
        for column in 1..width.saturating_sub(1) {
            let at = row * width + column;
            let around = [
                pixels[at - width],
                pixels[at - 1],
                pixels[at],
                pixels[at + 1],
                pixels[at + width],
            ];
            result[at] = median(around);
        }
    }
    Gray::new(gray.width(), gray.height(), result).unwrap_or_else(|| gray.clone())
}

/// Each pixel the mean of the nine around it: grain goes, edges soften.
#[must_use]
pub fn soften(gray: &Gray) -> Gray {
    around::<1>(gray, |_, mean| mean)
}

/// Each pixel farther from the mean of the 25 around it than it was: edges that are out of focus rise again.
#[must_use]
pub fn sharpen(gray: &Gray) -> Gray {
    around::<2>(gray, |pixel, mean| (pixel + (pixel - mean) * 3 / 2).clamp(0, 255))
}

/// Twice the width and height, between the pixels their means: labels that are far away get modules that the engines
/// can measure. `None` if the result would be too large.
#[must_use]
pub fn double(gray: &Gray) -> Option<Gray> {
    let (width, height) = (gray.width() as usize, gray.height() as usize);
    let wide: Vec<Vec<u16>> = gray.rows().map(widened).collect();
    let mut pixels = Vec::with_capacity(width * height * 4);
    for row in 0..height {
        // Three parts of the nearer row and one of the farther one, upwards and downwards.
        let (above, below) = (row.saturating_sub(1), (row + 1).min(height - 1));
        for other in [above, below] {
            let mixed = wide[row].iter().zip(&wide[other]);
            pixels.extend(mixed.map(|(near, far)| ((near * 3 + far + 8) >> 4) as u8));
        }
    }
    Gray::new(gray.width() * 2, gray.height() * 2, pixels)
}

/// The part in the middle with half the width and height, where somebody aims.
#[must_use]
pub fn middle(gray: &Gray) -> Option<Gray> {
    let (width, height) = (gray.width() as usize / 2, gray.height() as usize / 2);
    let (left, top) = (width / 2, height / 2);
    let rows = gray.rows().skip(top).take(height);
    let pixels = rows.flat_map(|row| &row[left..left + width]).copied();
    Gray::new(width as u32, height as u32, pixels.collect())
}

/// A quarter turn to the right.
#[must_use]
pub fn turn(gray: &Gray) -> Gray {
    let (width, height) = (gray.width() as usize, gray.height() as usize);
    let pixels = gray.pixels();
    let turned = (0..width).flat_map(|row| (0..height).rev().map(move |column| pixels[column * width + row]));
    Gray::new(gray.height(), gray.width(), turned.collect()).unwrap_or_else(|| gray.clone())
}

/// A row of twice the width, each value four times as large.
fn widened(row: &[u8]) -> Vec<u16> {
    let at = |column: usize| u16::from(row[column]);
    (0..row.len())
        .flat_map(|column| {
            let (left, right) = (column.saturating_sub(1), (column + 1).min(row.len() - 1));
            [at(column) * 3 + at(left), at(column) * 3 + at(right)]
        })
        .collect()
}

/// Each pixel worked out from itself and the mean of the square around it; the edge repeats itself.
fn around<const REACH: usize>(gray: &Gray, change: impl Fn(i32, i32) -> i32) -> Gray {
    let (width, height) = (gray.width() as usize, gray.height() as usize);
    let side = 2 * REACH + 1;
    // Rounded up: a multiplication instead of a division for each pixel.
    let share = (1_u32 << 16) / (side * side) as u32 + 1;
    let rows: Vec<&[u8]> = gray.rows().collect();
    let mut sums = vec![0_u16; width + 2 * REACH];
    let mut pixels = Vec::with_capacity(width * height);
    for (row, line) in rows.iter().enumerate() {
        sums.fill(0);
        for step in 0..side {
            let source = rows[(row + step).saturating_sub(REACH).min(height - 1)];
            for (sum, &pixel) in sums[REACH..].iter_mut().zip(source) {
                *sum += u16::from(pixel);
            }
        }
        let (first, last) = (sums[REACH], sums[REACH + width - 1]);
        sums[..REACH].fill(first);
        sums[REACH + width..].fill(last);
        pixels.extend(line.iter().zip(sums.windows(side)).map(|(&pixel, window)| {
            let sum: u32 = window.iter().map(|&sum| u32::from(sum)).sum();
            change(i32::from(pixel), ((sum * share) >> 16) as i32) as u8
        }));
    }
    Gray::new(gray.width(), gray.height(), pixels).unwrap_or_else(|| gray.clone())
}

fn mean<'a>(four: impl Iterator<Item = &'a u8>) -> u8 {
    (four.map(|&pixel| u32::from(pixel)).sum::<u32>() / 4) as u8
}

/// The middle of five, in seven comparisons without a branch.
fn median([first, second, third, fourth, fifth]: [u8; 5]) -> u8 {
    let low = first.min(second).max(third.min(fourth));
    let high = first.max(second).min(third.max(fourth));
    low.min(high).max(low.max(high).min(fifth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_five_is_the_middle_one_in_every_order() {
        for number in 0..5_u32.pow(5) {
            let five = std::array::from_fn(|place| (number / 5_u32.pow(place as u32) % 5) as u8);
            let mut sorted = five;
            sorted.sort_unstable();
            assert_eq!(median(five), sorted[2], "{five:?}");
        }
    }

    #[test]
    fn half_of_an_odd_picture_drops_the_last_row_and_column() {
        let gray = Gray::new(3, 3, vec![0, 4, 9, 8, 4, 9, 9, 9, 9]).unwrap();
        assert_eq!(halve(&gray).unwrap(), Gray::new(1, 1, vec![4]).unwrap());
        assert_eq!(halve(&Gray::new(1, 5, vec![0; 5]).unwrap()), None);
    }

    #[test]
    fn four_quarter_turns_give_the_picture_back() {
        let gray = Gray::new(3, 2, vec![1, 2, 3, 4, 5, 6]).unwrap();
        assert_eq!(turn(&gray), Gray::new(2, 3, vec![4, 1, 5, 2, 6, 3]).unwrap());
        assert_eq!(turn(&turn(&turn(&turn(&gray)))), gray);
    }

    #[test]
    fn softening_and_sharpening_leave_a_plain_picture_and_move_an_edge_apart_or_together() {
        let plain = Gray::new(3, 3, vec![77; 9]).unwrap();
        assert_eq!((soften(&plain), sharpen(&plain)), (plain.clone(), plain));
        let edge = Gray::new(4, 1, vec![90, 90, 120, 120]).unwrap();
        assert_eq!(soften(&edge).pixels(), [90, 100, 110, 120]);
        assert_eq!(sharpen(&edge).pixels(), [81, 72, 138, 129]);
    }

    #[test]
    fn twice_the_size_keeps_the_shades_and_the_middle_is_a_quarter() {
        let gray = Gray::new(2, 1, vec![0, 160]).unwrap();
        assert_eq!(
            double(&gray).unwrap(),
            Gray::new(4, 2, [0, 40, 120, 160].repeat(2)).unwrap()
        );
        let gray = Gray::new(4, 4, (0..16).collect()).unwrap();
        assert_eq!(
            middle(&gray).unwrap(),
            Gray::new(2, 2, vec![5, 6, 9, 10]).unwrap()
        );
        assert_eq!(middle(&Gray::new(1, 1, vec![0]).unwrap()), None);
    }

    #[test]
    fn a_speck_goes() {
        let gray = Gray::new(3, 3, vec![9, 9, 9, 9, 0, 9, 9, 9, 9]).unwrap();
        assert_eq!(denoise(&gray).pixels(), [9; 9]);
    }
}
