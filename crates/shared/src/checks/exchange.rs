//! The checks of an exchange: the final value of the meter that goes, and what the new one shows.

use rust_decimal::Decimal;

use crate::checks::{Answers, Candidate, CheckInput, Checked, run_checks};
use crate::consumption::consumption;
use crate::flags::Flags;
use crate::item::ExchangePart;
use crate::meter_point::{Meter, MeterPoint, TakenOver};
use crate::names::{Flag, Kind};
use crate::reading_value::{DECIMALS_MAX, ReadingValue, micro_of};
use crate::register::Register;
use crate::wire::list::RuleSettings;
use crate::zone::Zone;

/// What the checks found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckedExchange {
    /// Raised.
    pub flags: Flags,
    /// Raised and to be answered before saving.
    pub open: Flags,
    /// The last value of the meter that goes.
    pub previous: Option<ReadingValue>,
    /// What the checks say of its final value.
    pub removed: Option<Checked>,
    /// The meter that is in service afterwards; absent where the parts name none, or not enough of it.
    pub new_meter: Option<Meter>,
    /// What both meters counted until the regular reading; absent without one, and for a first reading.
    pub consumption: Option<Decimal>,
}

/// Runs the checks on the parts of an exchange. `candidate` says all but value, kind and serial, which the parts say;
/// its answers are about the final value.
pub fn check_exchange(
    point: &MeterPoint,
    zone: &Zone,
    settings: &RuleSettings,
    candidate: &Candidate<'_>,
    parts: &[ExchangePart],
) -> CheckedExchange {
    let of_kind = |kind| parts.iter().find(|it| it.kind == kind);
    let mut found = CheckedExchange::default();
    if let Some(part) = of_kind(Kind::MeterRemoved) {
        let candidate = Candidate {
            kind: part.kind,
            value: part.value,
            meter_serial: part.meter_serial.normal(),
            already_read: false,
            ..candidate.clone()
        };
        let input = CheckInput::new(point, zone, settings, &candidate);
        let checked = run_checks(&input);
        found.flags = checked.flags;
        found.open = checked.open;
        found.previous = input.previous.map(|it| it.value);
        found.removed = Some(checked);
    } else if point.meter.is_some() {
        // Nobody says what became of the meter that sits there.
        found.flags.raise(Flag::MeterMismatch);
    }
    let Some(installed) = of_kind(Kind::MeterInstalled) else {
        return found;
    };
    let Some(register) = new_register(point, installed) else {
        found.flags.raise(Flag::MeterMismatch);
        return found;
    };
    let carried = found.removed.and_then(|it| it.consumption);
    found.new_meter = Some(Meter {
        serial: installed.meter_serial.clone(),
        register,
        initial_value: installed.value,
        taken_over: Some(TakenOver {
            at: candidate.read_at,
            carried_micro: carried.map_or(0, micro_of),
        }),
    });
    found.check_new_values(&register, installed, of_kind(Kind::Regular), candidate.answers);
    found
}

impl CheckedExchange {
    fn check_new_values(
        &mut self,
        register: &Register,
        installed: &ExchangePart,
        regular: Option<&ExchangePart>,
        answers: Answers,
    ) {
        let values = [Some(installed), regular].into_iter().flatten();
        if values.map(|it| it.value).any(|it| register.check(it).is_err()) {
            self.raise_open(Flag::OutOfRange);
        }
        let Some(regular) = regular else { return };
        if regular.meter_serial.normal() != installed.meter_serial.normal() {
            self.flags.raise(Flag::MeterMismatch);
        }
        if regular.value < installed.value {
            self.flags.raise(Flag::Lower);
            if !answers.verified {
                self.raise_open(Flag::Lower);
            }
        }
        let used = consumption(register, installed.value, regular.value, false);
        let old = self.removed.map(|it| it.consumption);
        self.consumption = match old {
            // A meter that was never read tells no consumption.
            Some(None) => None,
            Some(Some(old)) => Some((old + used).normalize()),
            None => Some(used),
        };
    }

    fn raise_open(&mut self, flag: Flag) {
        self.flags.raise(flag);
        self.open.raise(flag);
    }

    /// What the meter that goes counted after its last reading, times its multiplier.
    pub fn carried(&self) -> Option<Decimal> {
        let taken_over = self.new_meter.as_ref()?.taken_over?;
        Some(Decimal::new(taken_over.carried_micro, DECIMALS_MAX).normalize())
    }
}

// What the item does not say of the new register is as on the meter before; the multiplier is that of the connection.
fn new_register(point: &MeterPoint, installed: &ExchangePart) -> Option<Register> {
    let known = point.meter.as_ref().map(|it| it.register);
    let dials = installed.dials.or(known.map(|it| it.dials()))?;
    let decimals = installed.decimals.or(known.map(|it| it.decimals()))?;
    Register::new(dials, decimals, known.map_or(Decimal::ONE, |it| it.multiplier()))
}

#[cfg(test)]
mod tests;
