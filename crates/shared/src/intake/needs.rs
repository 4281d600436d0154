//! What has to be in the ledger before a batch is taken.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::clock::certain_time;
use crate::id::{DeviceId, ItemId};
use crate::intake::key::claims_of;
use crate::intake::{Arrival, Delivery, OfficialKey, Order, Property};
use crate::item::{Item, PointName};
use crate::meter_point::PointKey;
use crate::names::Source;
use crate::period::Period;
use crate::timestamp::Timestamp;
use crate::zone::Zone;

/// Collected over all waiting batches, so that each kind is loaded by one query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// Items whose filed revisions are needed, with the keys that they hold.
    pub items: BTreeSet<ItemId>,
    /// Meter points that are named.
    pub points: BTreeSet<PointKey>,
    /// Keys whose holder is needed.
    pub keys: BTreeSet<OfficialKey>,
    /// Serials in normal form of new meters: which of them does the portfolio have?
    pub serials: BTreeSet<String>,
    /// Neighbours whose time is needed; seldom.
    pub clocks: Vec<ClockNeighbours>,
}

/// The certain times just below and just above these running numbers are needed: `corrected_at` of items whose
/// revision 1 was filed with `time_is_certain`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockNeighbours {
    /// The phone.
    pub device: DeviceId,
    /// The person, in normal form.
    pub person: String,
    /// Running numbers of items whose own time is not certain, rising.
    pub device_seqs: Vec<u64>,
}

impl Needs {
    /// Adds what a batch needs. `properties` (by code in normal form) are known beforehand: the server keeps them.
    pub fn add(
        &mut self,
        delivery: &Delivery,
        arrivals: &[Arrival],
        properties: &BTreeMap<String, Arc<Property>>,
    ) {
        let mut uncertain = BTreeSet::new();
        for arrival in arrivals {
            self.items.insert(arrival.id);
            let Ok(item) = &arrival.item else { continue };
            let certain = certain_time_of(delivery, item);
            if certain.is_none() && item.device_seq > 0 {
                uncertain.insert(item.device_seq);
            }
            let Some(point) = item.point() else { continue };
            self.points.insert(point.key.clone());
            self.serials.extend(item.new_serial().map(str::to_owned));
            if let Some(property) = properties.get(point.property.normal()) {
                self.add_keys(delivery, item, point, &property.zone);
            }
        }
        if !uncertain.is_empty() {
            self.clocks.push(ClockNeighbours {
                device: delivery.device,
                person: delivery.person.clone(),
                device_seqs: uncertain.into_iter().collect(),
            });
        }
    }

    /// Adds what an order needs beside its item and what it files.
    pub fn add_order(&mut self, order: &Order) {
        self.items.insert(order.id);
        let Some((name, period)) = order.ruling.about_point() else {
            return;
        };
        if let Some(key) = name.key() {
            self.keys
                .extend(period.map(|period| OfficialKey::regular(&key, period)));
            self.points.insert(key);
        }
    }

    fn add_keys(&mut self, delivery: &Delivery, item: &Item, point: &PointName, zone: &Zone) {
        let certain = certain_time_of(delivery, item);
        let day = booking_day(item, certain, zone);
        for period in bookable_periods(delivery, item, certain, zone) {
            self.keys
                .extend(claims_of(item, point, period, day).into_iter().map(|it| it.key));
        }
    }
}

/// The periods that an item may be booked to. Where the time is not certain, the months before the receipt are among
/// them: neighbours may tell that it was then.
pub(super) fn bookable_periods(
    delivery: &Delivery,
    item: &Item,
    certain: Option<Timestamp>,
    zone: &Zone,
) -> impl Iterator<Item = Period> {
    let month = zone.month_at(certain.unwrap_or(delivery.received_at));
    let others = match certain {
        Some(_) => [None; 3],
        None => [
            zone.month_at(item.read_at.at),
            month.previous(),
            month.previous().previous(),
        ]
        .map(Some),
    };
    let sent = item.period.filter(|it| *it != month);
    [Some(month), sent].into_iter().chain(others).flatten()
}

/// The day that a move is booked to: of the certain time, else of the claimed one.
pub(super) fn booking_day(item: &Item, certain: Option<Timestamp>, zone: &Zone) -> Date {
    zone.date_at(certain.unwrap_or(item.read_at.at))
}

/// The corrected time, where it is certain by the item's own evidence. The office knows what time it is.
pub(super) fn certain_time_of(delivery: &Delivery, item: &Item) -> Option<Timestamp> {
    let (before_ms, sending_ms) = offsets_of(delivery, item);
    certain_time(item.read_at.at, before_ms, sending_ms, delivery.received_at)
}

pub(super) fn offsets_of(delivery: &Delivery, item: &Item) -> (Option<i64>, Option<i64>) {
    match delivery.source {
        Source::Office => (Some(0), Some(0)),
        Source::Phone | Source::Import => (item.evidence.clock_offset_ms, delivery.clock_offset_ms),
    }
}
