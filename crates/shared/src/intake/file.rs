//! Files a judged arrival: keys change hands, the receipt gets its number.

use crate::flags::Flags;
use crate::id::ItemId;
use crate::intake::judge::Judgement;
use crate::intake::key::{Claim, Content};
use crate::intake::{
    Arrival, Change, Delivery, Filed, Filing, Ledger, Occupant, OfficialKey, ReasonCode, Taken,
};
use crate::item::{Body, Item};
use crate::meter_point::{PastValue, PointKey};
use crate::names::{Kind, Reason, Source, State};
use crate::period::Period;
use crate::timestamp::Timestamp;

/// What a rival meets.
#[derive(Debug, Clone, Copy)]
pub(super) struct RivalOf {
    pub(super) period: Option<Period>,
    pub(super) by_office: bool,
}

impl Ledger {
    /// The same id and revision with other content: both are kept. Where the first is the office's, the phone could not
    /// know that the number was taken: nobody contradicts anybody, and the office decides.
    pub(super) fn file_rival(&mut self, delivery: &Delivery, arrival: &Arrival, first: RivalOf) -> Taken {
        let (state, reason) = if first.by_office {
            (State::Held, Reason::OfficeRevision)
        } else {
            (State::Conflict, Reason::SameRevisionDiffers)
        };
        let judgement = Judgement {
            rival: true,
            ..Judgement::new(state, Some(reason), first.period)
        };
        self.file(delivery, arrival, judgement, Vec::new())
    }

    pub(super) fn file(
        &mut self,
        delivery: &Delivery,
        arrival: &Arrival,
        mut judgement: Judgement,
        mut changes: Vec<Change>,
    ) -> Taken {
        let receipt_seq = self.next_receipt_seq;
        self.next_receipt_seq += rows_of(arrival);
        let claims = std::mem::take(&mut judgement.claims);
        let tenant = judgement.tenant.take();
        let exchange = judgement.exchange.take();
        let mut filed = filed_of(delivery, arrival, &judgement, receipt_seq);
        let verdict = self.fresh_verdict(delivery, arrival, &filed, judgement.existing.as_ref());
        if let Ok(item) = &arrival.item {
            for (claim, holder) in &claims {
                if let Some(holder) = holder {
                    self.displace(item, *holder, &claim.key, &mut changes);
                }
            }
        }
        changes.push(Change::File(Box::new(filing_of(
            arrival, &judgement, &filed, tenant,
        ))));
        if let Ok(item) = &arrival.item {
            filed.keys = self.occupy(item, claims, &judgement, &mut changes);
            filed.exchanged = exchange.and_then(|it| self.exchange(item, *it, &mut changes));
        }
        self.items.entry(arrival.id).or_default().push(filed);
        Taken { verdict, changes }
    }

    pub(super) fn free(
        &mut self,
        point: Option<&PointKey>,
        holder: ItemId,
        key: OfficialKey,
        changes: &mut Vec<Change>,
    ) {
        if let Some(point) = point.and_then(|it| self.points.get_mut(it)) {
            point.past.retain(|it| it.id != Some(holder));
        }
        self.official.remove(&key);
        changes.push(Change::Free { key, id: holder });
    }

    // An exchange that gives up its regular reading keeps the rest and so its state.
    fn displace(
        &mut self,
        item: &Item,
        holder: (ItemId, u32),
        claimed: &OfficialKey,
        changes: &mut Vec<Change>,
    ) {
        let (id, revision) = holder;
        let keeps_others = self.official.get(claimed).is_some_and(|it| it.holds_others);
        let filed = self.items.get_mut(&id).into_iter().flatten();
        if let Some(filed) = filed.into_iter().find(|it| it.revision == revision && !it.rival) {
            filed.keys.retain(|it| it != claimed);
            if !keeps_others {
                filed.state = State::Superseded;
            }
        }
        if !keeps_others {
            changes.push(Change::SetState {
                id,
                revision,
                state: State::Superseded,
            });
        }
        self.free(item.point().map(|it| &it.key), id, claimed.clone(), changes);
    }

    fn occupy(
        &mut self,
        item: &Item,
        claims: Vec<(Claim, Option<(ItemId, u32)>)>,
        judgement: &Judgement,
        changes: &mut Vec<Change>,
    ) -> Vec<OfficialKey> {
        if claims.is_empty() {
            return Vec::new();
        }
        self.remember_value(item, judgement.corrected_at);
        let holds_others = claims.len() > 1;
        let mut keys = Vec::with_capacity(claims.len());
        for (claim, _) in claims {
            let skip = matches!(claim.content, Content::Skip(_));
            let occupant = Occupant {
                state: judgement.state,
                ..occupant_of(item, claim.content, holds_others)
            };
            self.official.insert(claim.key.clone(), occupant);
            keys.push(claim.key.clone());
            changes.push(Change::Occupy {
                key: claim.key,
                id: item.id,
                revision: item.revision,
                skip,
            });
        }
        keys
    }

    // Later items of the same ledger compare with this one.
    fn remember_value(&mut self, item: &Item, corrected_at: Option<Timestamp>) {
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
}

fn filed_of(delivery: &Delivery, arrival: &Arrival, judgement: &Judgement, receipt_seq: i64) -> Filed {
    let item = arrival.item.as_ref();
    let reason = match item {
        Err(error) if !judgement.rival => Some(ReasonCode::Item(*error)),
        Ok(_) | Err(_) => judgement.reason.map(ReasonCode::Rule),
    };
    let point = item.ok().and_then(Item::point);
    let property = point.map(|it| it.property.normal());
    let captured_by = item.map_or(delivery.person.as_str(), |it| it.captured_by.normal());
    Filed {
        revision: arrival.revision,
        rival: judgement.rival,
        hash: arrival.hash,
        state: judgement.state,
        reason,
        property: property.unwrap_or_default().to_owned(),
        point: point.map(|it| it.key.clone()),
        period: judgement.period,
        receipt_seq,
        received_at: delivery.received_at,
        captured_by: captured_by.to_owned(),
        value: item.ok().and_then(Item::value),
        read_at: item.ok().map(|it| it.read_at),
        keys: Vec::new(),
        exchanged: None,
        by_office: delivery.source == Source::Office,
        flagged: judgement.flags != Flags::NONE || item.is_ok_and(|it| !it.flags.is_empty()),
        decided: None,
    }
}

fn filing_of(arrival: &Arrival, judgement: &Judgement, filed: &Filed, tenant: Option<String>) -> Filing {
    Filing {
        id: arrival.id,
        revision: arrival.revision,
        rival: judgement.rival,
        hash: arrival.hash,
        device_seq: arrival.device_seq,
        state: judgement.state,
        reason: filed.reason,
        period: judgement.period,
        corrected_at: judgement.corrected_at,
        time_is_certain: judgement.time_is_certain,
        flags: judgement.flags,
        previous: judgement.previous,
        consumption_micro: judgement.consumption_micro,
        tenant,
        receipt_seq: filed.receipt_seq,
        received_at: filed.received_at,
    }
}

// A receipt's number is that of its first row; the further readings of an exchange take the numbers behind it.
fn rows_of(arrival: &Arrival) -> i64 {
    match arrival.item.as_ref().map(|it| &it.body) {
        Ok(Body::Exchange(parts)) => i64::try_from(parts.len()).unwrap_or(1),
        _ => 1,
    }
}

fn occupant_of(item: &Item, content: Content, holds_others: bool) -> Occupant {
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
        holds_others,
        reread: false,
    }
}
