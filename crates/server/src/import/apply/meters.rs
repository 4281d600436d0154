//! The meters that readings may be of, with what each of their readings is judged by.

use std::collections::{BTreeMap, HashMap};

use jiff::tz::TimeZone;
use shared::meter_point::PointKey;
use shared::names::Utility;
use shared::register::Register;

use crate::import::books::Books;
use crate::import::read::Rows;
use crate::import::records::MeterRecord;

/// One meter.
#[derive(Debug)]
pub(in crate::import) struct Meter<'a> {
    pub(in crate::import) record: &'a MeterRecord,
    pub(in crate::import) register: Option<Register>,
    /// Of its property.
    pub(in crate::import) zone: TimeZone,
    /// Absent for a utility that isn't known.
    pub(in crate::import) point: Option<PointKey>,
}

/// All of them, in the order of their serials.
#[derive(Debug)]
pub(in crate::import) struct Meters<'a> {
    meters: Vec<Meter<'a>>,
    by_serial: HashMap<&'a str, u32>,
}

impl<'a> Meters<'a> {
    /// Those of the books, or what the files make of them.
    pub(super) fn new(rows: &'a Rows, books: &'a Books) -> Self {
        let zones = zones(rows, books);
        let of_files = rows.meters.iter().map(|row| &row.record);
        let records: BTreeMap<&str, &MeterRecord> = books
            .meters
            .values()
            .chain(of_files)
            .map(|meter| (meter.serial_normal.as_str(), meter))
            .collect();
        let by_serial = records.keys().copied().zip(0..).collect();
        let meters = records.into_values().map(|record| Meter::new(record, &zones));
        Self {
            meters: meters.collect(),
            by_serial,
        }
    }

    /// The place of the one with this serial in normal form.
    pub(super) fn place(&self, serial_normal: &str) -> Option<u32> {
        self.by_serial.get(serial_normal).copied()
    }

    /// The one at this place.
    pub(in crate::import) fn at(&self, place: u32) -> Option<&Meter<'a>> {
        self.meters.get(usize::try_from(place).ok()?)
    }
}

impl<'a> Meter<'a> {
    fn new(record: &'a MeterRecord, zones: &BTreeMap<&str, TimeZone>) -> Self {
        let zone = zones.get(record.property_normal.as_str()).cloned();
        let point = Utility::parse(&record.utility).map(|utility| {
            PointKey::of_normal(
                &record.property_normal,
                &record.building_normal,
                &record.unit_normal,
                utility,
                &record.point_normal,
            )
        });
        Self {
            record,
            register: record.register(),
            zone: zone.unwrap_or(TimeZone::UTC),
            point,
        }
    }
}

/// Time zones by property.
fn zones<'a>(rows: &'a Rows, books: &'a Books) -> BTreeMap<&'a str, TimeZone> {
    let known = books
        .properties
        .values()
        .chain(rows.properties.iter().map(|row| &row.record));
    known
        .map(|property| {
            let zone = TimeZone::get(&property.time_zone).unwrap_or(TimeZone::UTC);
            (property.code_normal.as_str(), zone)
        })
        .collect()
}
