//! The checks of a value: on the phone before saving, on the server again. None but `out_of_range` stops a technician
//! from saving: the person in front of the meter is right until the office decides otherwise.

mod exchange;
mod reckon;

pub use exchange::{CheckedExchange, check_exchange};
pub use reckon::{Read, Reckoned, reckon};
use rust_decimal::Decimal;

use crate::consumption::{rollover_is_plausible, use_between};
use crate::flags::Flags;
use crate::id::ItemId;
use crate::meter_point::{Meter, MeterPoint};
use crate::names::{Answer, Flag, Kind};
use crate::reading_value::{DECIMALS_MAX, ReadingValue};
use crate::register::Register;
use crate::timestamp::{LocalTime, Timestamp};
use crate::wire::list::{MeterPointRow, OfficialRow, RuleSettings, Statistics};
use crate::zone::Zone;

/// Stored with each reading; raised with each change of what a check says.
pub const RULE_VERSION: u32 = 2;

/// Everything that the checks look at.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckInput<'a> {
    /// The meter's register; without one nothing about the value can be said.
    pub register: Option<Register>,
    /// The value before.
    pub previous: Option<Previous>,
    /// Mean use.
    pub statistics: &'a Statistics,
    /// Limits.
    pub settings: &'a RuleSettings,
    /// Somebody holds the unit at the time of reading.
    pub occupied: bool,
    /// The period already has a value from another item.
    pub already_read: bool,
    /// The serial on the meter is not that of the portfolio.
    pub meter_mismatch: bool,
    /// What was read.
    pub value: ReadingValue,
    /// When it was read.
    pub read_at: Timestamp,
    /// What the technician answered.
    pub answers: Answers,
}

/// The value before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Previous {
    /// The value.
    pub value: ReadingValue,
    /// When it was read; absent for the initial value of a meter that was never read.
    pub read_at: Option<Timestamp>,
    /// Consumption of the meter before this one that no reading has counted yet, in millionths.
    pub carried_micro: i64,
}

/// What the technician answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answers {
    /// The register went through zero.
    pub rolled_over: bool,
    /// Typed again without seeing the first: the same value.
    pub verified: bool,
    /// It is like that.
    pub confirmed: bool,
}

/// What the checks found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checked {
    /// Raised.
    pub flags: Flags,
    /// Raised and to be answered before saving.
    pub open: Flags,
    /// What ran through the register since the value before; absent for a first reading.
    pub used: Option<Decimal>,
    /// That, times the multiplier.
    pub consumption: Option<Decimal>,
    /// A lower value could be a roll-over.
    pub rollover_offered: bool,
}

/// What a form knows when it asks for the checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// The item, so that it is not compared with itself.
    pub id: ItemId,
    /// Why it is read.
    pub kind: Kind,
    /// What was read.
    pub value: ReadingValue,
    /// When.
    pub read_at: Timestamp,
    /// What stands on the meter; empty when nobody looked.
    pub meter_serial: &'a str,
    /// The period already has a value from another item.
    pub already_read: bool,
    /// What the technician answered.
    pub answers: Answers,
}

impl Answers {
    /// From the names on the wire; unknown ones are ignored.
    pub fn from_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut answers = Self::default();
        for name in names {
            match Answer::parse(name) {
                Some(Answer::RolledOver) => answers.rolled_over = true,
                Some(Answer::Verified) => answers.verified = true,
                Some(Answer::Confirmed) => answers.confirmed = true,
                None => {}
            }
        }
        answers
    }

    /// Whether these answers settle a flag, so that the value can be saved.
    pub fn settle(self, flag: Flag) -> bool {
        match flag {
            Flag::Lower => self.rolled_over || self.verified,
            Flag::High | Flag::VeryHigh | Flag::Low => self.verified,
            Flag::Zero => self.confirmed,
            Flag::OutOfRange => false,
            Flag::VacantUse | Flag::AlreadyRead | Flag::UnknownLabel | Flag::MeterMismatch | Flag::Clock => {
                true
            }
        }
    }
}

impl<'a> CheckInput<'a> {
    /// The one way from a meter point to the checks, on the phone and on the server.
    pub fn new(
        point: &'a MeterPoint,
        zone: &Zone,
        settings: &'a RuleSettings,
        candidate: &Candidate<'_>,
    ) -> Self {
        let meter = point.meter.as_ref();
        let serial = crate::code::normal(candidate.meter_serial);
        let installs = candidate.kind == Kind::MeterInstalled;
        let meter_mismatch =
            !installs && !serial.is_empty() && meter.is_none_or(|it| it.serial.normal() != serial);
        let compares = !installs && !meter_mismatch;
        let initial = meter.map(Previous::initial_of);
        let past = point.previous(candidate.read_at, candidate.id);
        let previous = past
            .map(|it| Previous {
                value: it.value,
                read_at: Some(it.read_at),
                carried_micro: 0,
            })
            .or(initial);
        Self {
            register: meter.map(|it| it.register).filter(|_| compares),
            previous: previous.filter(|_| compares),
            statistics: &point.statistics,
            settings,
            occupied: point.tenancy_on(zone.date_at(candidate.read_at)).is_some(),
            already_read: candidate.already_read,
            meter_mismatch,
            value: candidate.value,
            read_at: candidate.read_at,
            answers: candidate.answers,
        }
    }

