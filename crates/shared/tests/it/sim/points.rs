//! The portfolio of the simulated customer, and the items that technicians make of it.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};

use shared::id::ItemId;
use shared::intake::{Ledger, Property};
use shared::meter_point::{MeterPoint, PointKey};
use shared::names::Utility;
use shared::timestamp::{LocalTime, Timestamp};
use shared::wire::batch::{WireClock, WireItem};
use shared::wire::list::{MeterPointRow, RuleSettings};
use shared::zone::Zone;

use super::chance::Chance;

/// Few, so that technicians meet at the same meter.
const UNITS: u64 = 14;
pub(super) const PROPERTY: &str = "GC A";
const OFFSET_S: i32 = 10 * 3_600;

static EMPTY_LEDGER: LazyLock<Ledger> = LazyLock::new(|| {
    let property = Property {
        zone: zone(),
        settings: RuleSettings::default(),
        closed: BTreeSet::new(),
    };
    let mut points = HashMap::new();
    for unit in 0..UNITS {
        let key = PointKey::new(PROPERTY, "", &unit_no(unit), Utility::Electricity, "");
        points.insert(key, MeterPoint::from_row(&row(unit)));
    }
    let code = shared::code::normal(PROPERTY).to_string();
    Ledger {
        properties: [(code, Arc::new(property))].into(),
        points,
        next_receipt_seq: 1,
        ..Ledger::default()
    }
});

/// The property's zone: ten hours east of UTC all the year.
pub(super) fn zone() -> Zone {
    Zone::new(&[(0, OFFSET_S)]).unwrap()
}

/// A server that has taken nothing yet.
pub(super) fn empty_ledger() -> Ledger {
    EMPTY_LEDGER.clone()
}

/// A form that is saved: what the person read, or could not read.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) id: ItemId,
    unit: u64,
    content: Content,
}

#[derive(Debug, Clone)]
enum Content {
    Value(u64),
    Skip,
    UnknownLabel(u64),
    Void,
}

impl Form {
    pub(super) fn draw(chance: &mut Chance, wall: Timestamp) -> Self {
        let content = match chance.below(12) {
            0 => Content::Skip,
            1 => Content::UnknownLabel(chance.below(90_000)),
            // More digits than the register has: rejected.
            2 => Content::Value(1_234_567),
            // Few different values: some technicians agree, some do not.
            _ => Content::Value(1_000 + chance.below(3)),
        };
        Self {
            id: ItemId::new(wall, chance.bytes()),
            unit: chance.below(UNITS),
            content,
        }
    }

    /// The person changes the value.
    pub(super) fn edited(&self, chance: &mut Chance) -> Self {
        Self {
            content: Content::Value(1_000 + chance.below(4)),
            ..self.clone()
        }
    }

    /// The person deletes the item.
    pub(super) fn voided(&self) -> Self {
        Self {
            content: Content::Void,
            ..self.clone()
        }
    }

    pub(super) fn is_regular_reading(&self) -> bool {
        matches!(self.content, Content::Value(value) if value < 100_000)
    }

    pub(super) fn unit(&self) -> u64 {
        self.unit
    }

    /// What travels.
    pub(super) fn to_wire(&self, stamp: &Stamp) -> WireItem {
        let read_at = LocalTime {
            at: stamp.wall,
            offset_s: OFFSET_S,
        };
        let item = WireItem {
            id: self.id,
            revision: stamp.revision,
            device_seq: stamp.seq,
            property_code: Some(String::from(PROPERTY)),
            building: Some(String::new()),
            unit_no: Some(unit_no(self.unit)),
            utility: Some(String::from("electricity")),
            meter_serial: Some(serial(self.unit)),
            period: Some(zone().month_at(stamp.wall).to_string()),
            period_chosen_by: Some(String::from("rule")),
            kind: Some(String::from("regular")),
            read_at: read_at.to_rfc3339(),
            captured_by: stamp.person.clone(),
            clock: Some(stamp.clock.clone()),
            ..WireItem::default()
        };
        match self.content {
            Content::Value(value) => WireItem {
                value: Some(value.to_string()),
                ..item
            },
            Content::Skip => WireItem {
                skip_reason: Some(String::from("no_access")),
                ..item
            },
            Content::Void => WireItem { void: true, ..item },
            Content::UnknownLabel(code) => WireItem {
                label_text: Some(format!("unknown {code}")),
                property_code: None,
                building: None,
                unit_no: None,
                utility: None,
                meter_serial: None,
                value: Some(String::from("7")),
                ..item
            },
        }
    }
}

/// What the moment of saving adds to a form.
pub(super) struct Stamp {
    pub(super) seq: u64,
    pub(super) revision: u32,
    pub(super) wall: Timestamp,
    pub(super) person: String,
    pub(super) clock: WireClock,
}

fn unit_no(unit: u64) -> String {
    format!("{}", 101 + unit)
}

fn serial(unit: u64) -> String {
    format!("E{}", 7_000 + unit)
}

fn row(unit: u64) -> MeterPointRow {
    MeterPointRow {
        id: format!("point-{unit}"),
        property_code: String::from(PROPERTY),
        unit_no: unit_no(unit),
        utility: String::from("electricity"),
        meter_serial: serial(unit),
        dials: 5,
        decimals: 0,
        multiplier: String::from("1"),
        installed_on: String::from("2024-07-28"),
        initial_value: String::from("0"),
        ..MeterPointRow::default()
    }
}
