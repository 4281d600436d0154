//! From a zone's name to the offsets that travel with the list, by the zone database that is built in.

use jiff::tz::TimeZone;
use shared::timestamp::Timestamp;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
const YEAR_MS: i64 = 366 * DAY_MS;
const YEARS_EACH_WAY: i64 = 3;

/// Offsets that hold from three years before `around` to three years after: `(from ms, seconds east of UTC)`, rising;
/// the first holds for all time before the second. A zone that is not known is taken for UTC. The same all day (UTC): a list in
/// which nothing has changed says the same, so that phones need not keep it again.
pub fn zone_offsets(time_zone: &str, around: Timestamp) -> Vec<(i64, i32)> {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let day_ms = around.ms() - around.ms().rem_euclid(DAY_MS);
    let start_ms = day_ms.saturating_sub(YEARS_EACH_WAY * YEAR_MS);
    let end_ms = day_ms.saturating_add(YEARS_EACH_WAY * YEAR_MS);
    let start = jiff::Timestamp::from_millisecond(start_ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let mut offsets = vec![(start.as_millisecond(), zone.to_offset(start).seconds())];
    for transition in zone.following(start) {
        let from_ms = transition.timestamp().as_millisecond();
        if from_ms > end_ms {
            break;
        }
        offsets.push((from_ms, transition.offset().seconds()));
    }
    offsets
}

/// Whether the zone database that is built in knows this name.
pub fn is_known_zone(time_zone: &str) -> bool {
    TimeZone::get(time_zone).is_ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use shared::period::{MonthBefore, Period, book_period, choose_period};
    use shared::zone::Zone;

    use super::*;

    const NOV_2026: Timestamp = Timestamp::from_ms(1_795_000_000_000);

    #[test]
    fn guam_has_one_offset_for_all_time() {
        let offsets = zone_offsets("Pacific/Guam", NOV_2026);
        assert_eq!(offsets.iter().map(|it| it.1).collect::<Vec<_>>(), vec![36_000]);
    }

    #[test]
    fn offsets_are_the_same_all_day() {
        let hour_later = NOV_2026.plus_ms(60 * 60 * 1_000);
        for name in ["Pacific/Guam", "Europe/Berlin"] {
            assert_eq!(zone_offsets(name, NOV_2026), zone_offsets(name, hour_later));
        }
    }

    #[test]
    fn a_zone_with_summer_time_changes_twice_a_year() {
        let offsets = zone_offsets("Europe/Berlin", NOV_2026);
        assert_eq!(offsets.len(), 13);
        assert!(
            offsets
                .windows(2)
                .all(|pair| pair[0].0 < pair[1].0 && pair[0].1 != pair[1].1)
        );
    }

    const CUSTOMER: &str = include_str!("demo/customer/properties.csv");

    fn zones_of_the_customer() -> Vec<(TimeZone, Zone)> {
        let mut reader = csv::Reader::from_reader(CUSTOMER.as_bytes());
        let names: BTreeSet<String> = reader
            .records()
            .map(|row| row.unwrap().get(2).unwrap().to_owned())
            .collect();
        assert_eq!(
            names.iter().map(String::as_str).collect::<Vec<_>>(),
            ["America/Bogota", "Europe/Dublin", "Pacific/Guam"]
        );
        let zone = |name: &String| {
            let offsets = zone_offsets(name, NOV_2026);
            (TimeZone::get(name).unwrap(), Zone::new(&offsets).unwrap())
        };
        names.iter().map(zone).collect()
    }

    // The month by the zone database itself.
    fn month_of(zone: &TimeZone, at: Timestamp) -> String {
        let at = jiff::Timestamp::from_millisecond(at.ms()).unwrap();
        at.to_zoned(zone.clone()).strftime("%Y-%m").to_string()
    }

    proptest! {
        // Around each end of a month of three years, from two hours before to two hours behind, wherever the clocks
        // are changed.
        #[test]
        fn a_reading_around_a_months_end_belongs_to_the_month_that_the_wall_clock_shows(
            months in 0_i32..36, off_ms in -7_200_000_i64..7_200_000, late_days in 0_u32..10,
        ) {
            for (database, zone) in zones_of_the_customer() {
                let month = Period::new(2025 + months / 12, months % 12 + 1).unwrap();
                let end = zone.month_end(month);
                prop_assert_eq!(month_of(&database, end.plus_ms(-1)), month.to_string());
                prop_assert_eq!(month_of(&database, end), month.next().to_string());
                let at = end.plus_ms(off_ms);
                let here = zone.month_at(at);
                prop_assert_eq!(here.to_string(), month_of(&database, at));
                let unread = MonthBefore { has_reading: false, closed: false };
                let choice = choose_period(at, &zone, late_days, unread);
                let expected = if off_ms >= 0 && late_days == 0 { month.next() } else { month };
                prop_assert_eq!(choice.proposed, expected);
                for sent in [Some(choice.proposed), choice.other].into_iter().flatten() {
                    let booked = book_period(Some(sent), at, &zone, late_days);
                    prop_assert!(booked.period == sent && !booked.moved);
                }
                let read = MonthBefore { has_reading: true, closed: false };
                prop_assert_eq!(choose_period(at, &zone, late_days, read).proposed, here);
            }
        }
    }

    #[test]
    fn an_unknown_zone_is_taken_for_utc() {
        assert!(!is_known_zone("Nowhere/Land"));
        assert_eq!(zone_offsets("Nowhere/Land", NOV_2026)[0].1, 0);
    }
}
