//! Judges an item as if no earlier revision of it existed.

use jiff::civil::Date;

use crate::checks::{Answers, Candidate, CheckInput, Checked, run_checks};
use crate::clock::{ClockEvidence, CorrectedTime, corrected_time};
use crate::flags::Flags;
use crate::id::ItemId;
use crate::intake::key::{Claim, Content, claims_of};
use crate::intake::needs::{bookable_periods, booking_day, certain_time_of, offsets_of};
use crate::intake::{Delivery, DeviceStanding, Ledger, Occupant, OfficialKey, Property};
use crate::item::{Body, Item, PointName};
use crate::meter_point::MeterPoint;
use crate::names::{Flag, Kind, Reason, State};
use crate::period::{Period, book_period};
use crate::reading_value::{ReadingValue, micro_of};
use crate::register::Register;
use crate::timestamp::Timestamp;

/// What an item is to become. Nothing is changed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Judgement {
    pub(super) state: State,
    /// The same id and revision is filed already with other content.
    pub(super) rival: bool,
    pub(super) reason: Option<Reason>,
    pub(super) period: Option<Period>,
    pub(super) corrected_at: Option<Timestamp>,
    pub(super) time_is_certain: bool,
    pub(super) flags: Flags,
    pub(super) previous: Option<ReadingValue>,
    pub(super) consumption_micro: Option<i64>,
    pub(super) tenant: Option<String>,
    /// Keys to take over, and who has to give way there.
    pub(super) claims: Vec<(Claim, Option<(ItemId, u32)>)>,
    /// The key whose holder stands in the way or is confirmed.
    pub(super) existing: Option<OfficialKey>,
}

impl Judgement {
    pub(super) fn new(state: State, reason: Option<Reason>, period: Option<Period>) -> Self {
        Self {
            state,
            rival: false,
            reason,
            period,
            corrected_at: None,
            time_is_certain: false,
            flags: Flags::NONE,
            previous: None,
            consumption_micro: None,
            tenant: None,
            claims: Vec::new(),
            existing: None,
        }
    }

    fn held(reason: Reason, period: Option<Period>) -> Self {
        Self::new(State::Held, Some(reason), period)
    }
}

/// Why a phone's items go to the office whatever they say.
pub(super) fn standing_reason(standing: DeviceStanding) -> Option<Reason> {
    match standing {
        DeviceStanding::Known => None,
        DeviceStanding::Unknown => Some(Reason::DeviceUnknown),
        DeviceStanding::Revoked => Some(Reason::DeviceRevoked),
    }
}

impl Ledger {
    pub(super) fn judge(&self, delivery: &Delivery, item: &Item) -> Judgement {
        let certain = certain_time_of(delivery, item);
        let mut judgement = self.judge_place(delivery, item, certain);
        // Also where the place is unknown: the time is a bound for the neighbours in the running numbers.
        judgement.time_is_certain = certain.is_some();
        judgement.corrected_at = judgement.corrected_at.or(certain);
        judgement
    }

    fn judge_place(&self, delivery: &Delivery, item: &Item, certain: Option<Timestamp>) -> Judgement {
        let Some(name) = item.point() else {
            let mut judgement = Judgement::held(Reason::UnknownLabel, item.period);
            judgement.flags.raise(Flag::UnknownLabel);
            return judgement;
        };
        let property = self.properties.get(name.property.normal());
        let (Some(property), Some(point)) = (property, self.points.get(&name.key)) else {
            return Judgement::held(Reason::UnknownUnit, item.period);
        };
        if !delivery.access.allows(name.property.normal()) {
            return Judgement::held(Reason::NotAssigned, item.period);
        }
        let zone = &property.zone;
        let CorrectedTime::Known { at, flagged, .. } = self.corrected_time_of(delivery, item, property)
        else {
            return undecidable(item);
        };
        let booking = book_period(item.period, at, zone, property.settings.late_days);
        if !bookable_periods(delivery, item, certain, zone).any(|it| it == booking.period) {
            return undecidable(item);
        }
        let mut judgement = Judgement {
            corrected_at: Some(at),
            tenant: point.tenancy_on(zone.date_at(at)).map(|it| it.name.clone()),
            ..Judgement::new(State::Received, None, Some(booking.period))
        };
        if flagged || booking.moved {
            judgement.flags.raise(Flag::Clock);
        }
        judgement.check(property, point, item, at);
        if judgement.state == State::Received {
            self.settle_keys(&mut judgement, item, name, booking_day(item, certain, zone));
        }
        judgement
    }

    fn corrected_time_of(&self, delivery: &Delivery, item: &Item, property: &Property) -> CorrectedTime {
        let (offset_before_ms, offset_at_sending_ms) = offsets_of(delivery, item);
        let times = self
            .clocks
            .get(&delivery.device)
            .and_then(|it| it.get(delivery.person.as_str()));
        let times = times.filter(|_| item.device_seq > 0);
        let seq = item.device_seq;
        let evidence = ClockEvidence {
            read_at: item.read_at.at,
            offset_before_ms,
            offset_at_sending_ms,
            received_at: delivery.received_at,
            after: times.and_then(|it| it.range(..seq).next_back()).map(|it| *it.1),
            before: times.and_then(|it| it.range(seq + 1..).next()).map(|it| *it.1),
        };
        corrected_time(&evidence, &property.zone)
    }

