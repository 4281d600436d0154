//! The portfolio of the simulated customer, and the items that technicians make of it.

use std::collections::BTreeSet;
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
/// In three zones; every third unit is in the same one.
pub(super) const PROPERTIES: usize = 3;
const CODES: [&str; PROPERTIES] = ["GC A", "NY 1", "KI"];
const HOUR_S: i32 = 3_600;
/// Ten hours east of UTC all the year; New York, where the clocks are set back two hours after the month has ended;
/// Kiritimati, where the day begins first.
const OFFSETS: [&[(i64, i32)]; PROPERTIES] = [
    &[(0, 10 * HOUR_S)],
    &[(0, -4 * HOUR_S), (1_793_512_800_000, -5 * HOUR_S)],
    &[(0, 14 * HOUR_S)],
];
/// An end of a month in each: 2026-11-30T14:00:00Z, 2026-11-01T04:00:00Z, 2026-11-30T10:00:00Z.
const MONTH_ENDS_MS: [i64; PROPERTIES] = [1_796_047_200_000, 1_793_505_600_000, 1_796_032_800_000];
/// The phones show the time of another place.
const PHONE_OFFSET_S: i32 = -3 * HOUR_S;

static EMPTY_LEDGER: LazyLock<Ledger> = LazyLock::new(|| {
    let properties = (0..UNITS.min(PROPERTIES as u64)).map(|unit| {
        let property = Property {
            zone: zone_of(unit),
            settings: RuleSettings::default(),
            closed: BTreeSet::new(),
        };
        (property_of(unit), Arc::new(property))
    });
    let points = (0..UNITS).map(|unit| (key(unit), MeterPoint::from_row(&row(unit, 0))));
    let (properties, points) = (properties.collect(), points.collect());
    Ledger {
        properties,
        points,
        next_receipt_seq: 1,
        ..Ledger::default()
    }
});

/// When a month ends in a property.
pub(super) fn month_ends_ms(property: usize) -> i64 {
    MONTH_ENDS_MS[property % PROPERTIES]
}

static ZONES: LazyLock<[Zone; PROPERTIES]> =
    LazyLock::new(|| OFFSETS.map(|offsets| Zone::new(offsets).unwrap()));

/// The zone of the unit's property.
pub(super) fn zone_of(unit: u64) -> Zone {
    ZONES[place(unit)].clone()
}

/// The month of a moment in the unit's property, reckoned without the code that is tested.
pub(super) fn month_of(unit: u64, at: Timestamp) -> String {
    let offsets = OFFSETS[place(unit)];
    let offset_s = offsets
        .iter()
        .rfind(|it| it.0 <= at.ms())
        .unwrap_or(&offsets[0])
        .1;
    let local_ms = at.ms() + i64::from(offset_s) * 1_000;
    let local = jiff::Timestamp::from_millisecond(local_ms).unwrap();
    local.strftime("%Y-%m").to_string()
}

/// The code of the unit's property, in normal form.
pub(super) fn property_of(unit: u64) -> String {
    shared::code::normal(CODES[place(unit)]).to_string()
}

/// Which property a unit is in.
pub(super) fn place(unit: u64) -> usize {
    unit as usize % PROPERTIES
}

/// A unit of the portfolio.
pub(super) fn any_unit(chance: &mut Chance) -> u64 {
    chance.below(UNITS)
}

/// The meter of a unit is exchanged: from now on another serial counts.
pub(super) fn exchange_meter(ledger: &mut Ledger, unit: u64) {
    let exchanged = ledger
        .points
        .get(&key(unit))
        .and_then(|point| point.meter.as_ref());
    let is_first = exchanged.is_some_and(|meter| meter.serial.normal() == serial(unit, 0));
    let point = MeterPoint::from_row(&row(unit, u64::from(is_first)));
    ledger.points.insert(key(unit), point);
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
            unit: any_unit(chance),
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

    /// The register cannot show it: the only reason to reject anything here.
    pub(super) fn is_impossible(&self) -> bool {
        matches!(self.content, Content::Value(_)) && !self.is_regular_reading()
    }

    pub(super) fn unit(&self) -> u64 {
        self.unit
    }

    /// What travels.
    pub(super) fn to_wire(&self, stamp: &Stamp) -> WireItem {
        let read_at = LocalTime {
            at: stamp.wall,
            offset_s: PHONE_OFFSET_S,
        };
        let item = WireItem {
            id: self.id,
            revision: stamp.revision,
            device_seq: stamp.seq,
            property_code: Some(String::from(CODES[place(self.unit)])),
            building: Some(String::new()),
            unit_no: Some(unit_no(self.unit)),
            utility: Some(String::from("electricity")),
            meter_serial: Some(serial(self.unit, 0)),
            period: Some(ZONES[place(self.unit)].month_at(stamp.wall).to_string()),
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

fn key(unit: u64) -> PointKey {
    PointKey::new(CODES[place(unit)], "", &unit_no(unit), Utility::Electricity, "")
}

/// In normal form.
fn serial(unit: u64, exchanges: u64) -> String {
    format!("E{}", 7_000 + 100 * exchanges + unit)
}

fn row(unit: u64, exchanges: u64) -> MeterPointRow {
    MeterPointRow {
        id: format!("point-{unit}"),
        property_code: String::from(CODES[place(unit)]),
        unit_no: unit_no(unit),
        utility: String::from("electricity"),
        meter_serial: serial(unit, exchanges),
        dials: 5,
        decimals: 0,
        multiplier: String::from("1"),
        installed_on: String::from("2024-07-28"),
        initial_value: String::from("0"),
        ..MeterPointRow::default()
    }
}
