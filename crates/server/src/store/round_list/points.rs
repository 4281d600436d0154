//! Meter points with their meters, tenancies and labels.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use shared::period::Period;
use shared::reading_value::ReadingValue;
use shared::register::Register;
use shared::timestamp::Timestamp;
use shared::wire::list::{MeterPointRow, TakenOverRow, TenancyRow};
use sqlx::FromRow;

use crate::store::Store;
use crate::store::json_list::json_list;

/// Tenancies that ended longer ago are of no use on a round.
const TENANCY_ENDED_MS_MAX: i64 = 100 * 24 * 60 * 60 * 1_000;

/// Meter points in service, of the scope, that changed themselves or got readings after a change number.
const POINT_IDS: &str = "
    SELECT mp.id
    FROM meter_point mp
    JOIN unit u ON u.id = mp.unit_id
    JOIN property p ON p.id = u.property_id
    WHERE mp.removed_at IS NULL
        AND ($1 IS NULL OR p.code_normal IN (SELECT atom FROM json_each($1)))
        AND (mp.changed_seq > $2
            OR mp.id IN (SELECT i.meter_point_id FROM item i WHERE i.updated_seq > $2 AND i.meter_point_id IS NOT NULL))
    ORDER BY p.code_normal, COALESCE(u.walk_seq, u.route_seq), u.id, mp.id";

const POINTS: &str = "
    SELECT mp.id, p.code AS property_code, u.id AS unit_id, u.building, u.unit_no, mp.utility, mp.point,
        COALESCE(u.walk_seq, u.route_seq) AS route_seq, u.access_note, u.hazard, mp.reread_reason,
        m.id AS meter_id, m.serial, m.dials, m.decimals, m.multiplier_micro, m.installed_on, m.initial_micro,
        m.taken_over_at, m.carried_micro
    FROM json_each($1) w
    JOIN meter_point mp ON mp.id = CAST(w.atom AS BIGINT)
    JOIN unit u ON u.id = mp.unit_id
    JOIN property p ON p.id = u.property_id
    LEFT JOIN meter m ON m.meter_point_id = mp.id AND m.removed_on IS NULL
    ORDER BY p.code_normal, COALESCE(u.walk_seq, u.route_seq), u.id, mp.id, m.installed_on DESC";

const REMOVED: &str = "
    SELECT mp.id FROM meter_point mp
    JOIN unit u ON u.id = mp.unit_id
    JOIN property p ON p.id = u.property_id
    WHERE mp.removed_at IS NOT NULL AND mp.changed_seq > $2
        AND ($1 IS NULL OR p.code_normal IN (SELECT atom FROM json_each($1)))
    ORDER BY mp.id";

const TENANCIES: &str = "
    SELECT unit_id, tenant_name, move_in, move_out FROM tenancy
    WHERE unit_id IN (SELECT CAST(atom AS BIGINT) FROM json_each($1)) AND (move_out IS NULL OR move_out >= $2)
    ORDER BY unit_id, move_in";

const LABELS: &str = "
    SELECT meter_point_id, code, revoked_at FROM label
    WHERE meter_point_id IN (SELECT CAST(atom AS BIGINT) FROM json_each($1))
    ORDER BY meter_point_id, code";

impl Store {
    /// In walking order.
    pub(super) async fn meter_point_ids(
        &self,
        scope: Option<&str>,
        since: Option<i64>,
    ) -> sqlx::Result<Vec<i64>> {
        crate::on!(self.reader(), |pool| {
            sqlx::query_scalar(POINT_IDS)
                .bind(scope)
                .bind(since.unwrap_or(-1))
                .fetch_all(pool)
                .await
        })
    }

    /// The rows of some meter points.
    pub(super) async fn meter_point_rows(
        &self,
        ids: &[i64],
        this_period: Period,
        now: Timestamp,
        names: &BTreeMap<String, String>,
    ) -> sqlx::Result<Vec<MeterPointRow>> {
        let point_ids = json_list(ids);
        let mut points: Vec<Point> = crate::on!(self.reader(), |pool| {
            sqlx::query_as(POINTS).bind(&point_ids).fetch_all(pool).await
        })?;
        // Two meters in service at one point would be a fault of the portfolio: the one installed last counts.
        points.dedup_by_key(|point| point.id);
        let tenancies = self.tenancies(&points, now).await?;
        let mut labels = self.labels(&point_ids).await?;
        let meters = points
            .iter()
            .map(|point| (point.id, point.current_meter()))
            .collect();
        let mut histories = self.histories(&point_ids, this_period, &meters, names).await?;
        let rows = points.iter().map(|point| {
            let mut row = point.row();
            row.tenancies = tenancies.get(&point.unit_id).cloned().unwrap_or_default();
            (row.labels, row.revoked_labels) = labels.remove(&point.id).unwrap_or_default();
            if let Some(history) = histories.remove(&point.id) {
                history.put_into(&mut row);
            }
            row
        });
        Ok(rows.collect())
    }

