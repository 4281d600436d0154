//! Which phones the office should look at.

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;
use crate::wire::devices::DeviceWarning;

const HOUR_MS: i64 = 60 * 60 * 1_000;

/// Limits that the office sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeviceRules {
    /// From this age on a reading that waits on a phone is warned of.
    pub old_after_hours: u32,
}

/// Longest age that can be set: a month, as a phone that is heard of less often is no phone in use.
pub const OLD_AFTER_HOURS_MAX: u32 = 31 * 24;

impl DeviceRules {
    /// `None` beyond one hour to a month.
    pub fn parse(old_after_hours: u32) -> Option<Self> {
        (1..=OLD_AFTER_HOURS_MAX)
            .contains(&old_after_hours)
            .then_some(Self { old_after_hours })
    }
}

impl Default for DeviceRules {
    fn default() -> Self {
        // A phone that was in no network overnight is nothing strange; one that was in none for a whole day is.
        Self { old_after_hours: 24 }
    }
}

/// One person's queue on one phone, as far as the server knows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeviceQueue {
    /// Running numbers up to the total that the phone reported last, which have not arrived.
    pub missing: u64,
    /// How many it said then to have waiting.
    pub waiting: u64,
    /// When the oldest of those was read, by the phone's clock.
    pub oldest_read_at: Option<Timestamp>,
    /// When it said so.
    pub last_contact_at: Option<Timestamp>,
}

/// What to look at first. More is missing than the phone has: those readings are lost, unless the phone comes upon them. What it
/// has, but for too long: somebody should ask. Numbers given after the last report prove nothing and are not in `missing`.
pub fn device_warning(queue: &DeviceQueue, rules: &DeviceRules, now: Timestamp) -> DeviceWarning {
    if queue.missing > queue.waiting {
        DeviceWarning::Gaps
    } else if queue.waiting > 0 && waits_since_ms(queue, now) >= limit_ms(rules) {
        DeviceWarning::OldReadings
    } else {
        DeviceWarning::None
    }
}

// A phone's clock may be wrong; what it had at the last contact is at least as old as that.
fn waits_since_ms(queue: &DeviceQueue, now: Timestamp) -> i64 {
    let times = [queue.oldest_read_at, queue.last_contact_at];
    times
        .into_iter()
        .flatten()
        .map(|at| now.since_ms(at))
        .max()
        .unwrap_or(0)
}

fn limit_ms(rules: &DeviceRules) -> i64 {
    i64::from(rules.old_after_hours).saturating_mul(HOUR_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_ms(1_795_737_600_000);

    fn check(
        missing: u64,
        waiting: u64,
        read_hours_ago: i64,
        contact_hours_ago: i64,
        expected: DeviceWarning,
    ) {
        let ago = |hours: i64| Some(NOW.plus_ms(-hours * HOUR_MS));
        let queue = DeviceQueue {
            missing,
            waiting,
            oldest_read_at: ago(read_hours_ago),
            last_contact_at: ago(contact_hours_ago),
        };
        let found = device_warning(&queue, &DeviceRules::default(), NOW);
        assert_eq!(
            found, expected,
            "{missing} missing, {waiting} waiting, {read_hours_ago} h, {contact_hours_ago} h"
        );
    }

    #[test]
    fn readings_that_wait_too_long_are_warned_of() {
        check(5, 5, 23, 1, DeviceWarning::None);
        check(5, 5, 24, 1, DeviceWarning::OldReadings);
        // Nothing is missing, but a correction waits.
        check(0, 1, 30, 1, DeviceWarning::OldReadings);
        check(0, 0, 90, 80, DeviceWarning::None);
    }

    #[test]
    fn the_set_time_is_an_hour_to_a_month() {
        for (hours, expected) in [(0, false), (1, true), (744, true), (745, false)] {
            assert_eq!(DeviceRules::parse(hours).is_some(), expected, "{hours} h");
        }
    }

    #[test]
    fn a_clock_that_runs_ahead_hides_nothing_for_long() {
        check(1, 1, -8_760, 23, DeviceWarning::None);
        check(1, 1, -8_760, 24, DeviceWarning::OldReadings);
    }

    #[test]
    fn more_missing_than_waiting_is_a_gap_however_young() {
        check(3, 2, 0, 0, DeviceWarning::Gaps);
        check(1, 0, 0, 0, DeviceWarning::Gaps);
        check(2, 2, 0, 0, DeviceWarning::None);
        // The queue shows more than is missing: the phone has not heard of all its receipts.
        check(2, 9, 0, 0, DeviceWarning::None);
    }
}
