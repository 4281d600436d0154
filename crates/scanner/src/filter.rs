//! Second looks at a picture: what an engine missed in the original it may see in one of these.

use crate::gray::Gray;

/// Spreads the brightness between the darkest and the brightest 2 % over the whole range, for labels in the dark or
/// in glare.
#[must_use]
pub fn stretch(gray: &Gray) -> Gray {
    let (low, high) = brightness_range(gray);
    let span = u32::from(high.saturating_sub(low)).max(1);
    gray.map(|pixel| (u32::from(pixel.saturating_sub(low)) * 255 / span).min(255) as u8)
}

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

/// A quarter turn to the right.
#[must_use]
pub fn turn(gray: &Gray) -> Gray {
    let (width, height) = (gray.width() as usize, gray.height() as usize);
    let pixels = gray.pixels();
    let turned = (0..width).flat_map(|row| (0..height).rev().map(move |column| pixels[column * width + row]));
    Gray::new(gray.height(), gray.width(), turned.collect()).unwrap_or_else(|| gray.clone())
}

fn brightness_range(gray: &Gray) -> (u8, u8) {
    let mut counts = [0_usize; 256];
    for &pixel in gray.pixels() {
        counts[usize::from(pixel)] += 1;
    }
    let cut = gray.pixels().len() / 50;
    (
        first_beyond(cut, (0..=255).map(|level| (level, counts[usize::from(level)]))),
        first_beyond(
            cut,
            (0..=255).rev().map(|level| (level, counts[usize::from(level)])),
        ),
    )
}

/// The level at which more than `cut` pixels have been seen.
fn first_beyond(cut: usize, levels: impl Iterator<Item = (u8, usize)>) -> u8 {
    let mut seen = 0;
    let mut last = 0;
    for (level, count) in levels {
        last = level;
        seen += count;
        if seen > cut {
            break;
        }
    }
    last
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
    fn stretching_uses_the_whole_range_and_survives_a_plain_picture() {
        let faint = Gray::new(2, 50, (0..100).map(|place| 100 + place % 2 * 20).collect()).unwrap();
        let stretched = stretch(&faint);
        assert_eq!((stretched.pixels()[0], stretched.pixels()[1]), (0, 255));
        assert_eq!(stretch(&Gray::new(2, 1, vec![7, 7]).unwrap()).pixels(), [0, 0]);
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
    fn a_speck_goes() {
        let gray = Gray::new(3, 3, vec![9, 9, 9, 9, 0, 9, 9, 9, 9]).unwrap();
        assert_eq!(denoise(&gray).pixels(), [9; 9]);
    }
}
