use proptest::prelude::*;

use super::*;
use crate::zone::tests::{at, bogota, guam};

fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

fn check_choice(read_at: &str, before: MonthBefore, proposed: &str, other: Option<&str>) {
    let choice = choose_period(at(read_at), &guam(), 5, before);
    assert_eq!(
        choice,
        PeriodChoice {
            proposed: period(proposed),
            other: other.map(period)
        },
        "{read_at}"
    );
}

fn check_booking(sent: &str, corrected: &str, expected: &str, moved: bool) {
    let booking = book_period(Some(period(sent)), at(corrected), &guam(), 5);
    assert_eq!(
        booking,
        Booking {
            period: period(expected),
            moved
        },
        "{sent} at {corrected}"
    );
}

const UNREAD: MonthBefore = MonthBefore {
    has_reading: false,
    closed: false,
};
const READ: MonthBefore = MonthBefore {
    has_reading: true,
    closed: false,
};
const CLOSED: MonthBefore = MonthBefore {
    has_reading: false,
    closed: true,
};

#[test]
fn a_period_is_written_as_year_and_month() {
    assert_eq!(period("2026-11").to_string(), "2026-11");
    for text in [
        "2026-13",
        "2026-00",
        "2026-1",
        "26-11",
        "2026/11",
        "2026-11-01",
        "+026-11",
        "",
        "2026-١١",
    ] {
        assert_eq!(Period::parse(text), None, "{text}");
    }
}

#[test]
fn the_year_turns_after_december() {
    assert_eq!(period("2026-12").next(), period("2027-01"));
    assert_eq!(period("2027-01").previous(), period("2026-12"));
    assert_eq!(period("2026-12").billing_period(), period("2027-01"));
    assert!(period("2026-12") < period("2027-01"));
}

#[test]
fn the_phone_proposes_the_month_of_the_reading() {
    check_choice("2026-11-27T09:14:03+10:00", UNREAD, "2026-11", None);
    check_choice("2026-11-06T00:00:00+10:00", UNREAD, "2026-11", None);
}

#[test]
fn within_the_late_days_the_phone_proposes_the_month_before_if_that_is_missing() {
    check_choice("2026-11-05T23:59:59+10:00", UNREAD, "2026-10", Some("2026-11"));
    check_choice("2026-11-01T00:00:00+10:00", UNREAD, "2026-10", Some("2026-11"));
    check_choice("2026-11-05T12:00:00+10:00", READ, "2026-11", Some("2026-10"));
    check_choice("2026-11-05T12:00:00+10:00", CLOSED, "2026-11", Some("2026-10"));
}

#[test]
fn late_days_are_counted_in_the_propertys_zone() {
    // 5 November in Guam is still 4 November in Bogota; 6 November in Guam is 5 November there.
    let moment = at("2026-11-06T08:00:00+10:00");
    assert_eq!(
        choose_period(moment, &guam(), 5, UNREAD).proposed,
        period("2026-11")
    );
    assert_eq!(
        choose_period(moment, &bogota(), 5, UNREAD).proposed,
        period("2026-10")
    );
}

#[test]
fn the_server_keeps_a_period_that_can_be() {
    check_booking("2026-11", "2026-11-27T09:14:03+10:00", "2026-11", false);
    check_booking("2026-10", "2026-11-05T23:59:59+10:00", "2026-10", false);
    check_booking("2026-11", "2026-11-05T23:59:59+10:00", "2026-11", false);
}

#[test]
fn the_server_moves_a_period_that_can_not_be() {
    check_booking("2026-10", "2026-11-06T00:00:00+10:00", "2026-11", true);
    check_booking("2026-12", "2026-11-27T09:14:03+10:00", "2026-11", true);
    check_booking("2025-11", "2026-11-02T09:14:03+10:00", "2026-11", true);
}

#[test]
fn without_a_sent_period_the_month_of_the_reading_counts() {
    let booking = book_period(None, at("2026-11-02T00:00:00+10:00"), &guam(), 5);
    assert_eq!(
        booking,
        Booking {
            period: period("2026-11"),
            moved: false
        }
    );
}

#[test]
fn a_reading_of_the_last_evening_stays_in_its_month_however_late_it_arrives() {
    let read_at = at("2026-09-30T23:30:00+10:00");
    assert_eq!(
        choose_period(read_at, &guam(), 5, UNREAD).proposed,
        period("2026-09")
    );
    let booking = book_period(Some(period("2026-09")), read_at, &guam(), 5);
    assert_eq!(
        booking,
        Booking {
            period: period("2026-09"),
            moved: false
        }
    );
}

proptest! {
    #[test]
    fn what_the_phone_proposes_the_server_keeps(ms in 0_i64..4_102_444_800_000, late_days in 0_u32..31,
        has_reading: bool, closed: bool) {
        let read_at = Timestamp::from_ms(ms);
        let choice = choose_period(read_at, &guam(), late_days, MonthBefore { has_reading, closed });
        for sent in [Some(choice.proposed), choice.other].into_iter().flatten() {
            let booking = book_period(Some(sent), read_at, &guam(), late_days);
            prop_assert_eq!(booking, Booking { period: sent, moved: false });
        }
    }

    #[test]
    fn months_follow_each_other(months in 1_i32..119_987) {
        let month = Period::new(months / 12, months % 12 + 1).unwrap();
        prop_assert_eq!(month.next().previous(), month);
        prop_assert_eq!(month.previous().next(), month);
        prop_assert_eq!(Period::parse(&month.to_string()), Some(month));
        prop_assert_eq!(Period::of_date(month.first_day()), month);
    }
}
