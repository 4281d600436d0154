use serde::Serialize;

use super::{Record, key};

/// A meter point, as the meters name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub(in crate::import) struct PointRecord {
    pub(in crate::import) property_normal: String,
    pub(in crate::import) building_normal: String,
    pub(in crate::import) unit_normal: String,
    pub(in crate::import) utility: String,
    pub(in crate::import) point: String,
    pub(in crate::import) point_normal: String,
}

impl PointRecord {
    /// Key of the unit that it is in.
    pub(in crate::import) fn unit_key(&self) -> String {
        key([&self.property_normal, &self.building_normal, &self.unit_normal])
    }
}

impl Record for PointRecord {
    const SELECT: &'static str = "SELECT p.code_normal AS property_normal, u.building_normal, u.unit_normal, \
         mp.utility, mp.point, mp.point_normal FROM meter_point mp JOIN unit u ON u.id = mp.unit_id \
         JOIN property p ON p.id = u.property_id WHERE mp.removed_at IS NULL";
    const ORDER: &'static str = "mp.id";
    const UPSERT: &'static str = "INSERT INTO meter_point (unit_id, utility, point, point_normal) \
         SELECT u.id, value->>'utility', value->>'point', value->>'point_normal' FROM json_each($1) AS list \
         JOIN property p ON p.code_normal = value->>'property_normal' \
         JOIN unit u ON u.property_id = p.id AND u.building_normal = value->>'building_normal' \
         AND u.unit_normal = value->>'unit_normal' WHERE TRUE ORDER BY list.key \
         ON CONFLICT (unit_id, utility, point_normal) DO UPDATE SET removed_at = NULL";

    fn key(&self) -> String {
        key([
            &self.property_normal,
            &self.building_normal,
            &self.unit_normal,
            &self.utility,
            &self.point_normal,
        ])
    }
}