    fn carried(&self) -> Decimal {
        let micro = self.previous.map_or(0, |it| it.carried_micro);
        Decimal::new(micro, DECIMALS_MAX)
    }
}

impl Previous {
    /// A meter that took over from another one counts from that moment on; one that the portfolio brought in was never
    /// read.
    fn initial_of(meter: &Meter) -> Self {
        Self {
            value: meter.initial_value,
            read_at: meter.taken_over.map(|it| it.at),
            carried_micro: meter.taken_over.map_or(0, |it| it.carried_micro),
        }
    }
}

/// Whether a row of the list already has a value from another item where there can be only one: of regular readings in
/// the period, of moves on the day.
pub fn is_already_read(row: &MeterPointRow, kind: Kind, when: &When<'_>, own: ItemId) -> bool {
    let on_day = |read_at: &str| {
        LocalTime::parse(read_at).is_some_and(|it| when.zone.date_at(it.at) == when.zone.date_at(when.at))
    };
    let is_same_time = |it: &OfficialRow| match kind {
        Kind::Regular => it.period == when.period,
        Kind::MoveIn | Kind::MoveOut => on_day(&it.read_at),
        // Limited by the meter's serial, or not at all.
        Kind::MeterRemoved | Kind::MeterInstalled | Kind::Check => false,
    };
    row.official
        .iter()
        .any(|it| it.kind == kind.name() && it.state != "skipped" && it.id != own && is_same_time(it))
}

/// When a reading is taken, and where it is booked.
#[derive(Debug, Clone, Copy)]
pub struct When<'a> {
    /// The period that it is booked to.
    pub period: &'a str,
    /// The moment.
    pub at: Timestamp,
    /// The property's time zone.
    pub zone: &'a Zone,
}

/// Runs all checks. `unknown_label` and `clock` are not about the value and are raised where they are found.
pub fn run_checks(input: &CheckInput<'_>) -> Checked {
    let mut flags = Flags::NONE;
    let mut used = None;
    let mut rollover_offered = false;
    if input.already_read {
        flags.raise(Flag::AlreadyRead);
    }
    if input.meter_mismatch {
        flags.raise(Flag::MeterMismatch);
    }
    if let Some(register) = &input.register {
        if register.check(input.value).is_err() {
            flags.raise(Flag::OutOfRange);
        } else if let Some(previous) = &input.previous {
            let lower = input.value < previous.value;
            rollover_offered = rollover_is_plausible(register, previous.value, input.value);
            if lower {
                flags.raise(Flag::Lower);
            }
            let rolled_over = input.answers.rolled_over && rollover_offered;
            if previous.read_at.is_some() && (!lower || rolled_over || input.answers.verified) {
                used = Some(use_between(register, previous.value, input.value, rolled_over));
            }
        }
    }
    if let Some(used) = used {
        raise_use_flags(input, used, &mut flags);
    }
    let consumption = used
        .zip(input.register)
        .map(|(used, register)| (used * register.multiplier() + input.carried()).normalize());
    let open = flags
        .iter()
        .filter(|it| !settles(input.answers, *it, rollover_offered))
        .collect();
    Checked {
        flags,
        open,
        used,
        consumption,
        rollover_offered,
    }
}

// "Rolled over" answers nothing where a roll-over can't be.
fn settles(answers: Answers, flag: Flag, rollover_offered: bool) -> bool {
    let rolled_over = answers.rolled_over && rollover_offered;
    Answers {
        rolled_over,
        ..answers
    }
    .settle(flag)
}

fn raise_use_flags(input: &CheckInput<'_>, used: Decimal, flags: &mut Flags) {
    if used.is_zero() {
        if input.occupied && input.carried().is_zero() {
            flags.raise(Flag::Zero);
        }
        return;
    }
    if used.is_sign_negative() {
        return;
    }
    if !input.occupied {
        flags.raise(Flag::VacantUse);
    }
    if let Some(flag) = compare_with_mean(input, used) {
        flags.raise(flag);
    }
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

// A mean of zero says nothing: any use would be beyond any multiple of it.
fn compare_with_mean(input: &CheckInput<'_>, used: Decimal) -> Option<Flag> {
    let mean_micro = input.statistics.mean_per_day_micro;
    if input.statistics.readings < input.settings.history_readings_min || mean_micro <= 0 {
        return None;
    }
    // Two readings within a day are compared with a whole day's use.
    let elapsed_ms = input.read_at.since_ms(input.previous?.read_at?).max(DAY_MS);
    let used_per_day = i128::from(crate::reading_value::micro_of(used)) * i128::from(DAY_MS) * 1000;
    let mean_over_time = i128::from(mean_micro) * i128::from(elapsed_ms);
    let limit = |permille: u32| mean_over_time * i128::from(permille);
    if used_per_day > limit(input.settings.very_high_permille) {
        Some(Flag::VeryHigh)
    } else if used_per_day > limit(input.settings.high_permille) {
        Some(Flag::High)
    } else if used_per_day < limit(input.settings.low_permille) && input.occupied {
        Some(Flag::Low)
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
