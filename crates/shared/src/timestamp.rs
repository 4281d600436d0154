//! Moments. There is no `now` here: whoever needs the time is given it.

mod rfc3339;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since the epoch.
    pub const fn from_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// Milliseconds since the epoch.
    pub const fn ms(self) -> i64 {
        self.0
    }

    /// This moment moved by `ms` milliseconds; stops at the ends of the range instead of wrapping.
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this moment; negative when `earlier` is later.
    pub const fn since_ms(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Within the years that a period can name.
    pub fn is_in_the_calendar(self) -> bool {
        let year_9999_ends_ms = 253_402_214_400_000;
        let year_0_begins_ms = -62_167_219_200_000;
        (year_0_begins_ms..year_9999_ends_ms).contains(&self.0)
    }

    /// RFC 3339 in UTC, to the millisecond.
    pub fn to_rfc3339(self) -> String {
        rfc3339::write_utc(self).unwrap_or_else(|| String::from("1970-01-01T00:00:00.000Z"))
    }
}

/// A moment as a person's clock showed it: the moment and the clock's offset to UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime {
    /// The moment.
    pub at: Timestamp,
    /// Seconds east of UTC, within a day either way.
    pub offset_s: i32,
}

impl LocalTime {
    /// Reads RFC 3339 with an offset (`2026-11-27T09:14:03+10:00`); `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        rfc3339::read(text)
    }

    /// RFC 3339 with the offset, to the second (to the millisecond when there is a fraction).
    pub fn to_rfc3339(self) -> String {
        rfc3339::write(self).unwrap_or_else(|| self.at.to_rfc3339())
    }
}
