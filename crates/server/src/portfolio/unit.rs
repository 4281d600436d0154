//! All that the books hold of one unit.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use shared::reading_value::ReadingValue;
use shared::timestamp::{LocalTime, Timestamp};
use shared::wire::portfolio::{LastReading, UnitDetail, UnitMeter, UnitPoint, UnitTenancy};
use sqlx::FromRow;

use super::{property, rows};
use crate::auth::PropertyScope;
use crate::store::Store;

#[derive(FromRow)]
struct UnitRow {
    id: i64,
    property_code: String,
    building: String,
    unit_no: String,
    unit_type: String,
    route_seq: i64,
    walk_seq: Option<i64>,
    access_note: String,
    hazard: String,
}

pub(super) const UNIT: &str = "SELECT u.id, p.code AS property_code, u.building, u.unit_no, u.unit_type, u.route_seq, \
     u.walk_seq, u.access_note, u.hazard FROM unit u JOIN property p ON p.id = u.property_id \
     WHERE u.id = CAST($1 AS BIGINT)";

#[derive(FromRow)]
struct PointRow {
    id: i64,
    utility: String,
    point: String,
    labels: Option<String>,
    last_micro: Option<i64>,
    last_at: Option<i64>,
    last_offset_s: Option<i64>,
    last_period: Option<String>,
}

/// The last value is of the meter that sits there: a new one has none.
pub(super) const POINTS: &str = "SELECT mp.id, mp.utility, mp.point, \
     (SELECT STRING_AGG(l.code, ' ') FROM label l WHERE l.meter_point_id = mp.id AND l.revoked_at IS NULL) AS labels, \
     i.value_micro AS last_micro, i.corrected_at AS last_at, i.read_offset_s AS last_offset_s, i.period AS last_period \
     FROM meter_point mp LEFT JOIN item i ON i.receipt_seq = (SELECT v.receipt_seq FROM item v \
     JOIN meter m ON m.id = v.meter_id AND m.removed_on IS NULL \
     WHERE v.meter_point_id = mp.id AND v.value_micro IS NOT NULL AND v.kind IN ('regular', 'move_in', 'move_out') \
     AND v.state IN ('received', 'approved', 'estimated') ORDER BY v.period DESC, v.corrected_at DESC LIMIT 1) \
     WHERE mp.unit_id = CAST($1 AS BIGINT) AND mp.removed_at IS NULL ORDER BY mp.utility, mp.point_normal";

#[derive(FromRow)]
struct MeterRow {
    meter_point_id: i64,
    serial: String,
    dials: i64,
    decimals: i64,
    multiplier_micro: i64,
    installed_on: String,
    initial_micro: i64,
    removed_on: Option<String>,
    final_micro: Option<i64>,
}

pub(super) const METERS: &str = "SELECT m.meter_point_id, m.serial, m.dials, m.decimals, m.multiplier_micro, \
     m.installed_on, m.initial_micro, m.removed_on, m.final_micro \
     FROM meter_point mp JOIN meter m ON m.meter_point_id = mp.id \
     WHERE mp.unit_id = CAST($1 AS BIGINT) ORDER BY m.installed_on DESC, m.id DESC";

#[derive(FromRow)]
struct TenancyRow {
    tenant_code: String,
    tenant_name: String,
    move_in: String,
    move_out: Option<String>,
}

pub(super) const TENANCIES: &str = "SELECT t.tenant_code, t.tenant_name, t.move_in, t.move_out FROM tenancy t \
     WHERE t.unit_id = CAST($1 AS BIGINT) ORDER BY t.move_in DESC";

/// The unit; `None` when it is not there for the caller.
pub async fn unit(
    store: &Store,
    scope: &PropertyScope,
    id: i64,
    now: Timestamp,
) -> sqlx::Result<Option<UnitDetail>> {
    let bind = [id.to_string()];
    let found: Vec<UnitRow> = rows(store, UNIT.to_owned(), &bind).await?;
    let Some(unit) = found.into_iter().next() else {
        return Ok(None);
    };
    let Some(property) = property(store, scope, &unit.property_code).await? else {
        return Ok(None);
    };
    let zone = TimeZone::get(&property.time_zone).unwrap_or(TimeZone::UTC);
    let there = jiff::Timestamp::from_millisecond(now.ms())
        .unwrap_or_default()
        .to_zoned(zone);
    let points: Vec<PointRow> = rows(store, POINTS.to_owned(), &bind).await?;
    let meters: Vec<MeterRow> = rows(store, METERS.to_owned(), &bind).await?;
    let tenancies: Vec<TenancyRow> = rows(store, TENANCIES.to_owned(), &bind).await?;
    let mut of_point: HashMap<i64, Vec<UnitMeter>> = HashMap::new();
    for meter in meters {
        of_point
            .entry(meter.meter_point_id)
            .or_default()
            .push(meter.into_wire());
    }
    let points = points.into_iter().map(|it| {
        let meters = of_point.remove(&it.id).unwrap_or_default();
        it.into_wire(meters)
    });
    Ok(Some(UnitDetail {
        id: unit.id.to_string(),
        property,
        building: unit.building,
        unit_no: unit.unit_no,
        unit_type: unit.unit_type,
        route_seq: unit.route_seq,
        walk_seq: unit.walk_seq,
        access_note: unit.access_note,
        hazard: unit.hazard,
        today: there.date().to_string(),
        time: there.strftime("%H:%M").to_string(),
        points: points.collect(),
        tenancies: tenancies.into_iter().map(TenancyRow::into_wire).collect(),
    }))
}

fn value_text(micro: i64) -> String {
    ReadingValue::from_micro(micro).unwrap_or_default().to_string()
}

impl PointRow {
    fn into_wire(self, meters: Vec<UnitMeter>) -> UnitPoint {
        let last = self.last_micro.zip(self.last_at).map(|(micro, at)| LastReading {
            value: value_text(micro),
            read_at: LocalTime {
                at: Timestamp::from_ms(at),
                offset_s: self
                    .last_offset_s
                    .and_then(|it| i32::try_from(it).ok())
                    .unwrap_or(0),
            }
            .to_rfc3339(),
            period: self.last_period.unwrap_or_default(),
        });
        let labels = self.labels.unwrap_or_default();
        UnitPoint {
            id: self.id.to_string(),
            utility: self.utility,
            point: self.point,
            labels: labels.split_whitespace().map(str::to_owned).collect(),
            meters,
            last,
        }
    }
}

impl MeterRow {
    fn into_wire(self) -> UnitMeter {
        let digits = |count: i64| u32::try_from(count).unwrap_or_default();
        UnitMeter {
            serial: self.serial,
            dials: digits(self.dials),
            decimals: digits(self.decimals),
            multiplier: value_text(self.multiplier_micro),
            installed_on: self.installed_on,
            initial_value: value_text(self.initial_micro),
            removed_on: self.removed_on,
            final_value: self.final_micro.map(value_text),
        }
    }
}

impl TenancyRow {
    fn into_wire(self) -> UnitTenancy {
        UnitTenancy {
            tenant_code: self.tenant_code,
            tenant_name: self.tenant_name,
            move_in: self.move_in,
            move_out: self.move_out,
        }
    }
}
