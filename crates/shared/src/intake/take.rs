//! Takes arrivals into the ledger: replays, revisions, and what a judgement changes.

use crate::id::ItemId;
use crate::intake::judge::{Judgement, standing_reason};
use crate::intake::key::Content;
use crate::intake::needs::certain_time_of;
use crate::intake::{
    Arrival, Change, Delivery, Filed, Filing, Ledger, Occupant, OfficialKey, ReasonCode, Taken, verdict_of,
};
use crate::item::{Body, Item};
use crate::meter_point::PastValue;
use crate::names::{Kind, Reason, State};
use crate::period::Period;
use crate::wire::receipt::{Existing, Receipt, WireVerdict};

impl Ledger {
    /// Takes a batch in its order. Certain times are noted first, so that they bound uncertain neighbours on both
    /// sides.
    pub fn take_batch(&mut self, delivery: &Delivery, arrivals: &[Arrival]) -> Vec<Taken> {
        self.note_clocks(delivery, arrivals);
        arrivals.iter().map(|it| self.take(delivery, it)).collect()
    }

    /// Takes one arrival and is changed by it.
    pub fn take(&mut self, delivery: &Delivery, arrival: &Arrival) -> Taken {
        let filed = self.items.get(&arrival.id).map(Vec::as_slice).unwrap_or_default();
        if let Some(first) = filed
            .iter()
            .find(|it| it.revision == arrival.revision && it.hash == arrival.hash)
        {
            let verdict = self.replayed_verdict(delivery, arrival, first);
            return Taken {
                verdict,
                changes: Vec::new(),
            };
        }
        if let Some(first) = filed.iter().find(|it| it.revision == arrival.revision) {
            let existing = existing_of_filed(delivery, arrival.id, first);
            let judgement = Judgement::new(State::Conflict, Some(Reason::SameRevisionDiffers), first.period);
            let mut taken = self.file(delivery, arrival, judgement, true, Vec::new());
            taken.verdict.existing = existing;
            return taken;
        }
        let item = match &arrival.item {
            Ok(item) => item,
            Err(_) => {
                let judgement = Judgement::new(State::Rejected, None, None);
                return self.file(delivery, arrival, judgement, false, Vec::new());
            }
        };
        if filed.iter().any(|it| it.revision > arrival.revision) {
            let judgement = Judgement::new(State::Superseded, Some(Reason::OlderRevision), item.period);
            return self.file(delivery, arrival, judgement, false, Vec::new());
        }
        if let Some(reason) = self.reason_to_hold(delivery, item) {
            let period = filed.last().and_then(|it| it.period).or(item.period);
            let judgement = Judgement::new(State::Held, Some(reason), period);
            return self.file(delivery, arrival, judgement, false, Vec::new());
        }
        let mut changes = Vec::new();
        let period = self.retire(item, &mut changes);
        let judgement = match item.body {
            Body::Void => Judgement::new(State::Voided, None, period),
            Body::Reading { .. } | Body::Skip { .. } | Body::Exchange(_) => self.judge(delivery, item),
        };
        self.file(delivery, arrival, judgement, false, changes)
    }

    fn note_clocks(&mut self, delivery: &Delivery, arrivals: &[Arrival]) {
        let certain = arrivals.iter().filter_map(|arrival| {
            let item = arrival.item.as_ref().ok().filter(|it| it.device_seq > 0)?;
            // A void tells when it was tapped, not when its number was given.
            let first = item.revision == 1;
            first.then_some((item.device_seq, certain_time_of(delivery, item)?))
        });
        let certain: Vec<_> = certain.collect();
        if !certain.is_empty() {
            let times = self.clocks.entry(delivery.device).or_default();
            times.entry(delivery.person.clone()).or_default().extend(certain);
        }
    }

    // Why earlier revisions stand and the office has to decide.
    fn reason_to_hold(&self, delivery: &Delivery, item: &Item) -> Option<Reason> {
        if let Some(reason) = standing_reason(delivery.standing) {
            return Some(reason);
        }
        let filed = self.items.get(&item.id)?;
        let in_closed_period = |it: &Filed| {
            it.state.is_official()
                && it
                    .period
                    .is_some_and(|period| self.is_closed(&it.property, period))
        };
        if filed.iter().any(|it| it.captured_by != item.captured_by.normal()) {
            Some(Reason::OtherPerson)
        } else if filed
            .iter()
            .any(|it| matches!(it.state, State::Approved | State::Estimated))
        {
            Some(Reason::AlreadyApproved)
        } else if filed.iter().any(in_closed_period) {
            Some(Reason::PeriodClosed)
        } else {
            None
        }
    }

