//! Readings of the past: what the books don't hold yet, with previous value and consumption.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use shared::code::Code;
use shared::content_hash::ContentHash;
use shared::id::ItemId;
use shared::intake::OfficialKey;
use shared::item::Item;
use shared::meter_point::PointKey;
use shared::names::{Kind, Utility};
use shared::period::Period;
use shared::timestamp::{LocalTime, Timestamp};
use shared::wire::batch::WireItem;

use crate::import::books::Books;
use crate::import::fault::Faults;
use crate::import::history;
use crate::import::read::Rows;
use crate::import::records::{ItemRecord, MeterRecord, ReadAt, ReadingRow};

const FILE: &str = "readings.csv";

/// The items to be written; what doesn't fit is noted.
pub(super) fn new_items(rows: &Rows, books: &Books, faults: &mut Faults) -> Vec<ItemRecord> {
    let mut meters: BTreeMap<&str, &MeterRecord> = books
        .meters
        .values()
        .map(|meter| (meter.serial_normal.as_str(), meter))
        .collect();
    meters.extend(
        rows.meters
            .iter()
            .map(|row| (row.record.serial_normal.as_str(), &row.record)),
    );
    let zones = zones(rows, books);
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    let mut items = Vec::new();
    for row in &rows.readings {
        let Some(meter) = meters.get(row.serial.normal()) else {
            faults.add(FILE, row.line, "serial", "there is no such meter");
            continue;
        };
        let Some(found) = Found::new(row, meter, &zones, faults) else {
            continue;
        };
        let identity = found
            .official_key
            .as_ref()
            .map_or_else(|| found.check_identity(), |key| key.as_str().into());
        if let Some(first) = seen.insert(identity.clone(), row.line) {
            let cause =
                format!("line {first} has a reading of the same kind for this meter point and time already");
            faults.add(FILE, row.line, "period", cause);
            continue;
        }
        match books.official.get(&identity) {
            Some(known) if known.value_micro == row.value.to_micro() => {}
            Some(_) => {
                let cause = "the books hold another value for this period; correct it in the office";
                faults.add(FILE, row.line, "value", cause);
            }
            None => items.extend(found.item(faults)),
        }
    }
    history::complete(&mut items, &meters, books);
    // Receipts are given out in the order in which it was read, as if the items had come one by one.
    items.sort_by_key(|item| item.read_at);
    items
}

/// Time zones by property.
fn zones(rows: &Rows, books: &Books) -> BTreeMap<String, TimeZone> {
    let known = books
        .properties
        .values()
        .chain(rows.properties.iter().map(|row| &row.record));
    known
        .map(|property| {
            let zone = TimeZone::get(&property.time_zone).unwrap_or(TimeZone::UTC);
            (property.code_normal.clone(), zone)
        })
        .collect()
}

/// A row with what was found out about it.
struct Found<'a> {
    row: &'a ReadingRow,
    meter: &'a MeterRecord,
    read_at: LocalTime,
    point: PointKey,
    official_key: Option<OfficialKey>,
}

impl<'a> Found<'a> {
    fn new(
        row: &'a ReadingRow,
        meter: &'a MeterRecord,
        zones: &BTreeMap<String, TimeZone>,
        faults: &mut Faults,
    ) -> Option<Self> {
        let fits = meter
            .register()
            .is_some_and(|register| register.check(row.value).is_ok());
        if !fits {
            let cause = format!(
                "the register shows {} digits and {} decimals",
                meter.dials, meter.decimals
            );
            faults.add(FILE, row.line, "value", cause);
        }
        let zone = zones
            .get(&meter.property_normal)
            .cloned()
            .unwrap_or(TimeZone::UTC);
        let zoned = match row.read_at {
            // In the hour that happens twice, the first one; in the one that doesn't happen, an hour later.
            ReadAt::Clock(clock) => clock.to_zoned(zone).ok()?,
            ReadAt::Moment(moment) => jiff::Timestamp::from_millisecond(moment.at.ms())
                .ok()?
                .to_zoned(zone),
        };
        let month = Period::of_date(zoned.date());
        if row.period != month && row.period != month.previous() {
            let cause = format!("was read in {month}: its period is that month or the one before");
            faults.add(FILE, row.line, "period", cause);
            return None;
        }
        let read_at = LocalTime {
            at: Timestamp::from_ms(zoned.timestamp().as_millisecond()),
            offset_s: zoned.offset().seconds(),
        };
        let point = PointKey::of_normal(
            &meter.property_normal,
            &meter.building_normal,
            &meter.unit_normal,
            Utility::parse(&meter.utility)?,
            &meter.point_normal,
        );
        let official_key =
            OfficialKey::of_reading(row.kind, &point, row.serial.normal(), row.period, zoned.date());
        fits.then_some(Self {
            row,
            meter,
            read_at,
            point,
            official_key,
        })
    }

    /// What makes a check reading, which is never official, the same one again.
    fn check_identity(&self) -> String {
        format!(
            "{}\u{1f}{}\u{1f}{}",
            self.point.as_str(),
            self.row.serial.normal(),
            self.read_at.at.ms()
        )
    }

    fn item(&self, faults: &mut Faults) -> Option<ItemRecord> {
        let id = ItemId::new(self.read_at.at, rand::random());
        let Ok(item) = Item::parse(&self.wire(id)) else {
            faults.add(FILE, self.row.line, "", "this row can't become a reading");
            return None;
        };
        Some(ItemRecord {
            id,
            receipt_seq: 0,
            hash: ContentHash::of(&item),
            official_key: self.official_key.as_ref().map(|key| key.as_str().to_owned()),
            serial_normal: self.row.serial.normal().to_owned(),
            period: self.row.period,
            kind: self.row.kind.name(),
            value_micro: self.row.value.to_micro(),
            previous_micro: None,
            consumption_micro: None,
            read_at: self.read_at.at.ms(),
            read_offset_s: i64::from(self.read_at.offset_s),
            captured_by: self.reader().normal().to_owned(),
            flags: "[]",
            remarks: self.row.remarks.clone(),
        })
    }

    fn wire(&self, id: ItemId) -> WireItem {
        let meter = self.meter;
        WireItem {
            id,
            revision: 1,
            property_code: Some(meter.property_normal.clone()),
            building: Some(meter.building_normal.clone()),
            unit_no: Some(meter.unit_normal.clone()),
            utility: Some(meter.utility.clone()),
            point: Some(meter.point_normal.clone()),
            meter_serial: Some(meter.serial.clone()),
            period: Some(self.row.period.to_string()),
            kind: Some(self.row.kind.name().into()),
            value: Some(self.row.value.to_string()),
            read_at: self.read_at.to_rfc3339(),
            captured_by: self.reader().shown().into(),
            remarks: Some(self.row.remarks.clone()),
            ..WireItem::default()
        }
    }

    /// Old books often don't say who read.
    fn reader(&self) -> Code {
        if self.row.read_by.is_empty() {
            Code::parse("import", shared::code::CODE_LENGTH_MAX).unwrap_or_default()
        } else {
            self.row.read_by.clone()
        }
    }
}

impl ReadingRow {
    /// Whether it can be the previous value of a later one.
    pub(in crate::import) fn counts(kind: &str) -> bool {
        matches!(
            Kind::parse(kind),
            Some(Kind::Regular | Kind::MoveIn | Kind::MoveOut)
        )
    }
}
