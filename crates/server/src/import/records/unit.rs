use serde::Serialize;
use shared::code::{CODE_LENGTH_MAX, PROPERTY_CODE_LENGTH_MAX};

use super::{Record, key};
use crate::import::row;
use crate::import::table::{Column, optional, required};

pub(in crate::import) const COLUMNS: &[Column] = &[
    required("property_code"),
    optional("building"),
    required("unit_no"),
    optional("unit_type"),
    optional("route_seq"),
    optional("access_note"),
    optional("hazard"),
];

/// A row of `units.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub(in crate::import) struct UnitRecord {
    pub(in crate::import) property_normal: String,
    pub(in crate::import) building: String,
    pub(in crate::import) building_normal: String,
    pub(in crate::import) unit_no: String,
    pub(in crate::import) unit_normal: String,
    pub(in crate::import) unit_type: String,
    pub(in crate::import) route_seq: i64,
    pub(in crate::import) access_note: String,
    pub(in crate::import) hazard: String,
}

impl UnitRecord {
    pub(in crate::import) fn read(row: &mut row::Row<'_>) -> Option<Self> {
        let place = UnitName::read(row);
        let unit_type = row.text("unit_type", 60);
        let route_seq = row.number("route_seq", (0, 1_000_000), Some(0));
        let access_note = row.text("access_note", 500);
        let hazard = row.text("hazard", 200);
        let place = place?;
        Some(Self {
            property_normal: place.property_normal,
            building: place.building,
            building_normal: place.building_normal,
            unit_no: place.unit_no,
            unit_normal: place.unit_normal,
            unit_type: unit_type?,
            route_seq: route_seq?,
            access_note: access_note?,
            hazard: hazard?,
        })
    }
}

impl Record for UnitRecord {
    const SELECT: &'static str = "SELECT p.code_normal AS property_normal, u.building, u.building_normal, u.unit_no, \
         u.unit_normal, u.unit_type, u.route_seq, u.access_note, u.hazard FROM unit u JOIN property p ON p.id = u.property_id \
         WHERE TRUE";
    const ORDER: &'static str = "u.id";
    // Where the portfolio gives the unit another place than before, that is newer than what technicians made of the old one.
    const UPSERT: &'static str = "INSERT INTO unit (property_id, building, building_normal, unit_no, unit_normal, \
         unit_type, route_seq, access_note, hazard) \
         SELECT p.id, value->>'building', value->>'building_normal', value->>'unit_no', value->>'unit_normal', \
         value->>'unit_type', CAST(value->>'route_seq' AS BIGINT), value->>'access_note', \
         value->>'hazard' \
         FROM json_each($1) AS list JOIN property p ON p.code_normal = value->>'property_normal' WHERE TRUE \
         ORDER BY list.key ON CONFLICT (property_id, building_normal, unit_normal) DO UPDATE SET \
         building = excluded.building, unit_no = excluded.unit_no, unit_type = excluded.unit_type, \
         walk_seq = CASE WHEN unit.route_seq = excluded.route_seq THEN unit.walk_seq END, \
         route_seq = excluded.route_seq, access_note = excluded.access_note, hazard = excluded.hazard";

    fn key(&self) -> String {
        key([&self.property_normal, &self.building_normal, &self.unit_normal])
    }
}

/// The three columns that name a unit in every file.
pub(super) struct UnitName {
    pub(super) property_normal: String,
    pub(super) building: String,
    pub(super) building_normal: String,
    pub(super) unit_no: String,
    pub(super) unit_normal: String,
}

impl UnitName {
    pub(super) fn read(row: &mut row::Row<'_>) -> Option<Self> {
        let property = row.code("property_code", PROPERTY_CODE_LENGTH_MAX);
        let building = row.code_or_empty("building", CODE_LENGTH_MAX);
        let unit_no = row.code("unit_no", CODE_LENGTH_MAX);
        let (property, building, unit_no) = (property?, building?, unit_no?);
        Some(Self {
            property_normal: property.normal().into(),
            building: building.shown().into(),
            building_normal: building.normal().into(),
            unit_no: unit_no.shown().into(),
            unit_normal: unit_no.normal().into(),
        })
    }
}
