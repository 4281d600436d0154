use serde::Serialize;
use shared::code::PROPERTY_CODE_LENGTH_MAX;

use super::Record;
use crate::import::cause::Cause;
use crate::import::row;
use crate::import::table::{Column, optional, required};

pub(in crate::import) const COLUMNS: &[Column] = &[
    required("property_code"),
    required("name"),
    required("timezone"),
    optional("kind"),
];

/// A row of `properties.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub(in crate::import) struct PropertyRecord {
    pub(in crate::import) code: String,
    pub(in crate::import) code_normal: String,
    pub(in crate::import) name: String,
    pub(in crate::import) time_zone: String,
    pub(in crate::import) kind: String,
}

impl PropertyRecord {
    pub(in crate::import) fn read(row: &mut row::Row<'_>) -> Option<Self> {
        let code = row.code("property_code", PROPERTY_CODE_LENGTH_MAX);
        let name = row.name("name", 200);
        let zone = row.name("timezone", 64);
        let zone = zone.and_then(|zone| match jiff::tz::TimeZone::get(&zone) {
            Ok(known) => known.iana_name().map(str::to_owned),
            Err(_) => {
                let shown = row::shown(&zone);
                row.fault("timezone", Cause::NoTimeZone { shown });
                None
            }
        });
        let kind = match row.raw("kind") {
            Some("") => Some("residential".to_owned()),
            _ => row.one_of(
                "kind",
                |kind| matches!(kind, "residential" | "commercial").then(|| kind.to_owned()),
                "residential, commercial",
            ),
        };
        let code = code?;
        Some(Self {
            code: code.shown().into(),
            code_normal: code.normal().into(),
            name: name?,
            time_zone: zone?,
            kind: kind?,
        })
    }
}

impl Record for PropertyRecord {
    const SELECT: &'static str =
        "SELECT p.code, p.code_normal, p.name, p.time_zone, p.kind FROM property p WHERE TRUE";
    const ORDER: &'static str = "p.code_normal";
    const OF_UNIT: &'static str = "p.id = (SELECT u.property_id FROM unit u WHERE u.id = CAST($1 AS BIGINT))";
    const UPSERT: &'static str = "INSERT INTO property (code, code_normal, name, time_zone, kind) \
         SELECT value->>'code', value->>'code_normal', value->>'name', value->>'time_zone', value->>'kind' \
         FROM json_each($1) WHERE TRUE ORDER BY key \
         ON CONFLICT (code_normal) DO UPDATE SET code = excluded.code, name = excluded.name, \
         time_zone = excluded.time_zone, kind = excluded.kind";

    fn key(&self) -> String {
        self.code_normal.clone()
    }
}
