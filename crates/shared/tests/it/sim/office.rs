//! What the office does meanwhile: closes periods, approves readings, has meters exchanged.

use std::sync::Arc;

use shared::intake::Ledger;
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
        let ledger = self.server.ledger();
        let fault = match self.chance.below(3) {
            0 => {
                close_or_reopen(ledger, unit, now);
                Fault::PeriodCloses
            }
            1 => {
                approve(ledger, unit);
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

/// The official value of one meter.
fn approve(ledger: &mut Ledger, unit: u64) {
    let property = points::property_of(unit);
    let mut held: Vec<_> = ledger.official.iter_mut().map(|(_, occupant)| occupant).collect();
    held.retain(|occupant| occupant.property == property && occupant.state == State::Received);
    held.sort_by_key(|occupant| occupant.id);
    let Some(occupant) = held.first_mut() else { return };
    occupant.state = State::Approved;
    let filed = ledger.items.get_mut(&occupant.id).into_iter().flatten();
    for filed in filed.filter(|filed| filed.revision == occupant.revision && !filed.rival) {
        filed.state = State::Approved;
    }
}
