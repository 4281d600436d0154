use proptest::prelude::*;

use super::*;
use crate::wire::list::RuleSettings;
use crate::wire::periods::{PeriodSettings, PeriodSummary};
use crate::zone::tests::{at, bogota, guam};

fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

fn check(month: &str, days: u32, first: &str, last: &str) {
    let row = ReadingWindow::of(period(month), days).row_on(Date::MIN);
    assert_eq!(
        (row.first_day.as_str(), row.last_day.as_str(), row.state.as_str()),
        (first, last, "not_yet"),
        "{days} days of {month}"
    );
}

#[test]
fn the_window_is_the_last_days_of_the_month() {
    check("2026-11", 5, "2026-11-26", "2026-11-30");
    check("2026-12", 5, "2026-12-27", "2026-12-31");
    check("2026-12", 1, "2026-12-31", "2026-12-31");
    check("2026-02", 5, "2026-02-24", "2026-02-28");
    check("2028-02", 5, "2028-02-25", "2028-02-29");
}

#[test]
fn a_window_longer_than_its_month_is_the_whole_month() {
    check("2026-12", 31, "2026-12-01", "2026-12-31");
    check("2026-11", 31, "2026-11-01", "2026-11-30");
    check("2026-02", 28, "2026-02-01", "2026-02-28");
    check("2026-02", 31, "2026-02-01", "2026-02-28");
}

#[test]
fn a_number_that_no_office_can_set_is_taken_for_the_nearest() {
    check("2026-11", 0, "2026-11-30", "2026-11-30");
    check("2026-11", u32::MAX, "2026-11-01", "2026-11-30");
    for number in [0, 32, u32::MAX] {
        assert_eq!(WindowDays::parse(number), None);
    }
    assert_eq!(WindowDays::parse(31).map(WindowDays::number), Some(31));
}

#[test]
fn it_is_not_yet_then_open_then_over() {
    let window = ReadingWindow::of(period("2026-11"), 5);
    let state = |text: &str| window.state_on(day::parse(text).unwrap());
    assert_eq!(state("2026-11-25"), WindowState::NotYet);
    assert_eq!(state("2026-11-26"), WindowState::Open);
    assert_eq!(state("2026-11-30"), WindowState::Open);
    assert_eq!(state("2026-12-01"), WindowState::Over);
}

#[test]
fn it_opens_and_ends_with_the_propertys_day() {
    let window = ReadingWindow::of(period("2026-11"), 5);
    // 26 November in Guam is still the 25th in Bogota; 1 December in Guam is still November there.
    for (moment, in_guam, in_bogota) in [
        (
            "2026-11-25T23:59:59+10:00",
            WindowState::NotYet,
            WindowState::NotYet,
        ),
        (
            "2026-11-26T00:00:00+10:00",
            WindowState::Open,
            WindowState::NotYet,
        ),
        ("2026-11-26T00:00:00-05:00", WindowState::Open, WindowState::Open),
        ("2026-12-01T00:00:00+10:00", WindowState::Over, WindowState::Open),
        ("2026-12-01T00:00:00-05:00", WindowState::Over, WindowState::Over),
    ] {
        let moment_at = at(moment);
        assert_eq!(window.state_on(guam().date_at(moment_at)), in_guam, "{moment}");
        assert_eq!(
            window.state_on(bogota().date_at(moment_at)),
            in_bogota,
            "{moment}"
        );
    }
}

#[test]
fn where_one_side_knows_no_window_the_other_has_the_usual_one() {
    let rules: RuleSettings = serde_json::from_str(r#"{"late_days":3}"#).unwrap();
    assert_eq!(
        (rules.late_days, rules.reading_window_days),
        (3, WINDOW_DAYS_DEFAULT)
    );
    let settings: PeriodSettings = serde_json::from_str(r#"{"late_days":3}"#).unwrap();
    assert_eq!(settings.reading_window_days, None);
    let row: PeriodSummary = serde_json::from_str(
        r#"{"property":"HV","name":"","period":"2026-11","state":"open","can_close":false,"counts":{"points":0,"read":0,
        "estimated":0,"skipped":0,"missing":0,"clean":0,"conflict":0,"held":0,"flagged":0,"skips_open":0}}"#,
    )
    .unwrap();
    assert_eq!(row.window, None);
}

proptest! {
    #[test]
    fn of_each_month_as_many_days_are_in_its_window_as_are_set_or_it_has(
        months in 0_i32..119_988, days in WINDOW_DAYS_MIN..=WINDOW_DAYS_MAX,
    ) {
        let month = Period::new(months / 12, months % 12 + 1).unwrap();
        let window = ReadingWindow::of(month, days);
        let begin = month.first_day();
        let of_month = (1..=begin.days_in_month()).map(|it| Date::new(begin.year(), begin.month(), it).unwrap());
        let states: Vec<_> = of_month.map(|it| window.state_on(it)).collect();
        prop_assert!(states.is_sorted());
        let open = states.iter().filter(|it| **it == WindowState::Open).count();
        prop_assert_eq!(open, states.len().min(usize::try_from(days).unwrap()));
        prop_assert_eq!(states.last(), Some(&WindowState::Open));
    }
}
