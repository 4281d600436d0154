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
use shared::reading_value::ReadingValue;
use shared::timestamp::{LocalTime, Timestamp};
use shared::wire::batch::WireItem;
use shared::wire::imports::ImportVerb;

use super::changes::DIFFERENCES_MAX;
use crate::import::books::Books;
use crate::import::cause::Cause;
use crate::import::fault::Faults;
use crate::import::history;
use crate::import::read::Rows;
use crate::import::records::{ItemRecord, MeterRecord, ReadAt, ReadingRow};
use crate::import::{Difference, MemberChange};

const FILE: &str = "readings.csv";
/// The clock of who read, or of the server, may be wrong by as much.
const CLOCK_AHEAD_MAX_MS: i64 = 24 * 60 * 60 * 1000;

/// The items to be written; what doesn't fit is noted.
pub(super) fn new_items(rows: &Rows, books: &Books, now: Timestamp, faults: &mut Faults) -> NewItems {
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
    let mut unchanged = 0;
    // A meter whose own row is faulty is put right there.
    let meters_are_faulty = ["properties.csv", "units.csv", "meters.csv"]
        .iter()
        .any(|file| faults.has(file));
    for row in &rows.readings {
        let Some(meter) = meters.get(row.serial.normal()) else {
            if !meters_are_faulty {
                faults.add(FILE, row.line, "serial", Cause::NoSuchMeter);
            }
            continue;
        };
        let Some(found) = Found::new(row, meter, &zones, now, faults) else {
            continue;
        };
        let identity = found
            .official_key
            .as_ref()
            .map_or_else(|| found.check_identity(), |key| key.as_str().into());
        if let Some(first) = seen.insert(identity.clone(), row.line) {
            faults.add(FILE, row.line, "period", Cause::ReadingTwice { first });
            continue;
        }
        let known = match &found.official_key {
            Some(key) => books.official.get(key.as_str()).map(|known| known.value_micro),
            None => books.checks.get(&found.check_place()).map(|value| Some(*value)),
        };
        let period = (meter.property_normal.clone(), row.period.to_string());
        match known {
            Some(Some(value)) if value == row.value.to_micro() => unchanged += 1,
            Some(Some(_)) => faults.add(FILE, row.line, "value", Cause::OtherValueInBooks),
            Some(None) => faults.add(FILE, row.line, "period", Cause::SkipInBooks),
            None if books.closed.contains(&period) => {
                faults.add(FILE, row.line, "period", Cause::PeriodClosed);
            }
            None => items.extend(found.item(faults)),
        }
    }
    history::complete(&mut items, &meters, books);
    // Receipts are given out in the order in which it was read, as if the items had come one by one.
    items.sort_by_key(|item| item.read_at);
    NewItems { items, unchanged }
}

/// The first of them, as they are told.
pub(super) fn additions(items: &[ItemRecord]) -> Vec<Difference> {
    let told = items.iter().take(DIFFERENCES_MAX).map(|item| {
        let change = |column: &str, after: String| MemberChange {
            column: column.to_owned(),
            before: String::new(),
            after,
        };
        let value = ReadingValue::from_micro(item.value_micro).unwrap_or_default();
        let read_at = LocalTime {
            at: Timestamp::from_ms(item.read_at),
            offset_s: i32::try_from(item.read_offset_s).unwrap_or(0),
        };
        Difference {
            file: FILE,
            name: format!("{}, {}, {}", item.serial_normal, item.period, item.kind),
            what: ImportVerb::Added,
            changes: vec![
                change("value", value.to_string()),
                change("read_at", read_at.to_rfc3339()),
                change("read_by", item.captured_by.clone()),
            ],
        }
    });
    told.collect()
}

/// What `readings.csv` brings.
#[derive(Debug)]
pub(super) struct NewItems {
    /// Those that the books don't hold.
    pub(super) items: Vec<ItemRecord>,
    /// How many they hold already.
    pub(super) unchanged: usize,
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
    official_key: Option<OfficialKey>,
}

impl<'a> Found<'a> {
    fn new(
        row: &'a ReadingRow,
        meter: &'a MeterRecord,
        zones: &BTreeMap<String, TimeZone>,
        now: Timestamp,
        faults: &mut Faults,
    ) -> Option<Self> {
        let beyond = meter.beyond(row.value);
        let mut fits = beyond.is_none();
        if let Some(cause) = beyond {
            faults.add(FILE, row.line, "value", cause);
        }
        let zone = zones
            .get(&meter.property_normal)
            .cloned()
            .unwrap_or(TimeZone::UTC);
        let zoned = match row.read_at {
            // In the hour that happens twice, the first one; in the one that doesn't happen, an hour later.
            ReadAt::Clock(clock) => clock.to_zoned(zone),
            ReadAt::Moment(moment) => {
                jiff::Timestamp::from_millisecond(moment.at.ms()).map(|moment| moment.to_zoned(zone))
            }
        };
        let Ok(zoned) = zoned else {
            faults.add(FILE, row.line, "read_at", Cause::NoReading);
            return None;
        };
        if zoned.timestamp().as_millisecond() > now.ms() + CLOCK_AHEAD_MAX_MS {
            faults.add(FILE, row.line, "read_at", Cause::ReadInFuture);
            return None;
        }
        let day = zoned.date().to_string();
        if day < meter.installed_on || meter.removed_on.as_ref().is_some_and(|end| day > *end) {
            let (from, to) = (meter.installed_on.clone(), meter.removed_on.clone());
            faults.add(FILE, row.line, "read_at", Cause::NotInService { from, to });
            fits = false;
        }
        let month = Period::of_date(zoned.date());
        if row.period != month && row.period != month.previous() {
            faults.add(FILE, row.line, "period", Cause::PeriodTooFar { month });
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
            official_key,
        })
    }

    /// What makes a check reading, which is never official, the same one again.
    fn check_identity(&self) -> String {
        let (serial, read_at) = self.check_place();
        format!("{serial}\u{1f}{read_at}")
    }

    fn check_place(&self) -> (String, i64) {
        (self.row.serial.normal().to_owned(), self.read_at.at.ms())
    }

    fn item(&self, faults: &mut Faults) -> Option<ItemRecord> {
        let id = ItemId::new(self.read_at.at, rand::random());
        let Ok(item) = Item::parse(&self.wire(id)) else {
            faults.add(FILE, self.row.line, "", Cause::NoReading);
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
