//! Moves the customer's dates by whole months, so that the present month is always the open one.

use jiff::civil::Date;
use jiff::{Span, tz::TimeZone};
use shared::period::Period;
use shared::timestamp::Timestamp;

/// The month of the last readings in the files.
const LAST_PERIOD: (i32, i32) = (2026, 10);

/// Months from the last readings in the files to last month.
pub(super) fn months_to_move(now: Timestamp) -> i32 {
    let today = jiff::Timestamp::from_millisecond(now.ms())
        .unwrap_or_default()
        .to_zoned(TimeZone::UTC)
        .date();
    let last_month = Period::of_date(today).previous();
    (last_month.year() * 12 + last_month.month()) - (LAST_PERIOD.0 * 12 + LAST_PERIOD.1)
}

/// The text with every day, time and month of it moved; nothing else in the files looks like one.
pub(super) fn moved(text: &str, months: i32) -> String {
    if months == 0 {
        return text.to_owned();
    }
    let mut moved = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        for (index, field) in line.split(',').enumerate() {
            if index > 0 {
                moved.push(',');
            }
            moved.push_str(&moved_field(field, months));
        }
    }
    moved
}

fn moved_field(field: &str, months: i32) -> String {
    let date = field
        .get(..10)
        .and_then(|day| Some((day.parse::<Date>().ok()?, &field[10..])));
    if let Some((day, rest)) = date {
        // Days that a shorter month lacks become its last one.
        let moved = day.checked_add(Span::new().months(months)).unwrap_or(day);
        return format!("{moved}{rest}");
    }
    match Period::parse(field) {
        Some(period) => {
            let count = period.year() * 12 + period.month() - 1 + months;
            Period::new(count.div_euclid(12), count.rem_euclid(12) + 1)
                .map_or_else(|| field.to_owned(), |period| period.to_string())
        }
        None => field.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_times_and_months_move_and_nothing_else_does() {
        let text = "E1,2026-10,regular,46211,2026-10-31T08:56:00,ben,\r\n";
        assert_eq!(
            moved(text, 4),
            "E1,2027-02,regular,46211,2027-02-28T08:56:00,ben,\r\n"
        );
        assert_eq!(
            moved(text, -10),
            "E1,2025-12,regular,46211,2025-12-31T08:56:00,ben,\r\n"
        );
        assert_eq!(moved(text, 0), text);
    }

    #[test]
    fn the_last_readings_come_to_be_of_last_month() {
        for (now_ms, months) in [
            // 2026-11-23, 2026-12-01, 2026-01-15
            (1_795_392_000_000, 0),
            (1_796_083_200_000, 1),
            (1_768_435_200_000, -10),
        ] {
            assert_eq!(months_to_move(Timestamp::from_ms(now_ms)), months, "{now_ms}");
        }
    }
}
