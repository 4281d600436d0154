//! Readings of the past: what the books don't hold yet, with previous value and consumption.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use shared::code::Code;
use shared::content_hash::ContentHash;
use shared::id::ItemId;
use shared::intake::OfficialKey;
use shared::item::Item;
use shared::names::Kind;
use shared::period::Period;
use shared::reading_value::ReadingValue;
use shared::timestamp::{LocalTime, Timestamp};
use shared::wire::batch::WireItem;
use shared::wire::imports::ImportVerb;

use super::changes::DIFFERENCES_MAX;
use super::meters::{Meter, Meters};
use crate::import::books::Books;
use crate::import::cause::Cause;
use crate::import::fault::Faults;
use crate::import::history;
use crate::import::read::Rows;
use crate::import::records::{ItemRecord, MeterRecord, ReadAt, ReadingRow, beyond};
use crate::import::{Difference, MemberChange};

const FILE: &str = "readings.csv";
/// The clock of who read, or of the server, may be wrong by as much.
const CLOCK_AHEAD_MAX_MS: i64 = 24 * 60 * 60 * 1000;

/// The items to be written; what doesn't fit is noted.
pub(super) fn new_items(rows: &Rows, books: &Books, now: Timestamp, faults: &mut Faults) -> NewItems {
    if rows.readings.is_empty() {
        return NewItems::default();
    }
    let meters = Meters::new(rows, books);
    let unnamed = Arc::new(Code::parse("import", shared::code::CODE_LENGTH_MAX).unwrap_or_default());
    let mut seen: HashMap<Arc<str>, u64> = HashMap::with_capacity(rows.readings.len());
    let mut items = Vec::with_capacity(rows.readings.len());
    let mut unchanged = 0;
    // A meter whose own row is faulty is put right there.
    let meters_are_faulty = ["properties.csv", "units.csv", "meters.csv"]
        .iter()
        .any(|file| faults.has(file));
    for row in &rows.readings {
        let place = meters.place(row.serial.normal());
        let Some((place, meter)) = place.and_then(|place| Some((place, meters.at(place)?))) else {
            if !meters_are_faulty {
                faults.add(FILE, row.line, "serial", Cause::NoSuchMeter);
            }
            continue;
        };
        let Some(found) = Found::new(row, place, meter, now, faults) else {
            continue;
        };
        let identity = found
            .official_key
            .clone()
            .unwrap_or_else(|| found.check_identity().into());
        match seen.entry(identity) {
            Entry::Occupied(first) => {
                let first = *first.get();
                faults.add(FILE, row.line, "period", Cause::ReadingTwice { first });
                continue;
            }
            Entry::Vacant(free) => {
                free.insert(row.line);
            }
        }
        let known = match &found.official_key {
            Some(key) => books.official.get(&**key).map(|known| known.value_micro),
            None => books.checks.get(&found.check_place()).map(|value| Some(*value)),
        };
        match known {
            Some(Some(value)) if value == row.value.to_micro() => unchanged += 1,
            Some(Some(_)) => faults.add(FILE, row.line, "value", Cause::OtherValueInBooks),
            Some(None) => faults.add(FILE, row.line, "period", Cause::SkipInBooks),
            None if found.is_closed(books) => {
                faults.add(FILE, row.line, "period", Cause::PeriodClosed);
            }
            None => items.extend(found.item(&unnamed, faults)),
        }
    }
    drop(seen);
    history::complete(&mut items, &meters, books);
    // Receipts are given out in the order in which it was read, as if the items had come one by one.
    items.sort_by_cached_key(|item| (item.read_at, item.meter, item.kind));
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
            offset_s: item.read_offset_s,
        };
        Difference {
            file: FILE,
            name: format!("{}, {}, {}", item.serial.normal(), item.period, item.kind),
            what: ImportVerb::Added,
            changes: vec![
                change("value", value.to_string()),
                change("read_at", read_at.to_rfc3339()),
                change("read_by", item.captured_by.normal().to_owned()),
            ],
        }
    });
    told.collect()
}

