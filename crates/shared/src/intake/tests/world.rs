//! A small office to take items into.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::id::DeviceId;
use crate::intake::{
    Access, Arrival, Change, DecisionError, Delivery, DeviceStanding, Ledger, Needs, Occupant, OfficialKey,
    Order, Original, Property, Ruling, Taken, Which, next_revision, rewrite,
};
use crate::item::samples::{id, reading, text};
use crate::meter_point::{MeterPoint, PointKey};
use crate::names::{Source, State, Utility};
use crate::period::Period;
use crate::timestamp::Timestamp;
use crate::wire::batch::WireItem;
use crate::wire::list::{MeterPointRow, RuleSettings, TenancyRow};
use crate::zone::tests::{at, guam};

/// The server's clock in most tests.
pub(super) const RECEIVED: &str = "2026-11-28T12:00:00+10:00";

pub(super) struct World {
    pub(super) ledger: Ledger,
    pub(super) delivery: Delivery,
    /// What came, by receipt.
    sent: BTreeMap<i64, WireItem>,
}

impl World {
    /// Units 101 and 102 of `GC A` and 7 of `HV`, each with one meter; ana may read `GC A`.
    pub(super) fn new() -> Self {
        let property = Property {
            zone: guam(),
            settings: RuleSettings::default(),
            closed: [Period::new(2026, 9).unwrap()].into(),
        };
        let mut ledger = Ledger {
            next_receipt_seq: 1,
            ..Ledger::default()
        };
        for code in ["gc a", "hv"] {
            ledger
                .properties
                .insert(code.to_owned(), Arc::new(property.clone()));
        }
        for (property, unit, serial) in [
            ("GC A", "101", "E76496171"),
            ("GC A", "102", "E2"),
            ("HV", "7", "E3"),
        ] {
            ledger.serials.insert(crate::code::normal(serial));
            ledger
                .points
                .insert(point_key(property, unit), point(property, unit, serial));
        }
        Self {
            ledger,
            delivery: delivery_of("ana", 1),
            sent: BTreeMap::new(),
        }
    }

    /// Another person on another phone, with the same rights.
    pub(super) fn by(&mut self, person: &str) -> &mut Self {
        self.delivery = delivery_of(person, person.as_bytes()[0]);
        self
    }

    pub(super) fn received_at(&mut self, text: &str) -> &mut Self {
        self.delivery.received_at = at(text);
        self
    }

    pub(super) fn set_closed(&mut self, period: &str) {
        for property in self.ledger.properties.values_mut() {
            Arc::make_mut(property)
                .closed
                .insert(Period::parse(period).unwrap());
        }
    }

    /// The office has decided: the revision and what it holds are in this state.
    pub(super) fn decide(&mut self, number: u8, revision: u32, state: State) {
        let filed = self.ledger.items.get_mut(&id(number)).unwrap();
        let filed = filed
            .iter_mut()
            .find(|it| it.revision == revision && !it.rival)
            .unwrap();
        filed.state = state;
        for key in std::mem::take(&mut filed.keys) {
            if state.is_official() {
                self.ledger.official.get_mut(&key).unwrap().state = state;
                filed.keys.push(key);
            } else {
                self.ledger.official.remove(&key);
            }
        }
    }

    /// Takes one item; what was promised to be loaded for it is all that is looked at.
    pub(super) fn take(&mut self, wire: &WireItem) -> Taken {
        let arrival = Arrival::of_wire(wire, b"raw");
        let mut needs = Needs::default();
        needs.add(
            &self.delivery,
            std::slice::from_ref(&arrival),
            &self.ledger.properties,
        );
        let mut loaded = self.loaded(&needs);
        let from_loaded = loaded
            .take_batch(&self.delivery, std::slice::from_ref(&arrival))
            .remove(0);
        let taken = self.ledger.take_batch(&self.delivery, &[arrival]).remove(0);
        let receipt = taken.verdict.receipt.as_ref();
        self.sent
            .extend(receipt.map(|receipt| (receipt.seq, wire.clone())));
        assert_eq!(
            from_loaded, taken,
            "a ledger of what is needed decides as one that knows everything"
        );
        taken
    }

