//! Days as the reader's own clock cuts them, for filters by day.

use js_sys::Date;
use shared::timestamp::Timestamp;

/// When a day such as `2026-11-27` begins here; `None` for anything else.
pub fn begins(day: &str) -> Option<Timestamp> {
    moment(&midnight(day)?)
}

/// When it ends here.
pub fn ends(day: &str) -> Option<Timestamp> {
    let date = midnight(day)?;
    date.set_date(date.get_date() + 1);
    moment(&date)
}

/// The day that it is here at a moment: `2026-11-27`.
pub fn of(at: Timestamp) -> String {
    let date = Date::new(&(at.ms() as f64).into());
    format!(
        "{:04}-{:02}-{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date()
    )
}

fn midnight(day: &str) -> Option<Date> {
    shared::day::parse(day)?;
    // Without a zone a browser reads it by its own.
    Some(Date::new(&format!("{day}T00:00:00").into()))
}

fn moment(date: &Date) -> Option<Timestamp> {
    let at = date.get_time();
    #[allow(
        clippy::cast_possible_truncation,
        reason = "milliseconds of our times are whole"
    )]
    at.is_finite().then(|| Timestamp::from_ms(at as i64))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_day_ends_where_the_next_begins() {
        assert_eq!(ends("2026-11-30"), begins("2026-12-01"));
        assert_eq!(begins("yesterday"), None);
    }

    #[test]
    fn a_moment_is_of_the_day_in_which_it_begins_and_just_before_it_ends() {
        for day in ["2026-03-29", "2026-10-25", "2026-11-30"] {
            assert_eq!(begins(day).map(of).as_deref(), Some(day));
            assert_eq!(ends(day).map(|it| of(it.plus_ms(-1))).as_deref(), Some(day));
        }
    }
}