    pub(super) async fn removed_points(&self, scope: Option<&str>, since: i64) -> sqlx::Result<Vec<String>> {
        let ids: Vec<i64> = crate::on!(self.reader(), |pool| {
            sqlx::query_scalar(REMOVED)
                .bind(scope)
                .bind(since)
                .fetch_all(pool)
                .await
        })?;
        Ok(ids.iter().map(i64::to_string).collect())
    }

    async fn tenancies(
        &self,
        points: &[Point],
        now: Timestamp,
    ) -> sqlx::Result<BTreeMap<i64, Vec<TenancyRow>>> {
        let units = json_list(points.iter().map(|point| point.unit_id).collect::<BTreeSet<_>>());
        let ended_after = shared::zone::Zone::utc()
            .date_at(now.plus_ms(-TENANCY_ENDED_MS_MAX))
            .to_string();
        let rows: Vec<Tenancy> = crate::on!(self.reader(), |pool| {
            sqlx::query_as(TENANCIES)
                .bind(units)
                .bind(ended_after)
                .fetch_all(pool)
                .await
        })?;
        let mut by_unit: BTreeMap<i64, Vec<TenancyRow>> = BTreeMap::new();
        for row in rows {
            let tenancy = TenancyRow {
                from: row.move_in,
                to: row.move_out,
                name: row.tenant_name,
            };
            by_unit.entry(row.unit_id).or_default().push(tenancy);
        }
        Ok(by_unit)
    }

    /// The valid and the revoked ones of each point.
    async fn labels(&self, point_ids: &str) -> sqlx::Result<BTreeMap<i64, (Vec<String>, Vec<String>)>> {
        let rows: Vec<(i64, String, Option<i64>)> = crate::on!(self.reader(), |pool| {
            sqlx::query_as(LABELS).bind(point_ids).fetch_all(pool).await
        })?;
        let mut by_point: BTreeMap<i64, (Vec<String>, Vec<String>)> = BTreeMap::new();
        for (point, code, revoked_at) in rows {
            let (valid, revoked) = by_point.entry(point).or_default();
            if revoked_at.is_none() { valid } else { revoked }.push(code);
        }
        Ok(by_point)
    }
}

#[derive(FromRow)]
struct Point {
    id: i64,
    property_code: String,
    unit_id: i64,
    building: String,
    unit_no: String,
    utility: String,
    point: String,
    route_seq: i64,
    access_note: String,
    hazard: String,
    reread_reason: Option<String>,
    meter_id: Option<i64>,
    serial: Option<String>,
    dials: Option<i64>,
    decimals: Option<i64>,
    multiplier_micro: Option<i64>,
    installed_on: Option<String>,
    initial_micro: Option<i64>,
    taken_over_at: Option<i64>,
    carried_micro: Option<i64>,
}

#[derive(FromRow)]
struct Tenancy {
    unit_id: i64,
    tenant_name: String,
    move_in: String,
    move_out: Option<String>,
}

/// What the history of a point has to know of the meter that sits there.
#[derive(Debug, Clone, Copy)]
pub(super) struct CurrentMeter {
    pub(super) id: Option<i64>,
    pub(super) register: Option<Register>,
}

impl CurrentMeter {
    pub(super) fn decimals(self) -> u32 {
        self.register.map_or(0, |register| register.decimals())
    }
}

impl Point {
    fn current_meter(&self) -> CurrentMeter {
        let multiplier = Decimal::new(self.multiplier_micro.unwrap_or(1_000_000), 6).normalize();
        let register = Register::new(small(self.dials), small(self.decimals), multiplier);
        CurrentMeter {
            id: self.meter_id,
            register,
        }
    }

    fn row(&self) -> MeterPointRow {
        let decimals = small(self.decimals);
        MeterPointRow {
            id: self.id.to_string(),
            property_code: self.property_code.clone(),
            building: self.building.clone(),
            unit_no: self.unit_no.clone(),
            utility: self.utility.clone(),
            point: self.point.clone(),
            meter_serial: self.serial.clone().unwrap_or_default(),
            dials: small(self.dials),
            decimals,
            multiplier: decimal_text(self.multiplier_micro.unwrap_or(1_000_000)),
            installed_on: self.installed_on.clone().unwrap_or_default(),
            initial_value: value_text(self.initial_micro.unwrap_or(0), decimals),
            taken_over: self.taken_over_at.map(|at| TakenOverRow {
                at: Timestamp::from_ms(at).to_rfc3339(),
                carried: decimal_text(self.carried_micro.unwrap_or(0)),
            }),
            route_seq: u32::try_from(self.route_seq).unwrap_or(0),
            access_note: self.access_note.clone(),
            hazard: self.hazard.clone(),
            reread: self.reread_reason.clone(),
            ..MeterPointRow::default()
        }
    }
}

/// A value in millionths as its register shows it.
pub(super) fn value_text(micro: i64, decimals: u32) -> String {
    ReadingValue::from_micro(micro).map_or_else(|| decimal_text(micro), |value| value.print(decimals))
}

/// A number in millionths with no more decimals than it needs.
pub(super) fn decimal_text(micro: i64) -> String {
    Decimal::new(micro, 6).normalize().to_string()
}

fn small(number: Option<i64>) -> u32 {
    number.and_then(|number| u32::try_from(number).ok()).unwrap_or(0)
}
