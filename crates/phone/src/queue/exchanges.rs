//! Meters that were exchanged on this phone.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::id::ItemId;
use shared::item::{Body, Item};
use shared::meter_point::PointKey;
use shared::names::Utility;
use shared::overlay::{OnPhone, phone_wins, row_after_exchange};
use shared::sync::event::Entry;
use shared::timestamp::Timestamp;
use shared::wire::batch::WireItem;
use shared::wire::list::{MeterPointRow, RuleSettings};
use shared::zone::Zone;

use super::Where;

/// In the order in which they were made; a revision takes the place of the earlier ones.
#[derive(Debug, Default)]
pub struct Exchanges {
    known: BTreeMap<ItemId, Known>,
}

#[derive(Debug)]
struct Known {
    item: Item,
    at: Where,
}

impl Exchanges {
    /// Remembers what an item's text says, if it is an exchange or takes one back.
    pub(super) fn mark(&mut self, body: &str, at: Where) {
        let wire = serde_json::from_str::<WireItem>(body).ok();
        let Some(item) = wire.and_then(|wire| Item::parse(&wire).ok()) else {
            return;
        };
        let known = self.known.get(&item.id);
        if known.is_some_and(|known| known.item.revision > item.revision) {
            return;
        }
        if matches!(item.body, Body::Exchange(_)) || known.is_some() {
            self.known.insert(item.id, Known { item, at });
        }
    }

    pub(super) fn moved(&mut self, entry: &Entry, to: Where) {
        if let Some(known) = self.known.get_mut(&entry.id)
            && known.item.revision == entry.revision
        {
            known.at = to;
        }
    }

    /// Nothing was exchanged here.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The row with the meter that sits there after all exchanges but `own`: a form does not stand on itself.
    pub fn row(
        &self,
        row: &Arc<MeterPointRow>,
        own: Option<ItemId>,
        refreshed_at: Option<Timestamp>,
        zone: &Zone,
        settings: &RuleSettings,
    ) -> Arc<MeterPointRow> {
        let Some(key) = key_of(row) else {
            return Arc::clone(row);
        };
        let here = self.known.values().filter(|known| {
            let is_here = known.item.point().is_some_and(|name| name.key == key);
            is_here && Some(known.item.id) != own && phone_wins(on_phone(known.at), true, refreshed_at)
        });
        here.fold(Arc::clone(row), |row, known| {
            row_after_exchange(&row, &known.item, zone, settings).map_or(row, Arc::new)
        })
    }
}

fn on_phone(at: Where) -> OnPhone {
    match at {
        Where::Waiting => OnPhone::Waiting,
        Where::Shelf => OnPhone::Shelf,
        Where::Sent(at) => OnPhone::Sent(at),
    }
}

fn key_of(row: &MeterPointRow) -> Option<PointKey> {
    let utility = Utility::parse(&row.utility)?;
    Some(PointKey::new(
        &row.property_code,
        &row.building,
        &row.unit_no,
        utility,
        &row.point,
    ))
}
