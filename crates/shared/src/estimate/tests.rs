use proptest::prelude::*;

use super::*;
use crate::zone::tests::{at, guam};

const DAY: i64 = DAY_MS;

fn micro(value: i64) -> ReadingValue {
    ReadingValue::from_micro(value).unwrap()
}

/// Regular readings of a meter with five dials: month, day since the epoch, thousandths.
fn basis(decimals: u32, readings: &[(&str, i64, i64)]) -> EstimateBasis {
    let known = |&(period, day, thousandths): &(&str, i64, i64)| KnownValue {
        period: Period::parse(period).unwrap(),
        regular: true,
        value: micro(thousandths * 1_000),
        read_at: Timestamp::from_ms(day * DAY),
    };
    EstimateBasis {
        register: Register::new(5, decimals, Decimal::from(10)).unwrap(),
        past: readings.iter().map(known).collect(),
        history_readings_min: 3,
    }
}

fn shown(basis: &EstimateBasis, estimate: Result<Estimate, NoEstimate>) -> String {
    match estimate {
        Ok(it) if it.rolled_over => format!("{} over", basis.register.print(it.value)),
        Ok(it) => basis.register.print(it.value),
        Err(error) => error.name().to_owned(),
    }
}

fn by_mean(basis: &EstimateBasis, day: i64) -> String {
    shown(basis, basis.by_mean(Timestamp::from_ms(day * DAY)))
}

fn by_last_year(basis: &EstimateBasis, period: &str, day: i64) -> String {
    let period = Period::parse(period).unwrap();
    shown(basis, basis.by_last_year(period, Timestamp::from_ms(day * DAY)))
}

#[test]
fn the_mean_counts_the_days_since_the_last_value() {
    let three = basis(
        0,
        &[
            ("2026-01", 0, 100_000),
            ("2026-02", 30, 160_000),
            ("2026-03", 40, 240_000),
        ],
    );
    assert_eq!(by_mean(&three, 50), "275");
    assert_eq!(
        by_mean(&three, 41),
        "244",
        "3.5 a day, rounded as the register shows it"
    );
    let decimals = EstimateBasis {
        register: Register::new(5, 2, Decimal::ONE).unwrap(),
        ..three
    };
    assert_eq!(by_mean(&decimals, 41), "243.50");
}

#[test]
fn a_move_is_a_last_value_but_not_part_of_the_mean() {
    let mut moved = basis(
        0,
        &[
            ("2026-01", 0, 0),
            ("2026-02", 30, 30_000),
            ("2026-03", 60, 60_000),
            ("2026-04", 70, 90_000),
        ],
    );
    moved.past[3].regular = false;
    assert_eq!(by_mean(&moved, 80), "100");
    assert_eq!(by_last_year(&moved, "2026-04", 80), "move_since");
}

#[test]
fn too_few_readings_make_no_mean() {
    let two = basis(0, &[("2026-01", 0, 0), ("2026-02", 30, 30_000)]);
    assert_eq!(by_mean(&two, 60), "too_little_history");
    assert_eq!(by_mean(&basis(0, &[]), 60), "too_little_history");
    let later = basis(
        0,
        &[
            ("2026-01", 0, 0),
            ("2026-02", 30, 30_000),
            ("2026-03", 60, 60_000),
        ],
    );
    assert_eq!(
        by_mean(&later, 60),
        "too_little_history",
        "what was read later tells nothing"
    );
    let falling = basis(
        0,
        &[("2026-01", 0, 900_000), ("2026-02", 0, 1_000), ("2026-03", 0, 0)],
    );
    assert_eq!(by_mean(&falling, 60), "too_little_history", "no interval is left");
}