/// What `readings.csv` brings.
#[derive(Debug, Default)]
pub(super) struct NewItems {
    /// Those that the books don't hold.
    pub(super) items: Vec<ItemRecord>,
    /// How many they hold already.
    pub(super) unchanged: usize,
}

/// A row with what was found out about it.
struct Found<'a> {
    row: &'a ReadingRow,
    place: u32,
    meter: &'a MeterRecord,
    read_at: LocalTime,
    official_key: Option<Arc<str>>,
}

impl<'a> Found<'a> {
    fn new(
        row: &'a ReadingRow,
        place: u32,
        meter: &Meter<'a>,
        now: Timestamp,
        faults: &mut Faults,
    ) -> Option<Self> {
        let register = meter.register.as_ref();
        let beyond = register.and_then(|register| beyond(register, row.value));
        let mut fits = beyond.is_none();
        if let Some(cause) = beyond {
            faults.add(FILE, row.line, "value", cause);
        }
        let zone = meter.zone.clone();
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
        let point = meter.point.as_ref();
        let meter = meter.record;
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
        let official_key =
            OfficialKey::of_reading(row.kind, point?, row.serial.normal(), row.period, zoned.date());
        fits.then_some(Self {
            row,
            place,
            meter,
            read_at,
            official_key: official_key.map(|key| key.as_str().into()),
        })
    }

    /// Whether its property takes nothing any more for the month.
    fn is_closed(&self, books: &Books) -> bool {
        let period = || (self.meter.property_normal.clone(), self.row.period.to_string());
        !books.closed.is_empty() && books.closed.contains(&period())
    }

    /// What makes a check reading, which is never official, the same one again.
    fn check_identity(&self) -> String {
        let (serial, read_at) = self.check_place();
        format!("{serial}\u{1f}{read_at}")
    }

    fn check_place(&self) -> (String, i64) {
        (self.row.serial.normal().to_owned(), self.read_at.at.ms())
    }

    /// As it goes into the books; `unnamed` read it where the file doesn't say who.
    fn item(&self, unnamed: &Arc<Code>, faults: &mut Faults) -> Option<ItemRecord> {
        // Old books often don't say.
        let reader = match &self.row.read_by {
            nobody if nobody.is_empty() => unnamed,
            somebody => somebody,
        };
        let id = ItemId::new(self.read_at.at, rand::random());
        let Ok(item) = Item::parse(&self.wire(id, reader)) else {
            faults.add(FILE, self.row.line, "", Cause::NoReading);
            return None;
        };
        Some(ItemRecord {
            id,
            hash: ContentHash::of(&item),
            official_key: self.official_key.clone(),
            serial: Arc::clone(&self.row.serial),
            meter: self.place,
            period: self.row.period,
            kind: self.row.kind.name(),
            value_micro: self.row.value.to_micro(),
            previous_micro: None,
            consumption_micro: None,
            read_at: self.read_at.at.ms(),
            read_offset_s: self.read_at.offset_s,
            captured_by: Arc::clone(reader),
            flags: "[]",
            remarks: self.row.remarks.clone(),
        })
    }

    fn wire(&self, id: ItemId, reader: &Code) -> WireItem {
        let meter = self.meter;
        WireItem {
            id,
            revision: 1,
            property_code: Some(meter.property_normal.clone()),
            building: Some(meter.building_normal.clone()),
            unit_no: Some(meter.unit_normal.clone()),
            utility: Some(meter.utility.clone()),
            point: Some(meter.point.clone()),
            meter_serial: Some(meter.serial.clone()),
            period: Some(self.row.period.to_string()),
            kind: Some(self.row.kind.name().into()),
            value: Some(self.row.value.to_string()),
            read_at: self.read_at.to_rfc3339(),
            captured_by: reader.shown().into(),
            remarks: Some(self.row.remarks.clone()),
            ..WireItem::default()
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
