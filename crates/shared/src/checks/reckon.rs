//! What a value in the books means for billing: the same reckoning as in the checks, from the books as they stand now. A value
//! before that was corrected since then counts as corrected.

use rust_decimal::Decimal;

use super::{Answers, Candidate, CheckInput, run_checks};
use crate::id::ItemId;
use crate::meter_point::{Meter, MeterPoint, PastValue};
use crate::names::Kind;
use crate::reading_value::ReadingValue;
use crate::timestamp::Timestamp;
use crate::wire::list::{RuleSettings, Statistics};
use crate::zone::Zone;

/// One value of a meter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read {
    /// The value.
    pub value: ReadingValue,
    /// When it was read.
    pub read_at: Timestamp,
    /// What the technician answered.
    pub answers: Answers,
}

/// What ran through since the value before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reckoned {
    /// The last official value of the meter before it, or what it showed when it was installed.
    pub previous: ReadingValue,
    /// Absent for a first reading, and for a lower value that nobody explained.
    pub consumption: Option<Decimal>,
}

/// `before`: the last official value of this meter before the moment, if there is one.
pub fn reckon(meter: &Meter, before: Option<PastValue>, read: Read) -> Reckoned {
    let point = MeterPoint {
        meter: Some(meter.clone()),
        tenancies: Vec::new(),
        past: before.into_iter().collect(),
        statistics: Statistics::default(),
        before: None,
    };
    let candidate = Candidate {
        id: ItemId::default(),
        kind: Kind::Regular,
        value: read.value,
        read_at: read.read_at,
        meter_serial: "",
        already_read: false,
        answers: read.answers,
    };
    let settings = RuleSettings::default();
    let input = CheckInput::new(&point, &Zone::utc(), &settings, &candidate);
    Reckoned {
        previous: input.previous.map_or(meter.initial_value, |it| it.value),
        consumption: run_checks(&input).consumption,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Code;
    use crate::meter_point::TakenOver;
    use crate::register::Register;

    fn check(
        initial: &str,
        carried: Option<i64>,
        before: Option<&str>,
        answers: Answers,
        now: &str,
        after: &str,
    ) {
        let value = |text| ReadingValue::parse(text).unwrap();
        let meter = Meter {
            serial: Code::parse("E1", 10).unwrap(),
            register: Register::new(5, 1, Decimal::TWO).unwrap(),
            initial_value: value(initial),
            taken_over: carried.map(|carried| TakenOver {
                at: Timestamp::from_ms(1_000),
                carried_micro: carried * 1_000_000,
            }),
        };
        let before = before.map(|text| PastValue {
            id: None,
            value: value(text),
            read_at: Timestamp::from_ms(2_000),
        });
        let read = Read {
            value: value(now),
            read_at: Timestamp::from_ms(3_000),
            answers,
        };
        let reckoned = reckon(&meter, before, read);
        let used = reckoned.consumption.map_or("none".into(), |it| it.to_string());
        assert_eq!(format!("{} {used}", reckoned.previous), after);
    }

    const ROLLED_OVER: Answers = Answers {
        rolled_over: true,
        verified: false,
        confirmed: false,
    };

    #[test]
    fn use_is_reckoned_from_the_value_before() {
        check("0", None, Some("100"), Answers::default(), "110.5", "100 21");
    }

    #[test]
    fn a_first_reading_has_no_use() {
        check("7", None, None, Answers::default(), "110.5", "7 none");
    }

    #[test]
    fn a_meter_that_took_over_counts_what_the_one_before_had_counted_once() {
        check("7", Some(30), None, Answers::default(), "17", "7 50");
        check("7", Some(30), Some("17"), Answers::default(), "18", "17 2");
    }

    #[test]
    fn a_lower_value_counts_as_somebody_explained_it() {
        check("0", None, Some("99990"), ROLLED_OVER, "10", "99990 40");
        check("0", None, Some("99990"), Answers::default(), "10", "99990 none");
    }
}