    // Earlier revisions make room for a new one; the period that the last of them was booked to.
    fn retire(&mut self, item: &Item, changes: &mut Vec<Change>) -> Option<Period> {
        let state = if item.body == Body::Void {
            State::Voided
        } else {
            State::Superseded
        };
        let filed = self.items.get_mut(&item.id)?;
        let period = filed.iter().rev().find_map(|it| it.period);
        let live = filed.iter_mut().filter(|it| !it.rival && is_live(it.state));
        let mut freed = Vec::new();
        for earlier in live {
            earlier.state = state;
            changes.push(Change::SetState {
                id: item.id,
                revision: earlier.revision,
                state,
            });
            freed.append(&mut earlier.keys);
        }
        self.free(item, item.id, freed, changes);
        period
    }

    fn free(&mut self, item: &Item, holder: ItemId, keys: Vec<OfficialKey>, changes: &mut Vec<Change>) {
        if !keys.is_empty()
            && let Some(point) = item.point().and_then(|it| self.points.get_mut(&it.key))
        {
            point.past.retain(|it| it.id != Some(holder));
        }
        for key in keys {
            self.official.remove(&key);
            changes.push(Change::Free { key, id: holder });
        }
    }

    // Whoever holds a key that is taken over gives up all of its keys.
    fn displace(
        &mut self,
        item: &Item,
        holder: (ItemId, u32),
        claimed: &OfficialKey,
        changes: &mut Vec<Change>,
    ) {
        let (id, revision) = holder;
        let filed = self.items.get_mut(&id).into_iter().flatten();
        let filed = filed.into_iter().find(|it| it.revision == revision && !it.rival);
        let mut keys = vec![claimed.clone()];
        if let Some(filed) = filed {
            filed.state = State::Superseded;
            keys.extend(
                std::mem::take(&mut filed.keys)
                    .into_iter()
                    .filter(|it| it != claimed),
            );
        }
        changes.push(Change::SetState {
            id,
            revision,
            state: State::Superseded,
        });
        self.free(item, id, keys, changes);
    }

    fn file(
        &mut self,
        delivery: &Delivery,
        arrival: &Arrival,
        judgement: Judgement,
        rival: bool,
        mut changes: Vec<Change>,
    ) -> Taken {
        let item = arrival.item.as_ref().ok();
        let reason = match &arrival.item {
            Err(error) if !rival => Some(ReasonCode::Item(*error)),
            _ => judgement.reason.map(ReasonCode::Rule),
        };
        let receipt_seq = self.next_receipt_seq;
        self.next_receipt_seq += 1;
        let existing = judgement
            .existing
            .as_ref()
            .and_then(|it| self.existing_of_key(delivery, it));
        let mut occupied = Vec::with_capacity(judgement.claims.len());
        if let Some(item) = item {
            for (claim, holder) in &judgement.claims {
                if let Some(holder) = holder {
                    self.displace(item, *holder, &claim.key, &mut changes);
                }
            }
        }
        let filing = Filing {
            id: arrival.id,
            revision: arrival.revision,
            rival,
            hash: arrival.hash,
            device_seq: arrival.device_seq,
            state: judgement.state,
            reason,
            period: judgement.period,
            corrected_at: judgement.corrected_at,
            time_is_certain: judgement.time_is_certain,
            flags: judgement.flags,
            previous: judgement.previous,
            consumption_micro: judgement.consumption_micro,
            tenant: judgement.tenant,
            receipt_seq,
            received_at: delivery.received_at,
        };
        changes.push(Change::File(Box::new(filing)));
        if let Some(item) = item {
            for (claim, _) in judgement.claims {
                let skip = matches!(claim.content, Content::Skip(_));
                self.official
                    .insert(claim.key.clone(), occupant_of(item, claim.content));
                occupied.push(claim.key.clone());
                changes.push(Change::Occupy {
                    key: claim.key,
                    id: item.id,
                    revision: item.revision,
                    skip,
                });
            }
            if !occupied.is_empty() {
                self.remember_value(item, judgement.corrected_at);
            }
        }
        let filed = Filed {
            revision: arrival.revision,
            rival,
            hash: arrival.hash,
            state: judgement.state,
            reason,
            property: item
                .and_then(Item::point)
                .map(|it| it.property.normal().to_owned())
                .unwrap_or_default(),
            period: judgement.period,
            receipt_seq,
            received_at: delivery.received_at,
            captured_by: item
                .map_or(delivery.person.as_str(), |it| it.captured_by.normal())
                .to_owned(),
            value: item.and_then(Item::value),
            read_at: item.map(|it| it.read_at),
            keys: occupied,
        };
        let verdict = verdict_on(arrival, &filed, existing);
        self.items.entry(arrival.id).or_default().push(filed);
        Taken { verdict, changes }
    }