    /// Verdict, code and booked period of one item.
    pub(super) fn check(&mut self, wire: &WireItem, expected: &str) -> Taken {
        let taken = self.take(wire);
        let verdict = &taken.verdict;
        let name = serde_json::to_value(verdict.verdict).unwrap();
        let parts = [name.as_str(), verdict.code.as_deref(), verdict.period.as_deref()];
        assert_eq!(
            parts.into_iter().flatten().collect::<Vec<_>>().join(" "),
            expected
        );
        assert!(
            verdict.receipt.is_some(),
            "every verdict but retry carries a receipt"
        );
        taken
    }

    /// Rita decides about a revision of an item; what was promised to be loaded for it is all that is looked at.
    pub(super) fn rule(
        &mut self,
        number: u8,
        revision: u32,
        ruling: Ruling,
    ) -> Result<Vec<Change>, DecisionError> {
        self.rule_as("rita", number, Which::Revision(revision), ruling)
    }

    /// Somebody decides about one content of an item.
    pub(super) fn rule_as(
        &mut self,
        by: &str,
        number: u8,
        which: Which,
        ruling: Ruling,
    ) -> Result<Vec<Change>, DecisionError> {
        let order = Order {
            id: id(number),
            which,
            ruling,
            by: by.to_owned(),
            reason: "Look again".to_owned(),
        };
        let delivery = Delivery {
            access: Access::All,
            source: Source::Office,
            ..self.delivery.clone()
        };
        let arrival = if order.ruling.rewrites() {
            Some(self.office_revision(&order)?)
        } else {
            None
        };
        let mut needs = Needs::default();
        needs.items.insert(order.id);
        if let Some(arrival) = &arrival {
            needs.add(&delivery, std::slice::from_ref(arrival), &self.ledger.properties);
        }
        let mut loaded = self.loaded(&needs);
        let filing = arrival.as_ref().map(|it| (&delivery, it));
        let from_loaded = loaded.decide(&order, filing);
        let before = self.ledger.clone();
        let decided = self.ledger.decide(&order, filing);
        if !matches!(order.ruling, Ruling::SendBack) {
            assert_eq!(
                from_loaded, decided,
                "a ledger of what is needed decides as one that knows everything"
            );
        }
        if decided.is_err() {
            assert_eq!(self.ledger.items, before.items, "refused, and yet changed");
            assert_eq!(self.ledger.points, before.points, "refused, and yet changed");
        }
        for change in decided.iter().flatten() {
            if let Change::File(filing) = change {
                let wire = self.office_wire(&order)?;
                self.sent.insert(filing.receipt_seq, wire);
            }
        }
        decided
    }

    fn office_wire(&self, order: &Order) -> Result<WireItem, DecisionError> {
        let filed = self.ledger.items.get(&order.id).ok_or(DecisionError::NotFound)?;
        let target = filed.iter().find(|it| order.which.names(it));
        let target = target.ok_or(DecisionError::NotFound)?;
        let wire = self.sent[&target.receipt_seq].clone();
        let read_at = crate::timestamp::LocalTime::parse(&wire.read_at).unwrap();
        let original = Original {
            wire,
            read_at,
            received_at: crate::timestamp::LocalTime::parse(RECEIVED).unwrap(),
        };
        rewrite(&original, target, &order.ruling, next_revision(filed))
    }

    fn office_revision(&self, order: &Order) -> Result<Arrival, DecisionError> {
        Ok(Arrival::of_wire(&self.office_wire(order)?, b"raw"))
    }

    /// Receipt of the last content of an item.
    pub(super) fn last_receipt(&self, number: u8) -> Which {
        Which::Receipt(self.ledger.items[&id(number)].last().unwrap().receipt_seq)
    }

    /// Value (or `skip`) and item of the official value of a unit and period.
    pub(super) fn official(&self, unit: &str, period: &str) -> String {
        let key = OfficialKey::regular(&point_key("GC A", unit), Period::parse(period).unwrap());
        let Some(holder) = self.ledger.official.get(&key) else {
            return "none".to_owned();
        };
        let value = holder.value.map_or("skip".to_owned(), |it| it.to_string());
        let number = (1..=255).find(|it| id(*it) == holder.id).unwrap();
        format!("{value} of {number}.{}", holder.revision)
    }

    /// The meter of a unit, with the value that the next reading compares with.
    pub(super) fn meter(&self, unit: &str) -> String {
        let point = &self.ledger.points[&point_key("GC A", unit)];
        let Some(meter) = &point.meter else {
            return "none".to_owned();
        };
        let value = point.past.last().map_or(meter.initial_value, |it| it.value);
        format!("{} at {value}", meter.serial.shown())
    }

