//! What a picture has to be to travel: its kinds, its size, and how it is made small enough.

/// No side is longer: digits on a dial can be read, and a picture has about [`PHOTO_BYTES_AIM`].
pub const PHOTO_EDGE_MAX: u32 = 1_600;
/// What a photo should not be larger than.
pub const PHOTO_BYTES_AIM: u64 = 150_000;
/// What a photo can't be larger than: browsers have lost their store over larger records.
pub const PHOTO_BYTES_MAX: u64 = 300_000;

/// The kinds of pictures that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaType {
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
}

impl MediaType {
    /// By the first bytes, whatever it is said to be.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            _ => None,
        }
    }

    /// As `Content-Type` says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }

    /// The ending of a file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
        }
    }
}

/// One way to draw and compress a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Encoding {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Quality of the JPEG, 0 to 1.
    pub quality: f64,
}

impl Encoding {
    /// About in step with the bytes that come out.
    fn weight(&self) -> f64 {
        f64::from(self.width) * f64::from(self.height) * self.quality
    }
}

/// The ways to make a picture of this size small enough, best first: the first that has at most [`PHOTO_BYTES_AIM`] is
/// taken, else the last if it has at most [`PHOTO_BYTES_MAX`]. Quality goes before size: what matters are edges of digits.
pub fn encodings(width: u32, height: u32) -> Vec<Encoding> {
    const QUALITIES: [f64; 3] = [0.8, 0.65, 0.5];
    const EDGES: [u32; 3] = [PHOTO_EDGE_MAX, 1_200, 900];
    let longest = width.max(height).max(1);
    let mut encodings: Vec<Encoding> = Vec::new();
    for edge in EDGES {
        let is_first = edge == PHOTO_EDGE_MAX;
        if !is_first && longest <= edge {
            continue;
        }
        let scaled = |side: u32| {
            let scaled = u64::from(side) * u64::from(edge.min(longest)) / u64::from(longest);
            u32::try_from(scaled).unwrap_or(edge).max(1)
        };
        let (width, height) = (scaled(width), scaled(height));
        for quality in QUALITIES {
            let encoding = Encoding {
                width,
                height,
                quality,
            };
            // A little smaller at full quality would be larger than what was tried before.
            if encodings
                .last()
                .is_none_or(|last| encoding.weight() < last.weight())
            {
                encodings.push(encoding);
            }
        }
    }
    encodings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_jpeg_and_webp_are_pictures_whatever_they_are_called() {
        assert_eq!(MediaType::of(&[0xff, 0xd8, 0xff, 0xe0]), Some(MediaType::Jpeg));
        assert_eq!(MediaType::of(b"RIFF\x10\0\0\0WEBPVP8 "), Some(MediaType::Webp));
        for other in [
            &b"\x89PNG\r\n"[..],
            b"GIF89a",
            b"<svg xmlns",
            b"<html>",
            b"RIFF\x10\0\0\0WAVE",
            b"",
            &[0xff, 0xd8],
        ] {
            assert_eq!(MediaType::of(other), None, "{other:?}");
        }
    }

    #[test]
    fn the_longest_side_is_1600_and_the_shape_stays() {
        let first = encodings(4_032, 3_024)[0];
        assert_eq!((first.width, first.height), (1_600, 1_200));
        let first = encodings(3_024, 4_032)[0];
        assert_eq!((first.width, first.height), (1_200, 1_600));
    }

    #[test]
    fn a_small_picture_is_not_made_larger() {
        let all = encodings(640, 480);
        assert!(
            all.iter().all(|it| (it.width, it.height) == (640, 480)),
            "{all:?}"
        );
    }

    #[test]
    fn each_way_is_smaller_than_the_one_before() {
        for (width, height) in [(4_032, 3_024), (3_024, 4_032), (1_000, 700)] {
            let all = encodings(width, height);
            assert!(
                all.windows(2).all(|pair| pair[1].weight() < pair[0].weight()),
                "{all:?}"
            );
        }
    }

    #[test]
    fn no_shape_leaves_the_bounds() {
        for (width, height) in [(0, 0), (1, 90_000), (u32::MAX, 1), (u32::MAX, u32::MAX)] {
            let sides = encodings(width, height)
                .into_iter()
                .flat_map(|it| [it.width, it.height]);
            assert!(sides.into_iter().all(|side| (1..=PHOTO_EDGE_MAX).contains(&side)));
        }
    }
}
