//! A grey picture whose size and pixels agree.

/// The widest or highest picture that is looked at; larger ones are scaled down before they get here.
pub const EDGE_MAX: u32 = 8_192;

/// A picture whose mean is darker than this has more noise than label: a white wall in a lit cellar is far above it.
const DARK: u64 = 40;

/// A grey picture: one byte a pixel, row by row, 0 is black.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Gray {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Gray {
    /// A picture of the given pixels; `None` if they do not fill the size or a side is 0 or too long.
    #[must_use]
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Option<Gray> {
        let fits = (1..=EDGE_MAX).contains(&width) && (1..=EDGE_MAX).contains(&height);
        (fits && pixels.len() == width as usize * height as usize).then_some(Gray {
            width,
            height,
            pixels,
        })
    }

    /// The brightness of red, green, blue and alpha bytes, as a browser's canvas hands them out.
    #[must_use]
    pub fn from_rgba(width: u32, height: u32, rgba: &[u8]) -> Option<Gray> {
        let (pixels, rest) = rgba.as_chunks::<4>();
        if !rest.is_empty() {
            return None;
        }
        Gray::new(width, height, pixels.iter().map(luma).collect())
    }

    /// Pixels in a row.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Rows.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// All pixels, row by row.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The pixels row by row, each row a slice.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.pixels.chunks_exact(self.width as usize)
    }

    /// So dark that a light would help.
    #[must_use]
    pub fn is_dark(&self) -> bool {
        let sum: u64 = self.pixels.iter().map(|&pixel| u64::from(pixel)).sum();
        sum < DARK * self.pixels.len() as u64
    }

    /// A picture of the same size whose pixels are worked out one by one.
    #[must_use]
    pub fn map(&self, change: impl Fn(u8) -> u8) -> Gray {
        let pixels = self.pixels.iter().map(|&pixel| change(pixel)).collect();
        Gray {
            width: self.width,
            height: self.height,
            pixels,
        }
    }
}

/// The weights of ITU-R BT.601 in 256ths, so that no floating point is needed.
fn luma([red, green, blue, _]: &[u8; 4]) -> u8 {
    ((77 * u32::from(*red) + 150 * u32::from(*green) + 29 * u32::from(*blue)) >> 8) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_needs_as_many_pixels_as_its_size_says() {
        assert!(Gray::new(2, 2, vec![0; 4]).is_some());
        assert!(Gray::new(2, 2, vec![0; 5]).is_none());
        assert!(Gray::new(0, 0, vec![]).is_none());
        assert!(Gray::new(EDGE_MAX + 1, 1, vec![0; EDGE_MAX as usize + 1]).is_none());
        assert!(Gray::from_rgba(1, 1, &[0; 5]).is_none());
    }

    #[test]
    fn a_cellar_without_a_lamp_is_dark_and_a_grey_wall_is_not() {
        assert!(Gray::new(2, 1, vec![20, 50]).unwrap().is_dark());
        assert!(!Gray::new(2, 1, vec![20, 70]).unwrap().is_dark());
    }

    #[test]
    fn white_stays_white_and_green_is_brighter_than_blue() {
        let gray = Gray::from_rgba(3, 1, &[255, 255, 255, 0, 0, 255, 0, 255, 0, 0, 255, 255]).unwrap();
        assert_eq!(gray.pixels(), [255, 149, 28]);
    }
}