    pub(super) fn occupant(&mut self, unit: &str, period: &str) -> &mut Occupant {
        let key = OfficialKey::regular(&point_key("GC A", unit), Period::parse(period).unwrap());
        self.ledger.official.get_mut(&key).unwrap()
    }

    /// States of all filed revisions of an item in the order of arrival.
    pub(super) fn states(&self, number: u8) -> Vec<String> {
        let filed = self.ledger.items.get(&id(number)).into_iter().flatten();
        filed
            .map(|it| format!("{} {}", it.revision, it.state.name()))
            .collect()
    }

    // What the server would have loaded.
    pub(super) fn loaded(&self, needs: &Needs) -> Ledger {
        let all = &self.ledger;
        let kept = |id| all.items.get(id).map(|filed| (*id, filed.clone()));
        let items: std::collections::HashMap<_, _> = needs.items.iter().filter_map(kept).collect();
        let held = items.values().flatten().flat_map(|it| it.keys.clone());
        let keys = needs.keys.iter().cloned().chain(held);
        Ledger {
            properties: all.properties.clone(),
            points: needs
                .points
                .iter()
                .filter_map(|it| Some((it.clone(), all.points.get(it)?.clone())))
                .collect(),
            official: keys
                .filter_map(|it| Some((it.clone(), all.official.get(&it)?.clone())))
                .collect(),
            clocks: if needs.clocks.is_empty() {
                Default::default()
            } else {
                all.clocks.clone()
            },
            serials: all.serials.intersection(&needs.serials).cloned().collect(),
            next_receipt_seq: all.next_receipt_seq,
            items,
        }
    }
}

pub(super) fn delivery_of(person: &str, device: u8) -> Delivery {
    Delivery {
        person: person.to_owned(),
        device: DeviceId::new(Timestamp::from_ms(1_790_000_000_000), [device; 10]),
        standing: DeviceStanding::Known,
        access: Access::Properties(["gc a".to_owned()].into()),
        source: Source::Phone,
        received_at: at(RECEIVED),
        clock_offset_ms: Some(0),
    }
}

/// A reading of unit 101 in November by ana.
pub(super) fn item(number: u8, value: &str) -> WireItem {
    WireItem {
        id: id(number),
        device_seq: u64::from(number),
        value: text(value),
        ..reading()
    }
}

/// The same by another person.
pub(super) fn item_by(person: &str, number: u8, value: &str) -> WireItem {
    WireItem {
        captured_by: person.to_owned(),
        ..item(number, value)
    }
}

pub(super) fn revised(revision: u32, item: WireItem) -> WireItem {
    WireItem { revision, ..item }
}

pub(super) fn void(number: u8, revision: u32) -> WireItem {
    WireItem {
        void: true,
        revision,
        ..item(number, "0")
    }
}

pub(super) fn skip(number: u8, reason: &str) -> WireItem {
    WireItem {
        value: None,
        skip_reason: text(reason),
        ..item(number, "0")
    }
}

pub(super) fn filing(taken: &Taken) -> &crate::intake::Filing {
    filing_in(&taken.changes)
}

/// What was filed by these changes.
pub(super) fn filing_in(changes: &[Change]) -> &crate::intake::Filing {
    let file = changes.iter().find_map(|it| match it {
        Change::File(filing) => Some(filing),
        Change::SetState { .. }
        | Change::SetRivalState { .. }
        | Change::Occupy { .. }
        | Change::Free { .. }
        | Change::AskForReading { .. }
        | Change::Exchange(_)
        | Change::UndoExchange { .. } => None,
    });
    file.unwrap()
}

pub(super) fn point_key(property: &str, unit: &str) -> PointKey {
    PointKey::new(property, "", unit, Utility::Electricity, "")
}

fn point(property: &str, unit: &str, serial: &str) -> MeterPoint {
    MeterPoint::from_row(&MeterPointRow {
        property_code: property.to_owned(),
        unit_no: unit.to_owned(),
        utility: "electricity".to_owned(),
        meter_serial: serial.to_owned(),
        dials: 5,
        multiplier: "1".to_owned(),
        initial_value: "45658".to_owned(),
        tenancies: vec![TenancyRow {
            from: "2026-01-01".to_owned(),
            to: None,
            name: "Ines".to_owned(),
        }],
        ..MeterPointRow::default()
    })
}
