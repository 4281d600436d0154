//! A meter point with all that the checks and the intake need of it: the same on the phone and on the server.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::code::{CODE_LENGTH_MAX, Code, normal};
use crate::day;
use crate::id::ItemId;
use crate::names::Utility;
use crate::reading_value::{ReadingValue, micro_of};
use crate::register::Register;
use crate::timestamp::{LocalTime, Timestamp};
use crate::wire::list::{MeterPointRow, Statistics};

/// Names one meter point: property, building, unit, utility and point in normal form, joined by a character that no
/// code can hold. Good as a database key as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PointKey(String);

impl PointKey {
    /// Normalises its parts.
    pub fn new(property: &str, building: &str, unit_no: &str, utility: Utility, point: &str) -> Self {
        Self::of_normal(
            &normal(property),
            &normal(building),
            &normal(unit_no),
            utility,
            &normal(point),
        )
    }

    /// Of parts that are in normal form already.
    pub fn of_normal(property: &str, building: &str, unit_no: &str, utility: Utility, point: &str) -> Self {
        let length = property.len() + building.len() + unit_no.len() + point.len() + 16;
        let mut key = String::with_capacity(length);
        for part in [property, building, unit_no, utility.name()] {
            key.push_str(part);
            key.push(SEPARATOR);
        }
        key.push_str(point);
        Self(key)
    }

    /// A key that was stored.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The text to store.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Property, building, unit, utility and point in normal form; `None` for a stored text that is no key.
    pub fn parts(&self) -> Option<[&str; 5]> {
        let mut parts = self.0.split(SEPARATOR);
        let five = [
            parts.next()?,
            parts.next()?,
            parts.next()?,
            parts.next()?,
            parts.next()?,
        ];
        parts.next().is_none().then_some(five)
    }

    /// The property's code in normal form.
    pub fn property(&self) -> &str {
        self.0.split(SEPARATOR).next().unwrap_or_default()
    }
}

pub(crate) const SEPARATOR: char = '\u{1f}';

/// One meter point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeterPoint {
    /// The meter that sits there now.
    pub meter: Option<Meter>,
    /// Who holds the unit when.
    pub tenancies: Vec<Tenancy>,
    /// The last official values of the current meter, by rising time; a few are enough.
    pub past: Vec<PastValue>,
    /// What the checks compare with.
    pub statistics: Statistics,
    /// What sat there before the last exchange; needed only where that exchange may be taken back.
    pub before: Option<Box<MeterBefore>>,
}

/// What sat at a meter point before an exchange.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeterBefore {
    /// The meter; absent where there was none.
    pub meter: Option<Meter>,
    /// Its last official values, by rising time.
    pub past: Vec<PastValue>,
    /// What the checks compared with.
    pub statistics: Statistics,
    /// What sat there before that.
    pub before: Option<Box<MeterBefore>>,
}

/// The meter that sits at a meter point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meter {
    /// What stands on it.
    pub serial: Code,
    /// What it shows.
    pub register: Register,
    /// What it showed when it was installed.
    pub initial_value: ReadingValue,
    /// How it took over from another meter; absent where the portfolio brought it in.
    pub taken_over: Option<TakenOver>,
}

/// How a meter took over from another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenOver {
    /// When.
    pub at: Timestamp,
    /// Consumption that the meter before counted after its last reading, in millionths: the first reading of this one
    /// counts it too.
    pub carried_micro: i64,
}

/// Who held a unit from when to when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenancy {
    /// First day.
    pub from: Date,
    /// Last day; absent when it goes on.
    pub to: Option<Date>,
    /// The tenant's name.
    pub name: String,
}

/// One official value of a meter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastValue {
    /// The item, where it is known.
    pub id: Option<ItemId>,
    /// The value.
    pub value: ReadingValue,
    /// When it was read.
    pub read_at: Timestamp,
}

impl MeterPoint {
    /// From a row of the list. What can't be read counts as absent: the row comes from our own server.
    pub fn from_row(row: &MeterPointRow) -> Self {
        let past = row.latest.iter().filter_map(|latest| {
            let value = ReadingValue::parse(&latest.value).ok()?;
            let read_at = LocalTime::parse(&latest.read_at)?.at;
            let of_same_value = |it: &&crate::wire::list::OfficialRow| it.read_at == latest.read_at;
            Some(PastValue {
                id: row.official.iter().find(of_same_value).map(|it| it.id),
                value,
                read_at,
            })
        });
        Self {
            meter: Meter::from_row(row),
            tenancies: row.tenancies.iter().filter_map(Tenancy::from_row).collect(),
            past: past.collect(),
            statistics: row.statistics.clone(),
            before: None,
        }
    }

    /// Who held the unit on this day.
    pub fn tenancy_on(&self, day: Date) -> Option<&Tenancy> {
        self.tenancies
            .iter()
            .find(|it| it.from <= day && it.to.is_none_or(|to| day <= to))
    }

    /// The last official value that was read before this moment, leaving out the item itself.
    pub fn previous(&self, read_at: Timestamp, own: ItemId) -> Option<&PastValue> {
        self.past
            .iter()
            .rev()
            .find(|it| it.read_at < read_at && it.id != Some(own))
    }
}

impl Meter {
    /// The meter of a row of the list; `None` when there is none.
    pub fn from_row(row: &MeterPointRow) -> Option<Self> {
        let serial = Code::parse(&row.meter_serial, CODE_LENGTH_MAX).ok()?;
        let register = Register::new(row.dials, row.decimals, parse_multiplier(&row.multiplier)?)?;
        let initial_value = ReadingValue::parse(&row.initial_value).unwrap_or_default();
        Some(Self {
            serial,
            register,
            initial_value,
            taken_over: row.taken_over.as_ref().and_then(TakenOver::from_row),
        })
    }
}

impl TakenOver {
    fn from_row(row: &crate::wire::list::TakenOverRow) -> Option<Self> {
        let carried: Decimal = row.carried.parse().ok()?;
        Some(Self {
            at: LocalTime::parse(&row.at)?.at,
            carried_micro: micro_of(carried),
        })
    }
}

impl Tenancy {
    fn from_row(row: &crate::wire::list::TenancyRow) -> Option<Self> {
        let to = match &row.to {
            Some(to) => Some(day::parse(to)?),
            None => None,
        };
        Some(Self {
            from: day::parse(&row.from)?,
            to,
            name: row.name.clone(),
        })
    }
}

/// Reads a multiplier, a decimal number above zero.
pub fn parse_multiplier(text: &str) -> Option<Decimal> {
    let multiplier = ReadingValue::parse(text).ok()?.decimal();
    (multiplier > Decimal::ZERO).then_some(multiplier)
}
