//! The checks of an item's values, with what they tell the judge.

use crate::checks::{Answers, Candidate, CheckInput, Checked, check_exchange, run_checks};
use crate::flags::Flags;
use crate::intake::Property;
use crate::intake::exchange::Planned;
use crate::intake::judge::Judgement;
use crate::item::{Body, ExchangePart, Item};
use crate::meter_point::MeterPoint;
use crate::names::{Flag, Kind, Reason, State};
use crate::reading_value::{ReadingValue, micro_of};
use crate::timestamp::Timestamp;

impl Judgement {
    /// Notes what the checks say; the reason why the office has to decide, unless the keys say more.
    pub(super) fn check(
        &mut self,
        property: &Property,
        point: &MeterPoint,
        item: &Item,
        at: Timestamp,
    ) -> Option<Reason> {
        let candidate = |kind, value| Candidate {
            id: item.id,
            kind,
            value,
            read_at: at,
            meter_serial: item.meter_serial.normal(),
            already_read: false,
            answers: Answers::from_names(item.answers.iter().map(String::as_str)),
        };
        let flags = match &item.body {
            Body::Reading { kind, value } => {
                let candidate = candidate(*kind, *value);
                let input = CheckInput::new(point, &property.zone, &property.settings, &candidate);
                let checked = run_checks(&input);
                self.take_checked(&checked, input.previous.map(|it| it.value));
                checked.flags
            }
            Body::Exchange(parts) => {
                let candidate = candidate(Kind::MeterRemoved, ReadingValue::default());
                self.check_parts(property, point, &candidate, parts)
            }
            Body::Skip { .. } | Body::Void => Flags::NONE,
        };
        let about_value = flags.iter().filter(|it| *it != Flag::MeterMismatch);
        about_value.for_each(|it| self.flags.raise(it));
        if flags.contains(Flag::OutOfRange) {
            self.refuse(State::Rejected, Reason::OutOfRange);
        }
        flags
            .contains(Flag::MeterMismatch)
            .then_some(Reason::MeterMismatch)
    }

    fn take_checked(&mut self, checked: &Checked, previous: Option<ReadingValue>) {
        self.previous = previous;
        self.consumption_micro = checked.consumption.map(micro_of);
    }

    fn check_parts(
        &mut self,
        property: &Property,
        point: &MeterPoint,
        candidate: &Candidate<'_>,
        parts: &[ExchangePart],
    ) -> Flags {
        let checked = check_exchange(point, &property.zone, &property.settings, candidate, parts);
        self.previous = checked.previous;
        self.consumption_micro = checked.consumption.map(micro_of);
        self.exchange = checked.new_meter.map(|installed| {
            Box::new(Planned {
                day: property.zone.date_at(candidate.read_at),
                installed,
            })
        });
        checked.flags
    }
}
