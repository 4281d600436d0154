//! Which bytes of a photo a request carries: `Content-Range`, read and written in one place.

/// Most bytes of one part.
pub const PART_BYTES_MAX: u64 = 256 * 1024;

/// What a `PUT` of a photo carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartRange {
    /// Nothing: how much is there already?
    Ask {
        /// Bytes of the whole photo.
        total: u64,
    },
    /// These bytes.
    Part {
        /// The first byte.
        from: u64,
        /// The byte behind the last.
        until: u64,
        /// Bytes of the whole photo.
        total: u64,
    },
}

impl PartRange {
    /// The next part behind what the other side holds; a question where that is not known.
    pub fn next(held: Option<u64>, size_max: u64, total: u64) -> Self {
        match held {
            Some(from) if from < total => Self::Part {
                from,
                until: total.min(from.saturating_add(size_max.clamp(1, PART_BYTES_MAX))),
                total,
            },
            _ => Self::Ask { total },
        }
    }

    /// Reads `bytes 0-65535/150000` or `bytes */150000`; `None` for anything else, or a range that can't be.
    pub fn parse(text: &str) -> Option<Self> {
        let (range, total) = text.trim().strip_prefix("bytes ")?.split_once('/')?;
        let total = number(total)?;
        if range == "*" {
            return Some(Self::Ask { total });
        }
        let (first, last) = range.split_once('-')?;
        let (from, until) = (number(first)?, number(last)?.checked_add(1)?);
        (from < until && until <= total).then_some(Self::Part { from, until, total })
    }

    /// As `Content-Range` says it.
    pub fn to_header(self) -> String {
        match self {
            Self::Ask { total } => format!("bytes */{total}"),
            Self::Part { from, until, total } => format!("bytes {from}-{}/{total}", until.saturating_sub(1)),
        }
    }

    /// Bytes of the whole photo.
    pub fn total(self) -> u64 {
        match self {
            Self::Ask { total } | Self::Part { total, .. } => total,
        }
    }
}

/// Digits alone: no sign, no space.
fn number(text: &str) -> Option<u64> {
    text.bytes()
        .all(|digit| digit.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_follow_on_what_is_held_and_end_with_the_photo() {
        let mut held = 0;
        let mut parts = Vec::new();
        while let PartRange::Part { from, until, .. } = PartRange::next(Some(held), 64, 150) {
            parts.push((from, until));
            held = until;
        }
        assert_eq!(parts, [(0, 64), (64, 128), (128, 150)]);
        assert_eq!(PartRange::next(None, 64, 150), PartRange::Ask { total: 150 });
        assert_eq!(PartRange::next(Some(999), 64, 150), PartRange::Ask { total: 150 });
    }

    #[test]
    fn a_part_is_never_empty_and_never_larger_than_a_server_takes() {
        let PartRange::Part { until, .. } = PartRange::next(Some(0), u64::MAX, u64::MAX) else {
            panic!("a part");
        };
        assert_eq!(until, PART_BYTES_MAX);
        assert_eq!(
            PartRange::next(Some(3), 0, 9),
            PartRange::Part {
                from: 3,
                until: 4,
                total: 9
            }
        );
    }

    #[test]
    fn a_header_reads_back() {
        for range in [
            PartRange::Ask { total: 150 },
            PartRange::Part {
                from: 64,
                until: 128,
                total: 150,
            },
            PartRange::Part {
                from: 149,
                until: 150,
                total: 150,
            },
        ] {
            assert_eq!(PartRange::parse(&range.to_header()), Some(range));
        }
    }

    #[test]
    fn a_range_that_can_not_be_is_none() {
        for text in [
            "",
            "bytes",
            "bytes 0-9",
            "bytes 0-9/*",
            "bytes 9-0/10",
            "bytes 0-10/10",
            "bytes -1-5/10",
            "bytes +1-5/10",
            "bytes 0 - 5/10",
            "items 0-5/10",
            "bytes 0-18446744073709551615/18446744073709551615",
            "bytes */",
        ] {
            assert_eq!(PartRange::parse(text), None, "{text}");
        }
    }
}
