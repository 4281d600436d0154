//! The calendar month that a reading belongs to: from when it was read, never from when it arrived.

use jiff::civil::Date;

use crate::timestamp::Timestamp;
use crate::zone::Zone;

/// A calendar month of the property's time zone, `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    // Since January of the year 0; never outside the years 0 to 9999.
    months: i32,
}

impl Period {
    /// `None` outside the years 0 to 9999 and the months 1 to 12.
    pub fn new(year: i32, month: i32) -> Option<Self> {
        let valid = (0..=9999).contains(&year) && (1..=12).contains(&month);
        valid.then_some(Self {
            months: year * 12 + month - 1,
        })
    }

    /// Reads `2026-11`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |part: &str| part.bytes().all(|it| it.is_ascii_digit());
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?)
    }

    /// The month of a day.
    pub fn of_date(date: Date) -> Self {
        Self::clamped(i32::from(date.year()) * 12 + i32::from(date.month()) - 1)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.months / 12
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i32 {
        self.months % 12 + 1
    }

    /// The month after.
    pub fn next(self) -> Self {
        Self::clamped(self.months + 1)
    }

    /// The month before.
    pub fn previous(self) -> Self {
        Self::clamped(self.months - 1)
    }

    /// The same month of the year before.
    pub fn year_before(self) -> Self {
        Self::clamped(self.months - 12)
    }

    /// The month in which this period is billed: the one after.
    pub fn billing_period(self) -> Self {
        self.next()
    }

    /// The first day.
    pub fn first_day(self) -> Date {
        let year = i16::try_from(self.year()).unwrap_or(i16::MAX);
        let month = i8::try_from(self.month()).unwrap_or(1);
        Date::new(year, month, 1).unwrap_or(Date::MAX)
    }

    fn clamped(months: i32) -> Self {
        Self {
            months: months.clamp(0, 9999 * 12 + 11),
        }
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

/// Most days of a month in which readings may still belong to the month before: from the 28th on the window of February
/// itself would be gone.
pub const LATE_DAYS_MAX: u32 = 27;

/// Days of a month in which readings may still belong to the month before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateDays(u32);

impl LateDays {
    /// `None` beyond [`LATE_DAYS_MAX`].
    pub fn parse(number: u32) -> Option<Self> {
        (number <= LATE_DAYS_MAX).then_some(Self(number))
    }

    /// How many.
    pub fn number(self) -> u32 {
        self.0
    }
}

/// The periods that a technician can choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodChoice {
    /// What the rule proposes.
    pub proposed: Period,
    /// The other one, within the late days.
    pub other: Option<Period>,
}

/// What the phone knows of the month before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MonthBefore {
    /// It knows a reading of that month for this meter point.
    pub has_reading: bool,
    /// The month is closed.
    pub closed: bool,
}

/// The phone's rule: the month of the read time; within the late days the month before, if the phone knows no reading
/// of that month and it is not closed.
pub fn choose_period(read_at: Timestamp, zone: &Zone, late_days: u32, before: MonthBefore) -> PeriodChoice {
    let month = zone.month_at(read_at);
    if !is_late_day(read_at, zone, late_days) {
        return PeriodChoice {
            proposed: month,
            other: None,
        };
    }
    if before.has_reading || before.closed {
        PeriodChoice {
            proposed: month,
            other: Some(month.previous()),
        }
    } else {
        PeriodChoice {
            proposed: month.previous(),
            other: Some(month),
        }
    }
}

/// Where the server books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Booking {
    /// The booked period.
    pub period: Period,
    /// The sent period could not be kept: flag `clock`.
    pub moved: bool,
}

/// The server's rule: the sent period is kept if it is the month of the corrected read time or, within the late days,
/// the month before; otherwise the month of the corrected time is booked and flagged.
pub fn book_period(sent: Option<Period>, corrected: Timestamp, zone: &Zone, late_days: u32) -> Booking {
    let month = zone.month_at(corrected);
    let Some(sent) = sent else {
        return Booking {
            period: month,
            moved: false,
        };
    };
    let kept = sent == month || (sent == month.previous() && is_late_day(corrected, zone, late_days));
    if kept {
        Booking {
            period: sent,
            moved: false,
        }
    } else {
        Booking {
            period: month,
            moved: true,
        }
    }
}

fn is_late_day(at: Timestamp, zone: &Zone, late_days: u32) -> bool {
    u32::try_from(zone.date_at(at).day()).is_ok_and(|day| day <= late_days)
}

#[cfg(test)]
mod tests;
