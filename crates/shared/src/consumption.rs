//! From two values to a consumption. The difference may be negative: the office has to see that too.

use rust_decimal::Decimal;

use crate::reading_value::ReadingValue;
use crate::register::Register;

/// What ran through the register between two values, before the multiplier.
pub fn use_between(
    register: &Register,
    previous: ReadingValue,
    value: ReadingValue,
    rolled_over: bool,
) -> Decimal {
    let difference = value.decimal() - previous.decimal();
    let use_ = if rolled_over && value < previous {
        difference + register.size()
    } else {
        difference
    };
    use_.normalize()
}

/// The difference of two values times the multiplier.
pub fn consumption(
    register: &Register,
    previous: ReadingValue,
    value: ReadingValue,
    rolled_over: bool,
) -> Decimal {
    (use_between(register, previous, value, rolled_over) * register.multiplier()).normalize()
}

/// A roll-over explains a lower value: the use would be below half the dial.
pub fn rollover_is_plausible(register: &Register, previous: ReadingValue, value: ReadingValue) -> bool {
    value < previous && use_between(register, previous, value, true) * Decimal::TWO < register.size()
}

/// One side of an exchange: what one meter counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeterSpan {
    /// The meter's register.
    pub register: Register,
    /// Where it began.
    pub from: ReadingValue,
    /// Where it ended.
    pub to: ReadingValue,
}

/// Across an exchange: (final - previous) on the old meter and (value - initial) on the new one, each times its own
/// multiplier.
pub fn consumption_across_exchange(old: &MeterSpan, new: &MeterSpan) -> Decimal {
    let [old, new] = [old, new].map(|it| consumption(&it.register, it.from, it.to, false));
    (old + new).normalize()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(text: &str) -> ReadingValue {
        ReadingValue::parse(text).unwrap()
    }

    fn check(dials: u32, multiplier: i64, previous: &str, now: &str, rolled_over: bool, expected: &str) {
        let register = Register::new(dials, 3, Decimal::from(multiplier)).unwrap();
        let consumption = consumption(&register, value(previous), value(now), rolled_over);
        assert_eq!(consumption.to_string(), expected);
    }

    #[test]
    fn consumption_is_the_difference_times_the_multiplier() {
        check(5, 1, "46074", "46211", false, "137");
        check(5, 10, "100.250", "101.5", false, "12.5");
        check(5, 1, "46211", "46211.000", false, "0");
    }

    #[test]
    fn a_rollover_counts_through_zero() {
        check(5, 1, "99986", "11", true, "25");
        check(5, 10, "99999.5", "0.5", true, "10");
    }

    #[test]
    fn a_lower_value_without_rollover_is_negative() {
        check(5, 1, "100", "90", false, "-10");
    }

    #[test]
    fn an_answer_of_rollover_changes_nothing_when_the_value_rose() {
        check(5, 1, "100", "110", true, "10");
    }

    #[test]
    fn a_rollover_is_offered_only_below_half_the_dial() {
        let register = Register::new(5, 0, Decimal::ONE).unwrap();
        assert!(rollover_is_plausible(&register, value("99986"), value("11")));
        assert!(!rollover_is_plausible(&register, value("46211"), value("46074")));
        assert!(!rollover_is_plausible(&register, value("50000"), value("0")));
        assert!(rollover_is_plausible(&register, value("50001"), value("0")));
        assert!(!rollover_is_plausible(&register, value("11"), value("99986")));
    }

    #[test]
    fn an_exchange_adds_what_both_meters_counted() {
        let old = MeterSpan {
            register: Register::new(5, 0, Decimal::ONE).unwrap(),
            from: value("46000"),
            to: value("46100"),
        };
        let new = MeterSpan {
            register: Register::new(6, 1, Decimal::from(2)).unwrap(),
            from: value("3"),
            to: value("10.5"),
        };
        assert_eq!(consumption_across_exchange(&old, &new).to_string(), "115");
    }

    fn of(number: i64) -> ReadingValue {
        ReadingValue::from_decimal(Decimal::from(number)).unwrap()
    }

    proptest! {
        // A line of exchanges, each meter with a register and a start of its own: what is counted is what ran through,
        // whether a meter is read in between or not, and whether it went through zero.
        #[test]
        fn consumption_across_exchanges_is_what_ran_through_all_meters(
            meters in prop::collection::vec((1_u32..=8, 0_i64..100_000_000, 0_i64..50_000_000, 1_i64..100), 1..5),
            cut_percent in 0_i64..=100,
        ) {
            let mut counted = Decimal::ZERO;
            let mut ran = Decimal::ZERO;
            for (dials, start, turned, multiplier) in meters {
                let register = Register::new(dials, 0, Decimal::from(multiplier)).unwrap();
                let size = 10_i64.pow(dials);
                let (start, turned) = (start % size, turned % (size / 2));
                let stop_at = |turned: i64| of((start + turned) % size);
                let between = turned * cut_percent / 100;
                let (from, middle, to) = (stop_at(0), stop_at(between), stop_at(turned));
                let used = |from, to| consumption(&register, from, to, to < from);
                prop_assert_eq!(used(from, to), used(from, middle) + used(middle, to));
                counted += used(from, to);
                ran += Decimal::from(turned * multiplier);
            }
            prop_assert_eq!(counted.normalize(), ran.normalize());
        }

        #[test]
        fn an_exchange_counts_as_its_two_halves(
            old in (1_u32..=8, 0_i64.., 0_i64..), new in (1_u32..=8, 0_i64.., 0_i64..), multipliers in (1_i64..1000, 1_i64..1000),
        ) {
            let span = |(dials, from, to): (u32, i64, i64), multiplier: i64| {
                let size = 10_i64.pow(dials);
                MeterSpan {
                    register: Register::new(dials, 0, Decimal::from(multiplier)).unwrap(),
                    from: of(from % size),
                    to: of(to % size),
                }
            };
            let (old, new) = (span(old, multipliers.0), span(new, multipliers.1));
            let half = |it: &MeterSpan| (it.to.decimal() - it.from.decimal()) * it.register.multiplier();
            prop_assert_eq!(consumption_across_exchange(&old, &new), (half(&old) + half(&new)).normalize());
        }

        #[test]
        fn use_is_what_turned_the_register(dials in 1_u32..=8, start in 0_i64.., turned in 0_i64..) {
            let size = 10_i64.pow(dials);
            let (start, turned) = (start % size, turned % size);
            let register = Register::new(dials, 0, Decimal::ONE).unwrap();
            let (previous, now) = (of(start), of((start + turned) % size));
            let rolled_over = now < previous;
            prop_assert_eq!(use_between(&register, previous, now, rolled_over), Decimal::from(turned));
            prop_assert_eq!(rollover_is_plausible(&register, previous, now), rolled_over && turned * 2 < size);
        }
    }
}
