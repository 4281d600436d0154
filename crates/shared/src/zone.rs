//! The property's time zone as a list of offsets. The server fills it from its zone database and sends it along, so
//! that phone and server reckon with the same data.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

use crate::period::Period;
use crate::timestamp::Timestamp;
use crate::wire::list::PropertyRow;

/// Which offset to UTC holds when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    // Never empty; rising.
    offsets: Vec<(i64, i32)>,
}

impl Zone {
    /// Coordinated Universal Time.
    pub fn utc() -> Self {
        Self {
            offsets: vec![(0, 0)],
        }
    }

    /// From `(from ms since the epoch, seconds east of UTC)`, rising; the first holds for all time before the second.
    /// `None` when there is none, the moments do not rise or an offset is a day or more.
    pub fn new(offsets: &[(i64, i32)]) -> Option<Self> {
        let rising = offsets.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let bounded = offsets.iter().all(|it| it.1.abs() < 24 * 60 * 60);
        (rising && bounded && !offsets.is_empty()).then(|| Self {
            offsets: offsets.to_vec(),
        })
    }

    /// The zone of a property of the list; UTC when the list says nothing usable.
    pub fn of_property(property: &PropertyRow) -> Self {
        Self::new(&property.zone_offsets).unwrap_or_else(Self::utc)
    }

    /// Seconds east of UTC at this moment.
    pub fn offset_s_at(&self, at: Timestamp) -> i32 {
        let after = self.offsets.partition_point(|it| it.0 <= at.ms());
        self.offsets[after.saturating_sub(1)].1
    }

    /// What a clock in this zone shows at this moment.
    pub fn clock_at(&self, at: Timestamp) -> DateTime {
        let offset = Offset::from_seconds(self.offset_s_at(at)).unwrap_or(Offset::UTC);
        offset.to_datetime(jiff_timestamp(at))
    }

    /// The day in this zone at this moment.
    pub fn date_at(&self, at: Timestamp) -> Date {
        self.clock_at(at).date()
    }

    /// The month in this zone at this moment.
    pub fn month_at(&self, at: Timestamp) -> Period {
        Period::of_date(self.date_at(at))
    }

    /// The first moment of a month.
    pub fn month_start(&self, period: Period) -> Timestamp {
        self.day_start(period.first_day())
    }

    /// The first moment after a month.
    pub fn month_end(&self, period: Period) -> Timestamp {
        self.month_start(period.next())
    }

    /// The first moment of a day. Where the clocks skip midnight, the moment at which they do.
    pub fn day_start(&self, date: Date) -> Timestamp {
        let midnight_ms = Offset::UTC
            .to_timestamp(date.to_datetime(jiff::civil::Time::midnight()))
            .map_or(i64::MAX, |it| it.as_millisecond());
        for (index, &(from_ms, offset_s)) in self.offsets.iter().enumerate() {
            let at_ms = midnight_ms.saturating_sub(i64::from(offset_s) * 1000);
            let until_ms = self.offsets.get(index + 1).map_or(i64::MAX, |it| it.0);
            if at_ms < until_ms {
                let begins_ms = if index == 0 { i64::MIN } else { from_ms };
                return Timestamp::from_ms(at_ms.max(begins_ms));
            }
        }
        Timestamp::from_ms(midnight_ms)
    }
}

fn jiff_timestamp(at: Timestamp) -> jiff::Timestamp {
    // A day inside the ends of the calendar, so that every offset still fits.
    let day_ms = 24 * 60 * 60 * 1000;
    let earliest_ms = jiff::Timestamp::MIN.as_millisecond() + day_ms;
    let latest_ms = jiff::Timestamp::MAX.as_millisecond() - day_ms;
    jiff::Timestamp::from_millisecond(at.ms().clamp(earliest_ms, latest_ms)).unwrap_or_default()
}

#[cfg(test)]
pub(crate) mod tests;