#[test]
fn an_estimate_goes_through_zero_as_the_register_does() {
    let near_the_end = basis(
        0,
        &[
            ("2025-10", 0, 99_700_000),
            ("2025-11", 30, 99_800_000),
            ("2026-10", 365, 99_986_000),
        ],
    );
    assert_eq!(by_last_year(&near_the_end, "2026-11", 395), "86 over");
    let through_zero = basis(
        0,
        &[
            ("2025-10", 0, 99_990_000),
            ("2025-11", 30, 15_000),
            ("2026-10", 365, 300_000),
        ],
    );
    assert_eq!(by_last_year(&through_zero, "2026-11", 395), "325");
}

#[test]
fn last_year_needs_both_months_of_last_year() {
    let year = basis(
        3,
        &[
            ("2025-10", 0, 1_000),
            ("2025-11", 30, 3_500),
            ("2025-12", 60, 7_500),
            ("2026-10", 365, 20_125),
        ],
    );
    assert_eq!(by_last_year(&year, "2026-11", 395), "22.625");
    assert_eq!(
        by_last_year(&year, "2026-12", 425),
        "26.625",
        "November is missing too"
    );
    assert_eq!(by_last_year(&year, "2027-01", 455), "no_last_year");
    let gone = EstimateBasis {
        past: year.past[1..].to_vec(),
        ..year
    };
    assert_eq!(by_last_year(&gone, "2026-11", 395), "no_last_year");
    assert_eq!(by_last_year(&basis(0, &[]), "2026-11", 395), "too_little_history");
    let fell = basis(
        0,
        &[
            ("2025-10", 0, 900_000),
            ("2025-11", 30, 400_000),
            ("2026-10", 365, 1_000_000),
        ],
    );
    assert_eq!(by_last_year(&fell, "2026-11", 395), "no_last_year");
}

#[test]
fn more_than_the_whole_register_is_no_estimate() {
    let wild = basis(
        0,
        &[
            ("2026-01", 0, 0),
            ("2026-02", 1, 40_000_000),
            ("2026-03", 2, 80_000_000),
        ],
    );
    assert_eq!(by_mean(&wild, 30), "beyond_register");
}

#[test]
fn an_estimate_is_for_the_end_of_the_period_or_for_now() {
    let november = Period::new(2026, 11).unwrap();
    let check = |now: &str| estimated_at(november, &guam(), at(now)).map(Timestamp::to_rfc3339);
    assert_eq!(
        check("2026-10-31T23:59:59+10:00"),
        Err(NoEstimate::PeriodNotBegun)
    );
    assert_eq!(
        check("2026-11-27T12:00:00+10:00"),
        Ok("2026-11-27T02:00:00.000Z".into())
    );
    assert_eq!(
        check("2026-12-05T12:00:00+10:00"),
        Ok("2026-11-30T13:59:59.000Z".into())
    );
}

proptest! {
    // Whatever was read: the register can show what is estimated, and the use since the last value is not negative.
    #[test]
    fn the_register_can_show_every_estimate(
        dials in 1_u32..=12, decimals in 0_u32..=6, micros in prop::collection::vec(0_i64..2_000_000_000_000, 14), days in 1_i64..400,
    ) {
        let register = Register::new(dials, decimals, Decimal::ONE).unwrap();
        let mut period = Period::new(2025, 9).unwrap();
        let mut past = Vec::new();
        for (index, it) in (0_i64..).zip(micros) {
            let value = Decimal::new(it, 6) % register.size();
            let value = ReadingValue::from_decimal(value.trunc_with_scale(decimals)).unwrap();
            past.push(KnownValue { period, regular: true, value, read_at: Timestamp::from_ms(index * 30 * DAY) });
            period = period.next();
        }
        let basis = EstimateBasis { register, past, history_readings_min: 3 };
        let moment = Timestamp::from_ms((13 * 30 + days) * DAY);
        for method in EstimateMethod::ALL {
            if let Ok(it) = basis.estimate(*method, period, moment) {
                let last = basis.last(moment).unwrap().value;
                prop_assert_eq!(register.check(it.value), Ok(()));
                prop_assert_eq!(it.rolled_over, it.value < last);
            }
        }
    }
}
