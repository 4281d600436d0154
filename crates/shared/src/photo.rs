//! Photos as evidence of an item: how large, in which parts they travel, when there is room for one.
//!
//! A photo is named by the SHA-256 of its bytes, which the item carries. It travels after the items, in parts that can be
//! taken up again, and leaves the phone only when the server names its hash as complete.

mod part;
mod picture;
mod room;

use std::fmt;

use sha2::{Digest, Sha256};

use crate::id::ItemId;
use crate::timestamp::Timestamp;

pub use part::{PART_BYTES_MAX, PartRange};
pub use picture::{Encoding, MediaType, PHOTO_BYTES_AIM, PHOTO_BYTES_MAX, PHOTO_EDGE_MAX, encodings};
pub use room::{RESERVE_BYTES, has_room};

/// What no item names is kept so long, as long as sent items are.
const UNNAMED_KEPT_MS: i64 = 35 * 24 * 60 * 60 * 1_000;

/// The SHA-256 of a photo's bytes: its name everywhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhotoHash([u8; 32]);

impl PhotoHash {
    /// Of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Reads 64 hexadecimal digits; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 64 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let mut bytes = [0; 32];
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for PhotoHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for PhotoHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// One photo on a phone: of which item, and which. Sorts by the time that the item's form was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhotoKey {
    /// The item that names it.
    pub item: ItemId,
    /// The photo.
    pub hash: PhotoHash,
}

impl PhotoKey {
    /// The server knows no item that names it: whether that is old enough to be a form that was never saved.
    pub fn is_left_over(&self, now: Timestamp) -> bool {
        self.item
            .made_at()
            .is_some_and(|made_at| now.since_ms(made_at) > UNNAMED_KEPT_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_64_hexadecimal_digits_and_reads_back() {
        let hash = PhotoHash::of(b"abc");
        let text = hash.to_string();
        assert_eq!(
            text,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(PhotoHash::parse(&text.to_uppercase()), Some(hash));
        for wrong in [
            "",
            &text[1..],
            &format!("{text}0"),
            &text.replace('b', "g"),
            &"ä".repeat(32),
        ] {
            assert_eq!(PhotoHash::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_photo_that_no_item_names_is_kept_for_35_days() {
        let made_at = Timestamp::from_ms(1_795_000_000_000);
        let photo = PhotoKey {
            item: ItemId::new(made_at, [1; 10]),
            hash: PhotoHash::of(b""),
        };
        let day_ms = 24 * 60 * 60 * 1_000;
        assert!(!photo.is_left_over(made_at.plus_ms(35 * day_ms)));
        assert!(photo.is_left_over(made_at.plus_ms(35 * day_ms + 1)));
    }
}