    fn settle_keys(&self, judgement: &mut Judgement, item: &Item, name: &PointName, day: Date) {
        let Some(period) = judgement.period else { return };
        let mut confirmed = None;
        for claim in claims_of(item, name, period, day) {
            let holder = self.official.get(&claim.key).filter(|it| it.id != item.id);
            match holder.map(|it| (it, meets(it, claim.content))) {
                None => judgement.claims.push((claim, None)),
                Some((holder, Meeting::GivesWay)) => {
                    judgement.claims.push((claim, Some((holder.id, holder.revision))));
                }
                Some((_, Meeting::Same(reason))) => confirmed = Some((claim.key, reason)),
                Some((_, Meeting::Other)) => {
                    judgement.refuse(State::Conflict, Reason::OtherValue);
                    judgement.existing = Some(claim.key);
                    break;
                }
            }
        }
        if confirmed.is_some() || judgement.state == State::Conflict {
            judgement.flags.raise(Flag::AlreadyRead);
        }
        match confirmed {
            // Nothing new in it: it takes nothing, not even of a closed period.
            Some((key, reason)) if judgement.state == State::Received && judgement.claims.is_empty() => {
                judgement.refuse(State::Duplicate, reason);
                judgement.existing = Some(key);
            }
            _ if self.is_closed(name.property.normal(), period) => {
                judgement.refuse(State::Held, Reason::PeriodClosed);
            }
            _ => {}
        }
    }
}

enum Meeting {
    GivesWay,
    Same(Reason),
    Other,
}

fn meets(holder: &Occupant, content: Content) -> Meeting {
    match (holder.value, content) {
        (_, Content::Value(_)) if holder.reread => Meeting::GivesWay,
        (None, Content::Value(_)) => Meeting::GivesWay,
        (Some(_), Content::Value(_)) if holder.state == State::Estimated => Meeting::GivesWay,
        (Some(official), Content::Value(value)) if official == value => Meeting::Same(Reason::SameValue),
        (Some(_), Content::Value(_)) => Meeting::Other,
        (Some(_), Content::Skip(_)) => Meeting::Same(Reason::ValueExists),
        (None, Content::Skip(reason)) if holder.skip_reason == Some(reason) => {
            Meeting::Same(Reason::SameValue)
        }
        (None, Content::Skip(_)) => Meeting::GivesWay,
    }
}

fn undecidable(item: &Item) -> Judgement {
    let mut judgement = Judgement::held(Reason::ClockUndecidable, item.period);
    judgement.flags.raise(Flag::Clock);
    judgement
}

impl Judgement {
    fn refuse(&mut self, state: State, reason: Reason) {
        self.state = state;
        self.reason = Some(reason);
        self.claims.clear();
    }

    fn check(&mut self, property: &Property, point: &MeterPoint, item: &Item, at: Timestamp) {
        let run = |kind, value, serial| {
            let candidate = Candidate {
                id: item.id,
                kind,
                value,
                read_at: at,
                meter_serial: serial,
                already_read: false,
                answers: Answers::from_names(item.answers.iter().map(String::as_str)),
            };
            let input = CheckInput::new(point, &property.zone, &property.settings, &candidate);
            (run_checks(&input), input.previous.map(|it| it.value))
        };
        match &item.body {
            Body::Reading { kind, value } => {
                let (checked, previous) = run(*kind, *value, item.meter_serial.normal());
                self.take_checked(&checked, previous);
            }
            Body::Exchange(parts) => {
                for part in parts.iter().filter(|it| it.kind == Kind::MeterRemoved) {
                    let (checked, previous) = run(part.kind, part.value, part.meter_serial.normal());
                    self.take_checked(&checked, previous);
                }
                self.check_new_meter(parts, point);
            }
            Body::Skip { .. } | Body::Void => {}
        }
        if self.flags.contains(Flag::OutOfRange) {
            self.refuse(State::Rejected, Reason::OutOfRange);
        } else if self.flags.contains(Flag::MeterMismatch) {
            self.refuse(State::Held, Reason::MeterMismatch);
        }
    }

    fn take_checked(&mut self, checked: &Checked, previous: Option<ReadingValue>) {
        checked.flags.iter().for_each(|it| self.flags.raise(it));
        self.previous = previous;
        self.consumption_micro = checked.consumption.map(micro_of);
    }

    // The values on the new meter: within what the item says of its register, and counted on top of the old meter's.
    fn check_new_meter(&mut self, parts: &[crate::item::ExchangePart], point: &MeterPoint) {
        let of_kind = |kind| parts.iter().find(|it| it.kind == kind);
        let Some(installed) = of_kind(Kind::MeterInstalled) else {
            return;
        };
        let known = point.meter.as_ref().map(|it| it.register);
        let multiplier = known.map_or(rust_decimal::Decimal::ONE, |it| it.multiplier());
        let dials = installed.dials.or(known.map(|it| it.dials()));
        let decimals = installed.decimals.or(known.map(|it| it.decimals()));
        let Some(register) = dials
            .zip(decimals)
            .and_then(|it| Register::new(it.0, it.1, multiplier))
        else {
            return;
        };
        let regular = of_kind(Kind::Regular);
        let values = [Some(installed), regular]
            .into_iter()
            .flatten()
            .map(|it| it.value);
        if values.into_iter().any(|it| register.check(it).is_err()) {
            self.flags.raise(Flag::OutOfRange);
        }
        if let (Some(regular), Some(old_micro)) = (regular, self.consumption_micro) {
            let used = crate::consumption::consumption(&register, installed.value, regular.value, false);
            self.consumption_micro = Some(old_micro.saturating_add(micro_of(used)));
        }
    }
}
