use serde::Serialize;
use shared::code::CODE_LENGTH_MAX;

use super::unit::UnitName;
use super::{Record, key};
use crate::import::cause::Cause;
use crate::import::row;
use crate::import::table::{Column, optional, required};

pub(in crate::import) const COLUMNS: &[Column] = &[
    required("tenant_code"),
    required("tenant_name"),
    required("property_code"),
    optional("building"),
    required("unit_no"),
    required("move_in"),
    optional("move_out"),
];

/// A row of `tenancies.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub(in crate::import) struct TenancyRecord {
    pub(in crate::import) property_normal: String,
    pub(in crate::import) building_normal: String,
    pub(in crate::import) unit_normal: String,
    pub(in crate::import) tenant_code: String,
    pub(in crate::import) tenant_normal: String,
    pub(in crate::import) tenant_name: String,
    pub(in crate::import) move_in: String,
    pub(in crate::import) move_out: Option<String>,
}

impl TenancyRecord {
    pub(in crate::import) fn read(row: &mut row::Row<'_>) -> Option<Self> {
        let code = row.code("tenant_code", CODE_LENGTH_MAX);
        let name = row.name("tenant_name", 200);
        let unit = UnitName::read(row);
        let move_in = row.day("move_in");
        let move_out = row.day_or_empty("move_out");
        let (code, unit, move_in, move_out) = (code?, unit?, move_in?, move_out?);
        if move_out.as_ref().is_some_and(|move_out| *move_out < move_in) {
            row.fault("move_out", Cause::MoveOutBeforeMoveIn);
            return None;
        }
        Some(Self {
            property_normal: unit.property_normal,
            building_normal: unit.building_normal,
            unit_normal: unit.unit_normal,
            tenant_code: code.shown().into(),
            tenant_normal: code.normal().into(),
            tenant_name: name?,
            move_in,
            move_out,
        })
    }

    /// Key of the unit that it is in.
    pub(in crate::import) fn unit_key(&self) -> String {
        key([&self.property_normal, &self.building_normal, &self.unit_normal])
    }
}

impl Record for TenancyRecord {
    const SELECT: &'static str = "SELECT p.code_normal AS property_normal, u.building_normal, u.unit_normal, \
         t.tenant_code, t.tenant_normal, t.tenant_name, t.move_in, t.move_out FROM tenancy t \
         JOIN unit u ON u.id = t.unit_id JOIN property p ON p.id = u.property_id WHERE TRUE";
    const ORDER: &'static str = "t.id";
    const UPSERT: &'static str = "INSERT INTO tenancy (unit_id, tenant_code, tenant_normal, tenant_name, move_in, \
         move_out) SELECT u.id, value->>'tenant_code', value->>'tenant_normal', value->>'tenant_name', \
         value->>'move_in', value->>'move_out' FROM json_each($1) AS list \
         JOIN property p ON p.code_normal = value->>'property_normal' \
         JOIN unit u ON u.property_id = p.id AND u.building_normal = value->>'building_normal' \
         AND u.unit_normal = value->>'unit_normal' WHERE TRUE ORDER BY list.key \
         ON CONFLICT (tenant_normal) DO UPDATE SET unit_id = excluded.unit_id, tenant_code = excluded.tenant_code, \
         tenant_name = excluded.tenant_name, move_in = excluded.move_in, move_out = excluded.move_out";

    fn key(&self) -> String {
        self.tenant_normal.clone()
    }

    fn is_ended(&self) -> bool {
        self.move_out.is_some()
    }
}
