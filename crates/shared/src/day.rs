//! Days of the calendar as they travel: `2026-11-27`. Read and written here, as moments are: see [`crate::timestamp`].

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

const DAY_S: i64 = 24 * 60 * 60;

/// Reads a day; `None` for anything else.
pub fn parse(text: &str) -> Option<Date> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.strip_prefix('-')?.split_once('-')?;
    let is_plain = |part: &str, digits| part.len() == digits && part.bytes().all(|it| it.is_ascii_digit());
    if !(is_plain(year, 4) && is_plain(month, 2) && is_plain(day, 2)) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The day's text.
pub fn text_of(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// Days from `earlier` to `later`; negative when `earlier` is later.
pub fn days_between(earlier: Date, later: Date) -> i64 {
    number_of(later) - number_of(earlier)
}

/// Days since 1970-01-01.
fn number_of(day: Date) -> i64 {
    let midnight = Offset::UTC.to_timestamp(day.to_datetime(Time::midnight()));
    // Every day of the calendar has its midnight in UTC.
    midnight.map_or(0, |it| it.as_second().div_euclid(DAY_S))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn days_are_read_written_and_counted_as_jiff_does(
            a in (0_i16..=9999, 1_i8..=12, 1_i8..=31),
            b in (0_i16..=9999, 1_i8..=12, 1_i8..=31),
        ) {
            let (Ok(a), Ok(b)) = (Date::new(a.0, a.1, a.2), Date::new(b.0, b.1, b.2)) else {
                return Ok(());
            };
            prop_assert_eq!(text_of(a), a.to_string());
            prop_assert_eq!(parse(&a.to_string()), Some(a));
            prop_assert_eq!(days_between(a, b), i64::from(b.since(a).unwrap().get_days()));
        }

        #[test]
        fn nothing_else_panics(text in ".{0,12}") {
            let _ = parse(&text);
        }
    }

    #[test]
    fn anything_but_a_day_is_none() {
        for text in [
            "",
            "2026",
            "2026-1-1",
            "2026-02-30",
            "2026-11-27T00:00",
            "+026-11-27",
            "2026/11/27",
            "äb-11-27",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
