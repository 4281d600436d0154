//! The reading window: the last days of a month, in which its meters are read. It says when to go, and keeps nothing out: a
//! reading of any other day counts as always.

use jiff::civil::Date;

use crate::day;
use crate::names::named;
use crate::period::Period;
use crate::wire::periods::WindowRow;

/// Fewest days of a window: it ends with the month, so one day is its last.
pub const WINDOW_DAYS_MIN: u32 = 1;
/// Most days of a window: the whole of the longest month.
pub const WINDOW_DAYS_MAX: u32 = 31;
/// Where nobody has set anything.
pub const WINDOW_DAYS_DEFAULT: u32 = 5;

/// Last days of a month in which its meters are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowDays(u32);

impl WindowDays {
    /// `None` below [`WINDOW_DAYS_MIN`] and beyond [`WINDOW_DAYS_MAX`].
    pub fn parse(number: u32) -> Option<Self> {
        (WINDOW_DAYS_MIN..=WINDOW_DAYS_MAX)
            .contains(&number)
            .then_some(Self(number))
    }

    /// How many.
    pub fn number(self) -> u32 {
        self.0
    }
}

named!(
    /// How a day stands to a window.
    WindowState {
        /// It is before the window.
        NotYet = "not_yet",
        /// It is one of its days.
        Open = "open",
        /// The month is over.
        Over = "over",
    }
);

/// The days in which the meters of one month are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadingWindow {
    first: Date,
    last: Date,
}

impl ReadingWindow {
    /// The last `days` of a month; of a shorter month all of it. A number that no office can set is taken for the nearest
    /// that it can.
    pub fn of(period: Period, days: u32) -> Self {
        let begin = period.first_day();
        let last = begin.last_of_month();
        let days = days.clamp(WINDOW_DAYS_MIN, WINDOW_DAYS_MAX);
        let first = i8::try_from(days)
            .ok()
            .and_then(|days| Date::new(last.year(), last.month(), last.day() - days + 1).ok());
        Self {
            first: first.unwrap_or(begin),
            last,
        }
    }

    /// How a day of the property's zone stands to it.
    pub fn state_on(self, day: Date) -> WindowState {
        if day < self.first {
            WindowState::NotYet
        } else if day <= self.last {
            WindowState::Open
        } else {
            WindowState::Over
        }
    }

    /// As it travels, seen from a day of the property's zone.
    pub fn row_on(self, today: Date) -> WindowRow {
        WindowRow {
            first_day: day::text_of(self.first),
            last_day: day::text_of(self.last),
            state: self.state_on(today).name().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
