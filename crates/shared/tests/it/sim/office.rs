//! What the office does meanwhile: closes periods, approves readings and undoes that, has meters exchanged.

use std::sync::Arc;

use shared::intake::{Ledger, Order, Ruling, Which};
use shared::names::State;
use shared::timestamp::Timestamp;

use super::points;
use super::table::Fault;
use super::world::World;

impl World {
    pub(super) fn office_acts(&mut self) {
        if !self.settings.office {
            return;
        }
        let unit = points::any_unit(&mut self.chance);
        let now = self.now();
        let undo = self.chance.percent(25);
        let ledger = self.server.ledger();
        let fault = match self.chance.below(3) {
            0 => {
                close_or_reopen(ledger, unit, now);
                Fault::PeriodCloses
            }
            1 => {
                approve(ledger, unit, undo);
                Fault::Approved
            }
            _ => {
                points::exchange_meter(ledger, unit);
                Fault::MeterExchanged
            }
        };
        (0..self.phones.len()).for_each(|phone| self.met(fault, phone));
    }
}

/// The month of this moment, in the property of this unit.
fn close_or_reopen(ledger: &mut Ledger, unit: u64, now: Timestamp) {
    if let Some(property) = ledger.properties.get_mut(&points::property_of(unit)) {
        let month = property.zone.month_at(now);
        let property = Arc::make_mut(property);
        if !property.closed.remove(&month) {
            property.closed.insert(month);
        }
    }
}

/// The official value of one meter is approved, or an approval is undone. What the rules refuse stays as it is.
fn approve(ledger: &mut Ledger, unit: u64, undo: bool) {
    let property = points::property_of(unit);
    let state = if undo { State::Approved } else { State::Received };
    let mut held: Vec<_> = ledger.official.values().collect();
    held.retain(|occupant| occupant.property == property && occupant.state == state);
    held.sort_by_key(|occupant| occupant.id);
    let Some(occupant) = held.first() else { return };
    let order = Order {
        id: occupant.id,
        which: Which::Revision(occupant.revision),
        ruling: if undo {
            Ruling::TakeBack
        } else {
            Ruling::Approve { clean_only: false }
        },
        by: "rita".to_owned(),
        reason: String::new(),
    };
    let _ = ledger.decide(&order, None);
}
