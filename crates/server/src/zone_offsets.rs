//! From a zone's name to the offsets that travel with the list, by the zone database that is built in.

use jiff::tz::TimeZone;
use shared::timestamp::Timestamp;

const YEAR_MS: i64 = 366 * 24 * 60 * 60 * 1_000;
const YEARS_EACH_WAY: i64 = 3;

/// Offsets that hold from three years before `around` to three years after: `(from ms, seconds east of UTC)`, rising;
/// the first holds for all time before the second. A zone that is not known is taken for UTC.
pub fn zone_offsets(time_zone: &str, around: Timestamp) -> Vec<(i64, i32)> {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let start_ms = around.ms().saturating_sub(YEARS_EACH_WAY * YEAR_MS);
    let end_ms = around.ms().saturating_add(YEARS_EACH_WAY * YEAR_MS);
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
    use super::*;

    const NOV_2026: Timestamp = Timestamp::from_ms(1_795_000_000_000);

    #[test]
    fn guam_has_one_offset_for_all_time() {
        let offsets = zone_offsets("Pacific/Guam", NOV_2026);
        assert_eq!(offsets.iter().map(|it| it.1).collect::<Vec<_>>(), vec![36_000]);
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

    #[test]
    fn an_unknown_zone_is_taken_for_utc() {
        assert!(!is_known_zone("Nowhere/Land"));
        assert_eq!(zone_offsets("Nowhere/Land", NOV_2026)[0].1, 0);
    }
}
