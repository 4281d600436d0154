//! Units: those of a property in walking order, or those that fit what somebody typed.

use std::collections::HashMap;

use shared::code::normal;
use shared::timestamp::Timestamp;
use shared::wire::portfolio::{MeterInService, PortfolioUnit, UnitsPage};
use shared::zone::Zone;
use sqlx::FromRow;

use super::rows;
use crate::auth::PropertyScope;
use crate::list_filter::Clause;
use crate::list_page::cut;
use crate::search_key::found;
use crate::store::Store;
use crate::store::json_list::json_list;

/// What is looked at.
#[derive(Debug, Clone, Default)]
pub struct UnitsAsked {
    /// Code of the property; absent for all of them.
    pub property: Option<String>,
    /// What is searched; then there is one page.
    pub sought: Option<String>,
    /// The unit behind which the page begins.
    pub after: Option<i64>,
    /// Rows of the page.
    pub limit: usize,
}

#[derive(Debug, FromRow)]
struct Record {
    id: i64,
    property_code: String,
    building: String,
    unit_no: String,
    unit_type: String,
    place: i64,
    access_note: String,
    tenant: Option<String>,
}

/// Its columns, and the tenant of the day `{today}`.
fn select(today: &str) -> String {
    format!(
        "SELECT u.id, p.code AS property_code, u.building, u.unit_no, u.unit_type, \
         COALESCE(u.walk_seq, u.route_seq) AS place, u.access_note, \
         (SELECT t.tenant_name FROM tenancy t WHERE t.unit_id = u.id AND t.move_in <= {today} \
         AND (t.move_out IS NULL OR t.move_out >= {today}) ORDER BY t.move_in DESC LIMIT 1) AS tenant"
    )
}

/// The first condition is no news beside the second, but one that the index `unit_in_walk` understands.
const AFTER: &str = "COALESCE(u.walk_seq, u.route_seq) >= (SELECT COALESCE(b.walk_seq, b.route_seq) FROM unit b \
     WHERE b.id = CAST(? AS BIGINT)) AND (COALESCE(u.walk_seq, u.route_seq), u.building_normal, u.unit_normal) > \
     (SELECT COALESCE(a.walk_seq, a.route_seq), a.building_normal, a.unit_normal FROM unit a \
     WHERE a.id = CAST(? AS BIGINT))";

/// One page; `None` for a property that is not there for the caller.
pub async fn units(
    store: &Store,
    scope: &PropertyScope,
    asked: &UnitsAsked,
    now: Timestamp,
) -> sqlx::Result<Option<UnitsPage>> {
    let property = match &asked.property {
        None => None,
        Some(code) => match super::property(store, scope, code).await? {
            None => return Ok(None),
            property => property,
        },
    };
    let searched = asked.sought.is_some();
    let (sql, binds) = page_query(scope, asked, now);
    let mut records: Vec<Record> = rows(store, sql, &binds).await?;
    let next = cut(&mut records, asked.limit, |it| it.id.to_string());
    let mut meters = meters(store, records.iter().map(|it| it.id)).await?;
    let rows = records.into_iter().map(|it| {
        let meters = meters.remove(&it.id).unwrap_or_default();
        it.into_wire(meters)
    });
    Ok(Some(UnitsPage {
        property,
        rows: rows.collect(),
        more_fit: searched && next.is_some(),
        next: next.filter(|_| !searched),
    }))
}

pub(super) fn page_query(scope: &PropertyScope, asked: &UnitsAsked, now: Timestamp) -> (String, Vec<String>) {
    let mut clause = Clause::default();
    let today = clause.bind(Zone::utc().date_at(now).to_string());
    let select = select(&today);
    let limit = asked.limit + 1;
    let property = asked.property.as_deref().map(normal);
    if let Some(sought) = &asked.sought {
        let found = found(&mut clause, scope, property.as_deref(), sought);
        let whole = clause.bind(normal(sought));
        let sql = format!(
            "WITH found AS ({found}) {select} FROM (SELECT DISTINCT unit_id FROM found) f JOIN unit u ON u.id = f.unit_id \
             JOIN property p ON p.id = u.property_id ORDER BY CASE WHEN u.unit_normal = {whole} THEN 0 ELSE 1 END, \
             p.code_normal, COALESCE(u.walk_seq, u.route_seq), u.building_normal, u.unit_normal LIMIT {limit}"
        );
        return (sql, clause.binds);
    }
    clause.add(
        "u.property_id = (SELECT q.id FROM property q WHERE q.code_normal = ?)",
        property.unwrap_or_default(),
    );
    if let Some(after) = asked.after {
        clause.add(AFTER, after.to_string());
    }
    let sql = format!(
        "{select} FROM unit u JOIN property p ON p.id = u.property_id WHERE {} \
         ORDER BY COALESCE(u.walk_seq, u.route_seq), u.building_normal, u.unit_normal LIMIT {limit}",
        clause.sql
    );
    (sql, clause.binds)
}

#[derive(FromRow)]
struct Meter {
    unit_id: i64,
    utility: String,
    point: String,
    serial: Option<String>,
}

pub(super) const METERS: &str = "SELECT mp.unit_id, mp.utility, mp.point, m.serial \
     FROM json_each($1) AS list JOIN meter_point mp ON mp.unit_id = CAST(atom AS BIGINT) \
     LEFT JOIN meter m ON m.meter_point_id = mp.id AND m.removed_on IS NULL \
     WHERE mp.removed_at IS NULL ORDER BY mp.unit_id, mp.utility, mp.point_normal";

async fn meters(
    store: &Store,
    units: impl Iterator<Item = i64>,
) -> sqlx::Result<HashMap<i64, Vec<MeterInService>>> {
    let list = json_list(units);
    let meters: Vec<Meter> = rows(store, METERS.to_owned(), &[list]).await?;
    let mut of_unit: HashMap<i64, Vec<MeterInService>> = HashMap::new();
    for meter in meters {
        of_unit.entry(meter.unit_id).or_default().push(MeterInService {
            utility: meter.utility,
            point: meter.point,
            serial: meter.serial.unwrap_or_default(),
        });
    }
    Ok(of_unit)
}

impl Record {
    fn into_wire(self, meters: Vec<MeterInService>) -> PortfolioUnit {
        PortfolioUnit {
            id: self.id.to_string(),
            property_code: self.property_code,
            building: self.building,
            unit_no: self.unit_no,
            unit_type: self.unit_type,
            place: self.place,
            access_note: self.access_note,
            tenant: self.tenant.unwrap_or_default(),
            meters,
        }
    }
}
