//! Judges an item as if no earlier revision of it existed.

use jiff::civil::Date;

use crate::clock::{ClockEvidence, CorrectedTime, corrected_time};
use crate::flags::Flags;
use crate::id::ItemId;
use crate::intake::exchange::Planned;
use crate::intake::key::{Claim, Content, claims_of};
use crate::intake::needs::{bookable_periods, booking_day, certain_time_of, offsets_of};
use crate::intake::{Delivery, DeviceStanding, Ledger, Occupant, OfficialKey, Property};
use crate::item::{Body, Item, PointName};
use crate::names::{Flag, Kind, Reason, State};
use crate::period::{Period, book_period};
use crate::reading_value::ReadingValue;
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
    /// What the portfolio is to become.
    pub(super) exchange: Option<Box<Planned>>,
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
            exchange: None,
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
    /// `ousted`: the item that the office puts this one in the place of.
    pub(super) fn judge(&self, delivery: &Delivery, item: &Item, ousted: Option<ItemId>) -> Judgement {
        let certain = certain_time_of(delivery, item);
        let mut judgement = self.judge_place(delivery, item, certain, ousted);
        // Also where the place is unknown: the time is a bound for the neighbours in the running numbers.
        judgement.time_is_certain = certain.is_some();
        judgement.corrected_at = judgement.corrected_at.or(certain);
        judgement
    }

    fn judge_place(
        &self,
        delivery: &Delivery,
        item: &Item,
        certain: Option<Timestamp>,
        ousted: Option<ItemId>,
    ) -> Judgement {
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
        let odd = judgement.check(property, point, item, at);
        let odd = odd.or_else(|| self.taken_serial(item));
        if judgement.state == State::Received && (odd.is_none() || names_meter(item)) {
            let day = booking_day(item, certain, zone);
            self.settle_keys(&mut judgement, item, name, day, ousted);
        }
        let odd = odd.or_else(|| judgement.meter_reported_before());
        match odd {
            Some(reason) if judgement.state == State::Received => judgement.hold(reason),
            _ => {}
        }
        judgement
    }

    fn taken_serial(&self, item: &Item) -> Option<Reason> {
        let serial = item.new_serial()?;
        self.serials.contains(serial).then_some(Reason::SerialTaken)
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

    fn settle_keys(
        &self,
        judgement: &mut Judgement,
        item: &Item,
        name: &PointName,
        day: Date,
        ousted: Option<ItemId>,
    ) {
        let Some(period) = judgement.period else { return };
        let mut confirmed = None;
        for claim in claims_of(item, name, period, day) {
            let holder = self.official.get(&claim.key).filter(|it| it.id != item.id);
            match holder.map(|it| (it, meets(it, &claim, ousted))) {
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

fn meets(holder: &Occupant, claim: &Claim, ousted: Option<ItemId>) -> Meeting {
    // What is asked for, or put in its place, is a reading of the meter that sits there, not another exchange.
    let asked_for = (holder.reread || ousted == Some(holder.id)) && claim.key.serial().is_none();
    match (holder.value, claim.content) {
        (_, Content::Value(_)) if asked_for => Meeting::GivesWay,
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

// Its key is the meter's serial and says as much as the meter point: who comes second confirms or contradicts the first,
// although the meter at the point is another one by now.
fn names_meter(item: &Item) -> bool {
    match &item.body {
        Body::Exchange(_) => true,
        Body::Reading { kind, .. } => matches!(kind, Kind::MeterRemoved | Kind::MeterInstalled),
        Body::Skip { .. } | Body::Void => false,
    }
}

fn undecidable(item: &Item) -> Judgement {
    let mut judgement = Judgement::held(Reason::ClockUndecidable, item.period);
    judgement.flags.raise(Flag::Clock);
    judgement
}

impl Judgement {
    pub(super) fn refuse(&mut self, state: State, reason: Reason) {
        self.state = state;
        self.reason = Some(reason);
        self.claims.clear();
        self.exchange = None;
    }

    // Somebody else's value says already what the new meter showed: who exchanged it is for the office to find out.
    fn meter_reported_before(&self) -> Option<Reason> {
        let installed = Kind::MeterInstalled.name();
        let brings_meter = self
            .claims
            .iter()
            .any(|(claim, _)| claim.key.kind_name() == installed);
        (self.exchange.is_some() && !brings_meter).then_some(Reason::SerialTaken)
    }

    fn hold(&mut self, reason: Reason) {
        self.refuse(State::Held, reason);
        if reason == Reason::MeterMismatch {
            self.flags.raise(Flag::MeterMismatch);
        }
    }
}
