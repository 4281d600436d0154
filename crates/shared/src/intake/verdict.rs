//! The answer to one arrival, when it is filed and each time it comes again.

use crate::id::ItemId;
use crate::intake::key::claims_of;
use crate::intake::needs::{booking_day, certain_time_of};
use crate::intake::{Arrival, Delivery, Filed, Ledger, OfficialKey, verdict_of};
use crate::names::State;
use crate::period::Period;
use crate::wire::receipt::{Existing, Receipt, WireVerdict};

impl Ledger {
    /// On what is filed now; `in_the_way` is the key whose holder decided it.
    pub(super) fn fresh_verdict(
        &self,
        delivery: &Delivery,
        arrival: &Arrival,
        filed: &Filed,
        in_the_way: Option<&OfficialKey>,
    ) -> WireVerdict {
        let existing = if filed.rival {
            self.existing_of_rival(delivery, arrival)
        } else {
            in_the_way.and_then(|it| self.existing_of_key(delivery, it))
        };
        verdict_on(arrival, filed, existing)
    }

    /// On what was filed before: the first receipt with the verdict as it stands now.
    pub(super) fn replayed_verdict(
        &self,
        delivery: &Delivery,
        arrival: &Arrival,
        first: &Filed,
    ) -> WireVerdict {
        let existing = match first.state {
            State::Conflict if first.rival => self.existing_of_rival(delivery, arrival),
            State::Conflict | State::Duplicate => self.existing_of_item(delivery, arrival, first.period),
            _ => None,
        };
        verdict_on(arrival, first, existing)
    }

    // The first content of the same id and revision.
    fn existing_of_rival(&self, delivery: &Delivery, arrival: &Arrival) -> Option<Existing> {
        let filed = self.items.get(&arrival.id)?;
        let first = filed
            .iter()
            .find(|it| it.revision == arrival.revision && !it.rival)?;
        existing_of_filed(delivery, arrival.id, first)
    }

    // Who holds the keys that it would claim in the period that it was booked to.
    fn existing_of_item(
        &self,
        delivery: &Delivery,
        arrival: &Arrival,
        period: Option<Period>,
    ) -> Option<Existing> {
        let item = arrival.item.as_ref().ok()?;
        let name = item.point()?;
        let property = self.properties.get(name.property.normal())?;
        let day = booking_day(item, certain_time_of(delivery, item), &property.zone);
        let claims = claims_of(item, name, period?, day);
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
