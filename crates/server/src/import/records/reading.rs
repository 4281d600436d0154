use jiff::civil::DateTime;
use serde::{Serialize, Serializer};
use shared::code::{CODE_LENGTH_MAX, Code};
use shared::content_hash::ContentHash;
use shared::id::ItemId;
use shared::item::REMARKS_LENGTH_MAX;
use shared::names::Kind;
use shared::period::Period;
use shared::reading_value::ReadingValue;
use shared::timestamp::LocalTime;

use crate::import::cause::Cause;
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
    pub(in crate::import) serial: Code,
    pub(in crate::import) period: Period,
    pub(in crate::import) kind: Kind,
    pub(in crate::import) value: ReadingValue,
    pub(in crate::import) read_at: ReadAt,
    pub(in crate::import) read_by: Code,
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

impl ReadingRow {
    pub(in crate::import) fn read(row: &mut row::Row<'_>) -> Option<Self> {
        let serial = row.code("serial", CODE_LENGTH_MAX);
        let period = row.raw("period").and_then(|text| {
            let period = Period::parse(&text);
            if period.is_none() {
                let shown = row::shown(&text);
                row.fault("period", Cause::NoPeriod { shown });
            }
            period
        });
        let kind = match row.raw("kind").as_deref() {
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
            let read_at = read_at(&text);
            if read_at.is_none() {
                let shown = row::shown(&text);
                row.fault("read_at", Cause::NoTime { shown });
            }
            read_at
        });
        let read_by = row.code_or_empty("read_by", CODE_LENGTH_MAX);
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
/// it is written.
#[derive(Debug, Clone, Serialize)]
pub(in crate::import) struct ItemRecord {
    pub(in crate::import) id: ItemId,
    pub(in crate::import) receipt_seq: i64,
    #[serde(serialize_with = "as_text")]
    pub(in crate::import) hash: ContentHash,
    pub(in crate::import) official_key: Option<String>,
    pub(in crate::import) serial_normal: String,
    #[serde(serialize_with = "as_text")]
    pub(in crate::import) period: Period,
    pub(in crate::import) kind: &'static str,
    pub(in crate::import) value_micro: i64,
    pub(in crate::import) previous_micro: Option<i64>,
    pub(in crate::import) consumption_micro: Option<i64>,
    pub(in crate::import) read_at: i64,
    pub(in crate::import) read_offset_s: i64,
    pub(in crate::import) captured_by: String,
    /// Names in a JSON list.
    pub(in crate::import) flags: &'static str,
    pub(in crate::import) remarks: String,
}

fn as_text<S: Serializer>(value: &impl std::fmt::Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

impl ItemRecord {
    /// Writes those of the JSON list `$1`; `$2` is when they came, `$3` the change number.
    ///
    /// They are approved: the customer's own books are what they come from.
    pub(in crate::import) const INSERT: &'static str = "INSERT INTO item (receipt_seq, id, revision, hash, shape, \
         source, state, verdict, received_at, updated_seq, official_key, meter_point_id, meter_id, property_code, \
         property_normal, building, unit_no, unit_normal, utility, point, meter_serial, period, kind, value_micro, \
         previous_micro, consumption_micro, read_at, read_offset_s, corrected_at, captured_by, flags, remarks) \
         SELECT CAST(value->>'receipt_seq' AS BIGINT), value->>'id', 1, value->>'hash', 'reading', 'import', \
         'approved', 'accepted', CAST($2 AS BIGINT), CAST($3 AS BIGINT), value->>'official_key', mp.id, m.id, p.code, \
         p.code_normal, u.building, u.unit_no, u.unit_normal, mp.utility, mp.point, m.serial, value->>'period', \
         value->>'kind', CAST(value->>'value_micro' AS BIGINT), CAST(value->>'previous_micro' AS BIGINT), \
         CAST(value->>'consumption_micro' AS BIGINT), CAST(value->>'read_at' AS BIGINT), \
         CAST(value->>'read_offset_s' AS BIGINT), CAST(value->>'read_at' AS BIGINT), value->>'captured_by', \
         value->>'flags', value->>'remarks' FROM json_each($1) AS list \
         JOIN meter m ON m.serial_normal = value->>'serial_normal' JOIN meter_point mp ON mp.id = m.meter_point_id \
         JOIN unit u ON u.id = mp.unit_id JOIN property p ON p.id = u.property_id WHERE TRUE ORDER BY list.key";
}
