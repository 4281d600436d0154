//! What the files describe, in the form in which it is compared with the books and written into them.

mod label;
mod meter;
mod point;
mod property;
mod reading;
mod tenancy;
mod unit;

use serde::Serialize;
use sqlx::FromRow;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

pub(super) use label::LabelRecord;
pub(super) use meter::{MeterRecord, beyond};
pub(super) use point::PointRecord;
pub(super) use property::PropertyRecord;
pub(super) use reading::{ItemRecord, ReadAt, ReadingCodes, ReadingRow};
pub(super) use tenancy::TenancyRecord;
pub(super) use unit::UnitRecord;

/// The columns of each file.
pub(super) mod columns {
    pub(in crate::import) use super::label::COLUMNS as LABEL;
    pub(in crate::import) use super::meter::COLUMNS as METER;
    pub(in crate::import) use super::property::COLUMNS as PROPERTY;
    pub(in crate::import) use super::reading::COLUMNS as READING;
    pub(in crate::import) use super::tenancy::COLUMNS as TENANCY;
    pub(in crate::import) use super::unit::COLUMNS as UNIT;
}

/// Something with an identity that an import adds or changes.
pub(super) trait Record:
    Serialize
    + PartialEq
    + Clone
    + Send
    + Sync
    + Unpin
    + for<'r> FromRow<'r, SqliteRow>
    + for<'r> FromRow<'r, PgRow>
{
    /// Reads them from the books; a condition and [`Self::ORDER`] are to follow.
    const SELECT: &'static str;
    /// In which order.
    const ORDER: &'static str;
    /// Which of them belong to the unit `$1`.
    const OF_UNIT: &'static str = "u.id = CAST($1 AS BIGINT)";
    /// Writes those of the JSON list `$1`, adding or changing.
    const UPSERT: &'static str;

    /// What makes it the same thing in file and books.
    fn key(&self) -> String;

    /// Whether it has come to its end (a meter removed, a tenant moved out).
    fn is_ended(&self) -> bool {
        false
    }
}

/// A record and the line that it came from.
#[derive(Debug, Clone)]
pub(super) struct Row<R> {
    pub(super) line: u64,
    pub(super) record: R,
}

/// Joins the normal forms of a key; no code holds this character.
pub(super) fn key<const N: usize>(parts: [&str; N]) -> String {
    parts.join("\u{1f}")
}
