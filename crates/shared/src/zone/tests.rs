use proptest::prelude::*;

use super::*;
use crate::timestamp::LocalTime;

/// Ten hours east, no daylight saving time since 1970 as far as readings go.
pub(crate) fn guam() -> Zone {
    Zone::new(&[(i64::MIN, 36_000)]).unwrap()
}

/// Summer time 2026: from 29 March to 25 October, both at 01:00 UTC.
pub(crate) fn dublin() -> Zone {
    Zone::new(&[
        (i64::MIN, 0),
        (at("2026-03-29T01:00:00Z").ms(), 3_600),
        (at("2026-10-25T01:00:00Z").ms(), 0),
    ])
    .unwrap()
}

/// Five hours west.
pub(crate) fn bogota() -> Zone {
    Zone::new(&[(i64::MIN, -18_000)]).unwrap()
}

pub(crate) fn at(text: &str) -> Timestamp {
    LocalTime::parse(text).unwrap().at
}

fn check_month(zone: &Zone, text: &str, expected: &str) {
    assert_eq!(zone.month_at(at(text)).to_string(), expected, "{text}");
}

fn check_start(zone: &Zone, period: &str, expected: &str) {
    let start = zone.month_start(Period::parse(period).unwrap());
    assert_eq!(
        start,
        at(expected),
        "{} instead of {expected}",
        start.to_rfc3339()
    );
}

#[test]
fn a_month_ends_at_midnight_of_the_propertys_zone() {
    check_month(&guam(), "2026-09-30T23:59:59.999+10:00", "2026-09");
    check_month(&guam(), "2026-10-01T00:00:00+10:00", "2026-10");
    check_month(&guam(), "2026-09-30T14:00:00Z", "2026-10");
    check_month(&bogota(), "2026-10-01T04:59:59Z", "2026-09");
    check_month(&bogota(), "2026-10-01T05:00:00Z", "2026-10");
    check_month(&dublin(), "2026-06-30T23:00:00Z", "2026-07");
    check_month(&dublin(), "2026-10-31T23:59:59Z", "2026-10");
}

#[test]
fn a_month_starts_at_the_offset_of_that_day() {
    check_start(&guam(), "2026-10", "2026-09-30T14:00:00Z");
    check_start(&bogota(), "2026-10", "2026-10-01T05:00:00Z");
    check_start(&dublin(), "2026-10", "2026-09-30T23:00:00Z");
    check_start(&dublin(), "2026-11", "2026-11-01T00:00:00Z");
    check_start(&dublin(), "2026-03", "2026-03-01T00:00:00Z");
}

#[test]
fn the_clock_changes_at_the_moment_that_is_listed() {
    let change = at("2026-10-25T01:00:00Z");
    assert_eq!(dublin().offset_s_at(change.plus_ms(-1)), 3_600);
    assert_eq!(dublin().offset_s_at(change), 0);
}

#[test]
fn a_midnight_that_the_clocks_skip_is_the_moment_at_which_they_do() {
    let change = at("2026-10-01T03:00:00Z");
    let zone = Zone::new(&[(i64::MIN, -10_800), (change.ms(), -7_200)]).unwrap();
    assert_eq!(zone.month_start(Period::new(2026, 10).unwrap()), change);
}

#[test]
fn an_unusable_list_of_offsets_is_refused() {
    assert_eq!(Zone::new(&[]), None);
    assert_eq!(Zone::new(&[(5, 0), (5, 3_600)]), None);
    assert_eq!(Zone::new(&[(0, 90_000)]), None);
    assert_eq!(Zone::of_property(&PropertyRow::default()), Zone::utc());
}

#[test]
fn no_moment_breaks_the_calendar() {
    for ms in [i64::MIN, -1, 0, i64::MAX] {
        for zone in [guam(), dublin(), bogota()] {
            let month = zone.month_at(Timestamp::from_ms(ms));
            let _ = (zone.month_start(month), zone.month_end(month));
        }
    }
}

proptest! {
    #[test]
    fn every_moment_lies_within_its_month(ms in 0_i64..4_102_444_800_000) {
        for zone in [guam(), dublin(), bogota()] {
            let at = Timestamp::from_ms(ms);
            let month = zone.month_at(at);
            prop_assert!(zone.month_start(month) <= at && at < zone.month_end(month));
            prop_assert_eq!(zone.month_at(zone.month_end(month)), month.next());
            prop_assert_eq!(zone.month_at(zone.month_end(month).plus_ms(-1)), month);
        }
    }
}
