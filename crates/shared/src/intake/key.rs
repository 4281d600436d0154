//! What there can be only one official value of.

use jiff::civil::Date;

use crate::item::{Body, Item, PointName};
use crate::meter_point::{PointKey, SEPARATOR};
use crate::names::{Kind, SkipReason};
use crate::period::Period;
use crate::reading_value::ReadingValue;

/// Regular: meter point and period. Meter removed or installed: serial and kind. Move: meter point, day and kind.
/// Good as a primary key as it is. When it is comes before where it is: a round's readings are of one month, so that their
/// keys lie side by side in an index, and not each on a page of its own among years of the same meter point.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfficialKey(String);

impl OfficialKey {
    /// Of regular readings.
    pub fn regular(point: &PointKey, period: Period) -> Self {
        Self(format!(
            "{}{SEPARATOR}{period}{SEPARATOR}{}",
            Kind::Regular.name(),
            point.as_str()
        ))
    }

    /// A key that was stored.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The text to store.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Name of the kind that it is a key of: tells which reading of an exchange holds it.
    pub fn kind_name(&self) -> &str {
        self.0.split(SEPARATOR).next().unwrap_or_default()
    }

    /// The meter's serial in normal form, of a key that is about a meter.
    pub fn serial(&self) -> Option<&str> {
        let (kind, serial) = self.0.split_once(SEPARATOR)?;
        let about_meter = [Kind::MeterRemoved.name(), Kind::MeterInstalled.name()].contains(&kind);
        about_meter.then_some(serial)
    }

    /// Of a reading of this kind; `serial` in normal form, `day` in the property's zone. `None` where there is no limit.
    pub fn of_reading(kind: Kind, point: &PointKey, serial: &str, period: Period, day: Date) -> Option<Self> {
        match kind {
            Kind::Regular => Some(Self::regular(point, period)),
            Kind::MeterRemoved | Kind::MeterInstalled => {
                Some(Self(format!("{}{SEPARATOR}{serial}", kind.name())))
            }
            Kind::MoveIn | Kind::MoveOut => Some(Self(format!(
                "{}{SEPARATOR}{day}{SEPARATOR}{}",
                kind.name(),
                point.as_str()
            ))),
            Kind::Check => None,
        }
    }
}

/// What an item wants to be official.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) key: OfficialKey,
    pub(super) content: Content,
}

/// What holds a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Value(ReadingValue),
    Skip(SkipReason),
}

/// The keys that an item claims when it is booked to this period and was read on this day.
pub(super) fn claims_of(item: &Item, point: &PointName, period: Period, day: Date) -> Vec<Claim> {
    let claim = |kind, serial: &str, content| {
        OfficialKey::of_reading(kind, &point.key, serial, period, day).map(|key| Claim { key, content })
    };
    let serial = item.meter_serial.normal();
    match &item.body {
        Body::Reading { kind, value } => claim(*kind, serial, Content::Value(*value)).into_iter().collect(),
        Body::Skip { kind, reason } => {
            // A skip of a meter change names no serial that could be compared.
            let kind = if serial.is_empty() && matches!(kind, Kind::MeterRemoved | Kind::MeterInstalled) {
                Kind::Check
            } else {
                *kind
            };
            claim(kind, serial, Content::Skip(*reason)).into_iter().collect()
        }
        Body::Exchange(parts) => parts
            .iter()
            .filter_map(|it| claim(it.kind, it.meter_serial.normal(), Content::Value(it.value)))
            .collect(),
        Body::Void => Vec::new(),
    }
}
