//! What the office enters itself, a reading or another meter: read by the rules of the import, and handed to the intake as the
//! item that a technician would have sent. Here is refused what can only be a slip of the keyboard, before anything is filed.

mod place;
mod typed;

use jiff::civil::Date;
use shared::code::{CODE_LENGTH_MAX, Code, normal};
use shared::item::REMARKS_LENGTH_MAX;
use shared::names::{Answer, Kind};
use shared::reading_value::ReadingValue;
use shared::register::Register;
use shared::timestamp::{LocalTime, Timestamp};
use shared::wire::batch::{WireExchangePart, WireItem};
use shared::wire::portfolio::{OfficeExchange, OfficeReading};

use self::place::Place;
use self::typed::Typed;
use super::cause::Cause;
use super::fault::Faults;
use super::records::{MeterRecord, beyond};
use crate::auth::Person;
use crate::store::Store;

/// A form asks one question.
const ANSWERS_MAX: usize = 3;

/// Why nothing is handed to the intake.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// No such meter point, or not for this person.
    #[error("no such meter point")]
    NotFound,
    /// Another meter sits there than the form showed.
    #[error("the books have changed")]
    BooksChanged,
    /// What was typed can't be taken.
    #[error("{0}")]
    Faults(Faults),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// The item of a reading.
pub async fn reading_item(
    store: &Store,
    now: Timestamp,
    person: &Person,
    entry: &OfficeReading,
) -> Result<WireItem, EntryError> {
    let place = Place::find(store, person, &entry.meter_point_id).await?;
    let meter = place.meter().ok_or(EntryError::BooksChanged)?;
    if meter.serial_normal != normal(&entry.meter_serial) {
        return Err(EntryError::BooksChanged);
    }
    let period = entry.period.clone().unwrap_or_default();
    let mut typed = Typed::new([
        ("on", &entry.on),
        ("at", &entry.at),
        ("value", &entry.value),
        ("reason", &entry.reason),
    ]);
    let at = typed.moment(&place.zone, now);
    let value = typed.value_of(meter, "value");
    let reason = typed.row().name("reason", REMARKS_LENGTH_MAX);
    if let Some((day, _)) = at {
        in_service(&mut typed, meter, day);
    }
    let period = at
        .filter(|_| !period.is_empty())
        .and_then(|(day, _)| typed.period(&period, day));
    let (Some((_, at)), Some(value), Some(reason), true) = (at, value, reason, typed.faults.is_empty())
    else {
        return Err(EntryError::Faults(typed.faults));
    };
    Ok(WireItem {
        id: entry.id,
        meter_serial: Some(meter.serial.clone()),
        period: period.map(|it| it.to_string()),
        period_chosen_by: period.map(|_| "technician".to_owned()),
        kind: Some(Kind::Regular.name().to_owned()),
        value: Some(value.to_string()),
        answers: known(&entry.answers),
        ..item(&place, at, reason, person)
    })
}

/// The item of an exchange.
pub async fn exchange_item(
    store: &Store,
    now: Timestamp,
    person: &Person,
    entry: &OfficeExchange,
) -> Result<WireItem, EntryError> {
    let place = Place::find(store, person, &entry.meter_point_id).await?;
    let old = place.meter();
    if old.map_or("", |it| &it.serial_normal) != normal(&entry.removed_serial) {
        return Err(EntryError::BooksChanged);
    }
    let mut typed = Typed::new([
        ("on", &entry.on),
        ("at", &entry.at),
        ("final_value", &entry.final_value),
        ("serial", &entry.serial),
        ("dials", &entry.dials),
        ("decimals", &entry.decimals),
        ("initial_value", &entry.initial_value),
        ("reason", &entry.reason),
    ]);
    let at = typed.moment(&place.zone, now);
    let final_value = old.and_then(|old| typed.value_of(old, "final_value"));
    let new = NewMeter::read(&mut typed);
    let reason = typed.row().name("reason", REMARKS_LENGTH_MAX);
    if let Some(((day, _), old)) = at.zip(old) {
        in_service(&mut typed, old, day);
        if let Some(read) = place.last_read.filter(|read| day < *read) {
            let day = read.to_string();
            typed.fault("on", Cause::ReadSince { day });
        }
    }
    if let Some(new) = &new
        && place::serial_exists(store, &new.serial).await?
    {
        typed.fault("serial", Cause::SerialTaken);
    }
    let (Some((_, at)), Some(new), Some(reason), true) = (at, new, reason, typed.faults.is_empty()) else {
        return Err(EntryError::Faults(typed.faults));
    };
    let removed = old.zip(final_value).map(|(old, value)| WireExchangePart {
        kind: Kind::MeterRemoved.name().to_owned(),
        meter_serial: old.serial.clone(),
        value: value.to_string(),
        ..WireExchangePart::default()
    });
    Ok(WireItem {
        id: entry.id,
        meter_serial: old.map(|it| it.serial.clone()),
        exchange: removed.into_iter().chain([new.part()]).collect(),
        answers: known(&entry.answers),
        ..item(&place, at, reason, person)
    })
}

/// The meter that sits there can't have shown anything before it came.
fn in_service(typed: &mut Typed, meter: &MeterRecord, day: Date) {
    if day.to_string() < meter.installed_on {
        let (from, to) = (meter.installed_on.clone(), None);
        typed.fault("on", Cause::NotInService { from, to });
    }
}

/// The answers that there are.
fn known(answers: &[String]) -> Vec<String> {
    let known = answers.iter().filter(|it| Answer::parse(it).is_some());
    known.take(ANSWERS_MAX).cloned().collect()
}

/// All of an item but what it says.
fn item(place: &Place, at: LocalTime, reason: String, person: &Person) -> WireItem {
    let unit = place.books.units.values().next();
    WireItem {
        revision: 1,
        property_code: place.books.properties.values().next().map(|it| it.code.clone()),
        building: unit.map(|it| it.building.clone()),
        unit_no: unit.map(|it| it.unit_no.clone()),
        utility: Some(place.point.utility.clone()),
        point: Some(place.point.point.clone()),
        read_at: at.to_rfc3339(),
        captured_by: person.name.clone(),
        remarks: Some(reason),
        ..WireItem::default()
    }
}

/// The meter that comes.
struct NewMeter {
    serial: Code,
    dials: u32,
    decimals: u32,
    initial: ReadingValue,
}

impl NewMeter {
    fn read(typed: &mut Typed) -> Option<Self> {
        let mut row = typed.row();
        let serial = row.code("serial", CODE_LENGTH_MAX);
        let digits = |count: Option<i64>| count.and_then(|it| u32::try_from(it).ok());
        let dials = digits(row.number("dials", (1, 12), None));
        let decimals = digits(row.number("decimals", (0, 6), Some(0)));
        let initial = row.value("initial_value");
        let (serial, dials, decimals, initial) = (serial?, dials?, decimals?, initial?);
        let register = Register::new(dials, decimals, rust_decimal::Decimal::ONE)?;
        if let Some(cause) = beyond(&register, initial) {
            typed.fault("initial_value", cause);
        }
        Some(Self {
            serial,
            dials,
            decimals,
            initial,
        })
    }

    fn part(&self) -> WireExchangePart {
        WireExchangePart {
            kind: Kind::MeterInstalled.name().to_owned(),
            meter_serial: self.serial.shown().to_owned(),
            value: self.initial.to_string(),
            dials: Some(self.dials),
            decimals: Some(self.decimals),
        }
    }
}
