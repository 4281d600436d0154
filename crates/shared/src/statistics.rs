//! What the checks compare a new use with.

use rust_decimal::Decimal;

use crate::consumption::{rollover_is_plausible, use_between};
use crate::reading_value::{ReadingValue, micro_of};
use crate::register::Register;
use crate::timestamp::Timestamp;
use crate::wire::list::Statistics;

/// At most this many readings make the mean.
pub const HISTORY_READINGS_MAX: usize = 12;

pub(crate) const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What the checks compare with: how many readings there are, and their [`use_per_day`].
pub fn statistics_of(register: &Register, readings: &[(Timestamp, ReadingValue)]) -> Statistics {
    let counted = readings.len().min(HISTORY_READINGS_MAX);
    let per_day = use_per_day(register, readings);
    Statistics {
        readings: u32::try_from(counted).unwrap_or_default(),
        mean_per_day_micro: micro_of(per_day.unwrap_or_default()),
    }
}

/// Mean use a day over the last twelve regular readings of the current meter (by rising time), each interval weighed
/// by its days. An interval in which the value fell without a plausible roll-over tells nothing and is left out; `None`
/// where none is left.
pub fn use_per_day(register: &Register, readings: &[(Timestamp, ReadingValue)]) -> Option<Decimal> {
    let readings = &readings[readings.len().saturating_sub(HISTORY_READINGS_MAX)..];
    let mut used = Decimal::ZERO;
    let mut elapsed_ms = 0_i64;
    for pair in readings.windows(2) {
        let ((from, previous), (to, value)) = (pair[0], pair[1]);
        let rolled_over = rollover_is_plausible(register, previous, value);
        if to > from && (value >= previous || rolled_over) {
            used += use_between(register, previous, value, rolled_over);
            elapsed_ms = elapsed_ms.saturating_add(to.since_ms(from));
        }
    }
    used.checked_mul(Decimal::from(DAY_MS))
        .and_then(|it| it.checked_div(Decimal::from(elapsed_ms)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = DAY_MS;

    fn check(readings: &[(i64, i64)], count: u32, mean_per_day_micro: i64) {
        let register = Register::new(5, 0, Decimal::ONE).unwrap();
        let readings: Vec<_> = readings
            .iter()
            .map(|&(day, value)| {
                (
                    Timestamp::from_ms(day * DAY),
                    ReadingValue::from_micro(value * 1_000_000).unwrap(),
                )
            })
            .collect();
        assert_eq!(
            statistics_of(&register, &readings),
            Statistics {
                readings: count,
                mean_per_day_micro
            }
        );
    }

    #[test]
    fn the_mean_is_use_by_days() {
        check(&[(0, 100), (30, 160), (40, 240)], 3, 3_500_000);
        check(&[(0, 0), (3, 1)], 2, 333_333);
    }

    #[test]
    fn without_an_interval_there_is_no_mean() {
        check(&[], 0, 0);
        check(&[(0, 100)], 1, 0);
        check(&[(0, 100), (0, 100)], 2, 0);
    }

    #[test]
    fn a_rollover_counts_and_a_fall_does_not() {
        check(&[(0, 99_990), (10, 10)], 2, 2_000_000);
        check(&[(0, 500), (10, 400), (20, 420)], 3, 2_000_000);
    }

    #[test]
    fn only_the_last_twelve_readings_count() {
        let mut readings: Vec<_> = (0..5).map(|it| (it, it * 1000)).collect();
        readings.extend((0..12).map(|it| (100 + it, 10_000 + it)));
        check(&readings, 12, 1_000_000);
    }
}
