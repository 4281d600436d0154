use serde::Serialize;
use shared::code::CODE_LENGTH_MAX;
use shared::names::Utility;

use super::unit::UnitName;
use super::{PointRecord, Record, key};
use crate::import::cause::Cause;
use crate::import::labels;
use crate::import::row;
use crate::import::table::{Column, optional, required};

pub(in crate::import) const COLUMNS: &[Column] = &[
    required("code"),
    required("property_code"),
    optional("building"),
    required("unit_no"),
    required("utility"),
    optional("point"),
];

/// A row of `labels.csv`, or a label that the import gives out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub(in crate::import) struct LabelRecord {
    pub(in crate::import) code: String,
    pub(in crate::import) property_normal: String,
    pub(in crate::import) building_normal: String,
    pub(in crate::import) unit_normal: String,
    pub(in crate::import) utility: String,
    pub(in crate::import) point_normal: String,
}

impl LabelRecord {
    pub(in crate::import) fn read(row: &mut row::Row<'_>) -> Option<Self> {
        let code = row.name("code", 40).and_then(|text| {
            let code = labels::printed_code(&text);
            if code.is_none() {
                let shown = row::shown(&text);
                row.fault("code", Cause::NoLabelCode { shown });
            }
            code
        });
        let unit = UnitName::read(row);
        let utility = row.one_of("utility", Utility::parse, "electricity, water, gas");
        let point = row.code_or_empty("point", CODE_LENGTH_MAX);
        let unit = unit?;
        Some(Self {
            code: code?,
            property_normal: unit.property_normal,
            building_normal: unit.building_normal,
            unit_normal: unit.unit_normal,
            utility: utility?.name().into(),
            point_normal: point?.normal().into(),
        })
    }

    /// A label with this code for a meter point.
    pub(in crate::import) fn of_point(code: String, point: &PointRecord) -> Self {
        Self {
            code,
            property_normal: point.property_normal.clone(),
            building_normal: point.building_normal.clone(),
            unit_normal: point.unit_normal.clone(),
            utility: point.utility.clone(),
            point_normal: point.point_normal.clone(),
        }
    }

    /// Key of the meter point that it names.
    pub(in crate::import) fn point_key(&self) -> String {
        key([
            &self.property_normal,
            &self.building_normal,
            &self.unit_normal,
            &self.utility,
            &self.point_normal,
        ])
    }

    /// Key of the unit that the meter point is in.
    pub(in crate::import) fn unit_key(&self) -> String {
        key([&self.property_normal, &self.building_normal, &self.unit_normal])
    }
}

impl Record for LabelRecord {
    const SELECT: &'static str = "SELECT l.code, p.code_normal AS property_normal, u.building_normal, u.unit_normal, \
         mp.utility, mp.point_normal FROM label l JOIN meter_point mp ON mp.id = l.meter_point_id \
         JOIN unit u ON u.id = mp.unit_id JOIN property p ON p.id = u.property_id \
         WHERE l.revoked_at IS NULL";
    const ORDER: &'static str = "l.code";
    // The time is bound as text, like everything else.
    const UPSERT: &'static str = "INSERT INTO label (code, meter_point_id, issued_at) \
         SELECT value->>'code', mp.id, CAST($2 AS BIGINT) FROM json_each($1) AS list \
         JOIN property p ON p.code_normal = value->>'property_normal' \
         JOIN unit u ON u.property_id = p.id AND u.building_normal = value->>'building_normal' \
         AND u.unit_normal = value->>'unit_normal' \
         JOIN meter_point mp ON mp.unit_id = u.id AND mp.utility = value->>'utility' \
         AND mp.point_normal = value->>'point_normal' WHERE TRUE ORDER BY list.key \
         ON CONFLICT (code) DO NOTHING";

    fn key(&self) -> String {
        self.code.clone()
    }
}
