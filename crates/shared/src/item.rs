//! What travels, once it has been understood: a reading, a skip, a void or an exchange.

mod error;
mod parse;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;

pub use error::ItemError;

use crate::code::Code;
use crate::id::ItemId;
use crate::meter_point::PointKey;
use crate::names::{Answer, IdentifiedBy, Kind, PeriodChosenBy, SkipReason, Utility};
use crate::period::Period;
use crate::position::Position;
use crate::reading_value::ReadingValue;
use crate::timestamp::LocalTime;

/// Most characters of the remarks.
pub const REMARKS_LENGTH_MAX: usize = 500;
/// Most characters of an unknown label.
pub const LABEL_TEXT_LENGTH_MAX: usize = 200;
/// Most photos of one item.
pub const PHOTOS_MAX: usize = 10;
/// Most flags of one item.
pub const FLAGS_MAX: usize = 20;

/// One item in one revision. Made by [`Item::parse`] and so within all bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Made on the phone when the form opened.
    pub id: ItemId,
    /// 1 for the first save, one more for each edit or void.
    pub revision: u32,
    /// The phone's running number for this person, from 1; 0 where there is no phone.
    pub device_seq: u64,
    /// Which meter point; absent only for a void that does not say.
    pub place: Option<Place>,
    /// Serial of the meter that was read; may be empty.
    pub meter_serial: Code,
    /// The period that was sent.
    pub period: Option<Period>,
    /// How it was chosen.
    pub period_chosen_by: Option<PeriodChosenBy>,
    /// What it says.
    pub body: Body,
    /// The phone's clock when Save was tapped.
    pub read_at: LocalTime,
    /// The person who read.
    pub captured_by: Code,
    /// Names of the checks that the phone raised, sorted; a newer phone may know more than we do.
    pub flags: Vec<String>,
    /// What the technician answered, sorted; a newer phone may know more than we do.
    pub answers: Vec<String>,
    /// Trimmed; may be empty.
    pub remarks: String,
    /// SHA-256 of each photo in lower-case hexadecimal.
    pub photos: Vec<String>,
    /// Goes with it and never decides sameness.
    pub evidence: Evidence,
}

/// Where an item belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A meter point.
    Point(Box<PointName>),
    /// What an unknown label said.
    UnknownLabel(String),
}

/// A meter point as the item names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointName {
    /// Property code.
    pub property: Code,
    /// May be empty.
    pub building: Code,
    /// Unit number.
    pub unit_no: Code,
    /// What is counted.
    pub utility: Utility,
    /// May be empty.
    pub point: Code,
    /// All of that in one key.
    pub key: PointKey,
}

/// What an item says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// A value was read.
    Reading {
        /// Why it was read.
        kind: Kind,
        /// What was read.
        value: ReadingValue,
    },
    /// There is no value.
    Skip {
        /// What would have been read.
        kind: Kind,
        /// Why it was not.
        reason: SkipReason,
    },
    /// Takes the item back.
    Void,
    /// One to three readings that stand or fall together.
    Exchange(Vec<ExchangePart>),
}

/// One reading of an exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangePart {
    /// `meter_removed`, `meter_installed` or `regular`; each at most once.
    pub kind: Kind,
    /// Serial of the meter that this part reads.
    pub meter_serial: Code,
    /// What was read.
    pub value: ReadingValue,
    /// Whole digits of a new meter's register.
    pub dials: Option<u32>,
    /// Decimals of a new meter's register.
    pub decimals: Option<u32>,
}

/// What goes with an item and never decides sameness.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// How the unit was identified.
    pub identified_by: Option<IdentifiedBy>,
    /// The previous value that the form showed.
    pub previous_value: Option<ReadingValue>,
    /// Version of the checks that ran on the phone.
    pub rule_version: Option<u32>,
    /// Milliseconds by which the server's clock was ahead, as measured last before the capture.
    pub clock_offset_ms: Option<i64>,
    /// Age of that measurement at the capture.
    pub clock_offset_age_ms: Option<i64>,
    /// Names the run of the page.
    pub page_session: Option<String>,
    /// Monotonic time of the capture within that run.
    pub monotonic_ms: Option<i64>,
    /// Where the phone was, if the person consented and the phone knew.
    pub position: Option<Position>,
}

impl Item {
    /// The meter point, if the item names one.
    pub fn point(&self) -> Option<&PointName> {
        match &self.place {
            Some(Place::Point(point)) => Some(point),
            Some(Place::UnknownLabel(_)) | None => None,
        }
    }

    /// Whether the technician gave this answer.
    pub fn has_answer(&self, answer: Answer) -> bool {
        self.answers.iter().any(|it| it == answer.name())
    }

    /// The value, where there is exactly one.
    pub fn value(&self) -> Option<ReadingValue> {
        match &self.body {
            Body::Reading { value, .. } => Some(*value),
            Body::Skip { .. } | Body::Void | Body::Exchange(_) => None,
        }
    }

    /// The serial of the meter that an exchange brings in, in normal form.
    pub fn new_serial(&self) -> Option<&str> {
        let Body::Exchange(parts) = &self.body else {
            return None;
        };
        let installed = parts.iter().find(|it| it.kind == Kind::MeterInstalled)?;
        Some(installed.meter_serial.normal())
    }

    /// The kind; of an exchange `meter_removed` or what it has instead; a void has none.
    pub fn kind(&self) -> Option<Kind> {
        match &self.body {
            Body::Reading { kind, .. } | Body::Skip { kind, .. } => Some(*kind),
            Body::Exchange(parts) => parts.first().map(|it| it.kind),
            Body::Void => None,
        }
    }
}
