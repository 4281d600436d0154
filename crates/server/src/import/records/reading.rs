use std::sync::Arc;

use jiff::civil::DateTime;
use shared::code::{CODE_LENGTH_MAX, Code};
use shared::content_hash::ContentHash;
use shared::id::ItemId;
use shared::item::REMARKS_LENGTH_MAX;
use shared::names::Kind;
use shared::period::Period;
use shared::reading_value::ReadingValue;
use shared::timestamp::LocalTime;

use crate::import::cause::Cause;
use crate::import::codes::Codes;
use crate::import::row;
use crate::import::table::{Column, optional, required};

pub(in crate::import) const COLUMNS: &[Column] = &[
    required("serial"),
    required("period"),
    optional("kind"),
    required("value"),
    required("read_at"),
    optional("read_by"),
    optional("remarks"),
];

/// A row of `readings.csv`.
#[derive(Debug, Clone)]
pub(in crate::import) struct ReadingRow {
    pub(in crate::import) line: u64,
    pub(in crate::import) serial: Arc<Code>,
    pub(in crate::import) period: Period,
    pub(in crate::import) kind: Kind,
    pub(in crate::import) value: ReadingValue,
    pub(in crate::import) read_at: ReadAt,
    pub(in crate::import) read_by: Arc<Code>,
    pub(in crate::import) remarks: String,
}

/// When it was read, as the file has it.
#[derive(Debug, Clone, Copy)]
pub(in crate::import) enum ReadAt {
    /// What a clock at the property showed.
    Clock(DateTime),
    /// With an offset of its own.
    Moment(LocalTime),
}

/// Codes that stand in many rows of the file.
#[derive(Debug, Default)]
pub(in crate::import) struct ReadingCodes {
    serials: Codes,
    readers: Codes,
}

impl ReadingRow {
    pub(in crate::import) fn read(row: &mut row::Row<'_>, codes: &mut ReadingCodes) -> Option<Self> {
        let serial = codes
            .serials
            .once(row.bytes("serial"), || row.code("serial", CODE_LENGTH_MAX));
        let period = row.raw("period").and_then(|text| {
            let period = Period::parse(text);
            if period.is_none() {
                let shown = row::shown(text);
                row.fault("period", Cause::NoPeriod { shown });
            }
            period
        });
        let kind = match row.raw("kind") {
            Some("") => Some(Kind::Regular),
            _ => row.one_of(
                "kind",
                Kind::parse,
                &Kind::ALL
                    .iter()
                    .map(|kind| kind.name())
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
        };
        let value = row.value("value");
        let read_at = row.raw("read_at").and_then(|text| {
            let read_at = read_at(text);
            if read_at.is_none() {
                let shown = row::shown(text);
                row.fault("read_at", Cause::NoTime { shown });
            }
            read_at
        });
        let read_by = codes.readers.once(row.bytes("read_by"), || {
            row.code_or_empty("read_by", CODE_LENGTH_MAX)
        });
        let remarks = row.text("remarks", REMARKS_LENGTH_MAX);
        Some(Self {
            line: row.line,
            serial: serial?,
            period: period?,
            kind: kind?,
            value: value?,
            read_at: read_at?,
            read_by: read_by?,
            remarks: remarks?,
        })
    }
}

fn read_at(text: &str) -> Option<ReadAt> {
    if let Some(moment) = LocalTime::parse(text) {
        return Some(ReadAt::Moment(moment));
    }
    // A day alone would be midnight, which nobody meant.
    let has_time = text.contains('T') || text.contains(' ');
    text.parse::<DateTime>()
        .ok()
        .filter(|clock| has_time && row::YEARS.contains(&clock.year()))
        .map(ReadAt::Clock)
}

/// A reading as it is written into the books. There may be millions of them at once: what has a compact form keeps it until
/// it is written, and what many have in common is kept once.
#[derive(Debug, Clone)]
pub(in crate::import) struct ItemRecord {
    pub(in crate::import) id: ItemId,
    pub(in crate::import) hash: ContentHash,
    pub(in crate::import) official_key: Option<Arc<str>>,
    pub(in crate::import) serial: Arc<Code>,
    /// The meter's place among all in the order of their serials.
    pub(in crate::import) meter: u32,
    pub(in crate::import) period: Period,
    pub(in crate::import) kind: &'static str,
    pub(in crate::import) value_micro: i64,
    pub(in crate::import) previous_micro: Option<i64>,
    pub(in crate::import) consumption_micro: Option<i64>,
    pub(in crate::import) read_at: i64,
    pub(in crate::import) read_offset_s: i32,
    pub(in crate::import) captured_by: Arc<Code>,
    /// Names in a JSON list.
    pub(in crate::import) flags: &'static str,
    pub(in crate::import) remarks: String,
}