    // Later items of the same ledger compare with this one.
    fn remember_value(&mut self, item: &Item, corrected_at: Option<crate::timestamp::Timestamp>) {
        let Body::Reading {
            kind: Kind::Regular | Kind::MoveIn | Kind::MoveOut,
            value,
        } = item.body
        else {
            return;
        };
        let point = item.point().and_then(|it| self.points.get_mut(&it.key));
        if let (Some(point), Some(read_at)) = (point, corrected_at) {
            let index = point.past.partition_point(|it| it.read_at <= read_at);
            point.past.insert(
                index,
                PastValue {
                    id: Some(item.id),
                    value,
                    read_at,
                },
            );
        }
    }

    fn replayed_verdict(&self, delivery: &Delivery, arrival: &Arrival, first: &Filed) -> WireVerdict {
        let existing = match first.state {
            State::Conflict | State::Duplicate if first.rival => self
                .items
                .get(&arrival.id)
                .and_then(|it| it.iter().find(|it| it.revision == first.revision && !it.rival))
                .and_then(|it| existing_of_filed(delivery, arrival.id, it)),
            State::Conflict | State::Duplicate => self.existing_of_item(delivery, arrival, first.period),
            _ => None,
        };
        verdict_on(arrival, first, existing)
    }

    // The keys that it would claim in the period that it was booked to.
    fn existing_of_item(
        &self,
        delivery: &Delivery,
        arrival: &Arrival,
        period: Option<Period>,
    ) -> Option<Existing> {
        let item = arrival.item.as_ref().ok()?;
        let name = item.point()?;
        let property = self.properties.get(name.property.normal())?;
        let certain = certain_time_of(delivery, item);
        let day = super::needs::booking_day(item, certain, &property.zone);
        let claims = super::key::claims_of(item, name, period?, day);
        claims
            .iter()
            .find_map(|it| self.existing_of_key(delivery, &it.key))
    }

    fn existing_of_key(&self, delivery: &Delivery, key: &OfficialKey) -> Option<Existing> {
        let holder = self
            .official
            .get(key)
            .filter(|it| delivery.access.allows(&it.property))?;
        Some(Existing {
            id: holder.id,
            value: holder.value.map(|it| it.to_string()).unwrap_or_default(),
            read_at: holder.read_at.to_rfc3339(),
            captured_by: holder.captured_by.clone(),
        })
    }
}

// What a new revision takes the place of.
fn is_live(state: State) -> bool {
    !matches!(
        state,
        State::Superseded | State::Voided | State::Approved | State::Estimated
    )
}

fn occupant_of(item: &Item, content: Content) -> Occupant {
    let (value, skip_reason) = match content {
        Content::Value(value) => (Some(value), None),
        Content::Skip(reason) => (None, Some(reason)),
    };
    Occupant {
        id: item.id,
        revision: item.revision,
        state: State::Received,
        value,
        skip_reason,
        read_at: item.read_at,
        captured_by: item.captured_by.shown().to_owned(),
        property: item
            .point()
            .map(|it| it.property.normal().to_owned())
            .unwrap_or_default(),
        reread: false,
    }
}

fn existing_of_filed(delivery: &Delivery, id: ItemId, filed: &Filed) -> Option<Existing> {
    let read_at = filed
        .read_at
        .filter(|_| delivery.access.allows(&filed.property))?;
    Some(Existing {
        id,
        value: filed.value.map(|it| it.to_string()).unwrap_or_default(),
        read_at: read_at.to_rfc3339(),
        captured_by: filed.captured_by.clone(),
    })
}

fn verdict_on(arrival: &Arrival, filed: &Filed, existing: Option<Existing>) -> WireVerdict {
    WireVerdict {
        id: arrival.id,
        revision: arrival.revision,
        hash: Some(arrival.hash.to_string()),
        verdict: verdict_of(filed.state),
        code: filed.reason.map(|it| it.name().to_owned()),
        period: filed.period.map(|it| it.to_string()),
        receipt: Some(Receipt {
            seq: filed.receipt_seq,
            received_at: filed.received_at.to_rfc3339(),
        }),
        existing,
    }
}
