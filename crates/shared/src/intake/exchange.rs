//! What an exchange does to the portfolio: the meter at the point ends and the new one begins. As long as nobody else's
//! value stands on the new meter, that is taken back with the item.

use jiff::civil::Date;

use crate::id::ItemId;
use crate::intake::{Change, Ledger};
use crate::item::{Body, Item};
use crate::meter_point::{Meter, MeterBefore, MeterPoint, PastValue, PointKey};
use crate::names::Kind;
use crate::reading_value::ReadingValue;

/// A meter that an exchange brought into service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchanged {
    /// Where.
    pub point: PointKey,
    /// The new meter's serial in normal form.
    pub serial: String,
}

/// One meter ends at a meter point and another one begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeterExchange {
    /// The item.
    pub id: ItemId,
    /// Its revision.
    pub revision: u32,
    /// Where.
    pub point: PointKey,
    /// The day, in the property's zone.
    pub day: Date,
    /// Serial in normal form and final value of the meter that goes; absent where there was none.
    pub removed: Option<(String, ReadingValue)>,
    /// The meter that comes.
    pub installed: Meter,
}

/// What a judged exchange will do once it is filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Planned {
    pub(super) day: Date,
    pub(super) installed: Meter,
}

impl Ledger {
    /// The point's meter is another one from now on.
    pub(super) fn exchange(
        &mut self,
        item: &Item,
        planned: Planned,
        changes: &mut Vec<Change>,
    ) -> Option<Exchanged> {
        let name = item.point()?;
        let point = self.points.get_mut(&name.key)?;
        let serial = planned.installed.serial.normal().to_owned();
        let Planned { day, installed } = planned;
        let removed = point
            .meter
            .as_ref()
            .zip(value_of(item, Kind::MeterRemoved))
            .map(|(meter, value)| (meter.serial.normal().to_owned(), value));
        point.install(installed.clone());
        if let Some((value, at)) = value_of(item, Kind::Regular).zip(installed.taken_over.map(|it| it.at)) {
            point.past.push(PastValue {
                id: Some(item.id),
                value,
                read_at: at,
            });
        }
        self.serials.insert(serial.clone());
        changes.push(Change::Exchange(Box::new(MeterExchange {
            id: item.id,
            revision: item.revision,
            point: name.key.clone(),
            day,
            removed,
            installed,
        })));
        Some(Exchanged {
            point: name.key.clone(),
            serial,
        })
    }

    /// Whether the portfolio can be as if this exchange had not been: its meter is still there and carries nothing
    /// of anybody else.
    pub(super) fn can_undo(&self, id: ItemId, exchanged: &Exchanged) -> bool {
        self.points.get(&exchanged.point).is_some_and(|point| {
            let in_service = point
                .meter
                .as_ref()
                .is_some_and(|it| it.serial.normal() == exchanged.serial);
            in_service && point.before.is_some() && point.past.iter().all(|it| it.id == Some(id))
        })
    }

    pub(super) fn undo(&mut self, exchanged: Exchanged, changes: &mut Vec<Change>) {
        let Some(point) = self.points.get_mut(&exchanged.point) else {
            return;
        };
        let Some(before) = point.before.take() else { return };
        let reinstated = before.meter.as_ref().map(|it| it.serial.normal().to_owned());
        let MeterBefore {
            meter,
            past,
            statistics,
            before,
        } = *before;
        (point.meter, point.past, point.statistics, point.before) = (meter, past, statistics, before);
        self.serials.remove(&exchanged.serial);
        changes.push(Change::UndoExchange {
            exchanged,
            reinstated,
        });
    }
}

impl MeterPoint {
    fn install(&mut self, meter: Meter) {
        self.before = Some(Box::new(MeterBefore {
            meter: self.meter.replace(meter),
            past: std::mem::take(&mut self.past),
            statistics: std::mem::take(&mut self.statistics),
            before: self.before.take(),
        }));
    }
}

fn value_of(item: &Item, kind: Kind) -> Option<ReadingValue> {
    match &item.body {
        Body::Exchange(parts) => parts.iter().find(|it| it.kind == kind).map(|it| it.value),
        Body::Reading { .. } | Body::Skip { .. } | Body::Void => None,
    }
}
