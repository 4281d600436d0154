//! Meter points as the office looks them up.

use std::collections::HashMap;

use shared::intake::MeterPointName;
use shared::timestamp::Timestamp;
use shared::wire::open_decisions::MeterPointHit;
use sqlx::{AssertSqlSafe, FromRow};

use crate::auth::PropertyScope;
use crate::list_filter::Clause;
use crate::on;
use crate::search_key::found;
use crate::store::Store;
use crate::store::json_list::json_list;

/// More would not be looked through: whoever searches types on.
const HITS_MAX: usize = 20;

const FROM: &str = "
    FROM meter_point mp JOIN unit u ON u.id = mp.unit_id JOIN property p ON p.id = u.property_id
    LEFT JOIN meter m ON m.meter_point_id = mp.id AND m.removed_on IS NULL
    WHERE mp.removed_at IS NULL";

#[derive(FromRow)]
struct Hit {
    id: i64,
    property_code: String,
    building: String,
    unit_no: String,
    utility: String,
    point: String,
    serial: Option<String>,
    tenant: Option<String>,
}

/// The first few that fit, whole unit numbers before parts of others.
pub async fn search(
    store: &Store,
    scope: &PropertyScope,
    text: &str,
    now: Timestamp,
) -> sqlx::Result<Vec<MeterPointHit>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let (sql, binds) = search_query(scope, text, now);
    let hits: Vec<Hit> = on!(store.reader(), |pool| {
        // The text is put together from constants; whatever callers sent is bound.
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for bind in &binds {
            query = query.bind(bind.clone());
        }
        query.fetch_all(pool).await?
    });
    Ok(hits.into_iter().map(Hit::into_wire).collect())
}

/// What was found first, then what is known of it: the rest of the books is not looked at.
pub(crate) fn search_query(scope: &PropertyScope, text: &str, now: Timestamp) -> (String, Vec<String>) {
    let mut clause = Clause::default();
    let today = clause.bind(shared::zone::Zone::utc().date_at(now).to_string());
    let found = found(&mut clause, scope, None, text);
    let whole = clause.bind(shared::code::normal(text));
    let sql = format!(
        "WITH found AS ({found}), hit AS (
            SELECT DISTINCT mp.id FROM found f JOIN meter_point mp ON mp.unit_id = f.unit_id
            WHERE f.meter_point_id IS NULL OR f.meter_point_id = mp.id)
        SELECT mp.id, p.code AS property_code, u.building, u.unit_no, mp.utility, mp.point, m.serial,
            (SELECT t.tenant_name FROM tenancy t WHERE t.unit_id = u.id AND t.move_in <= {today}
                AND (t.move_out IS NULL OR t.move_out >= {today}) ORDER BY t.move_in DESC LIMIT 1) AS tenant
        FROM hit JOIN meter_point mp ON mp.id = hit.id JOIN unit u ON u.id = mp.unit_id
        JOIN property p ON p.id = u.property_id
        LEFT JOIN meter m ON m.meter_point_id = mp.id AND m.removed_on IS NULL
        WHERE mp.removed_at IS NULL
        ORDER BY CASE WHEN u.unit_normal = {whole} THEN 0 ELSE 1 END, p.code_normal, u.building_normal,
            u.unit_normal, mp.utility, mp.point_normal LIMIT {HITS_MAX}"
    );
    (sql, clause.binds)
}

/// The name of one, if the caller may see it.
pub async fn name(store: &Store, scope: &PropertyScope, id: i64) -> sqlx::Result<Option<MeterPointName>> {
    Ok(names(store, scope, vec![id]).await?.remove(&id))
}

/// The names of those that the caller may see.
pub async fn names(
    store: &Store,
    scope: &PropertyScope,
    ids: Vec<i64>,
) -> sqlx::Result<HashMap<i64, MeterPointName>> {
    let mut clause = scope_clause(scope);
    clause.add(
        "mp.id IN (SELECT CAST(atom AS BIGINT) FROM json_each(?))",
        json_list(ids),
    );
    let sql = format!(
        "SELECT mp.id, p.code AS property_code, u.building, u.unit_no, mp.utility, mp.point, m.serial, NULL AS tenant
        {FROM} AND {}",
        clause.sql
    );
    let hits: Vec<Hit> = on!(store.reader(), |pool| {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for bind in &clause.binds {
            query = query.bind(bind.clone());
        }
        query.fetch_all(pool).await?
    });
    Ok(hits.into_iter().map(|it| (it.id, it.into_name())).collect())
}

fn scope_clause(scope: &PropertyScope) -> Clause {
    let mut clause = Clause::default();
    if let Some(codes) = scope.as_json() {
        clause.add("p.code_normal IN (SELECT atom FROM json_each(?))", codes);
    }
    clause
}

impl Hit {
    fn into_name(self) -> MeterPointName {
        MeterPointName {
            property_code: self.property_code,
            building: self.building,
            unit_no: self.unit_no,
            utility: self.utility,
            point: self.point,
        }
    }

    fn into_wire(self) -> MeterPointHit {
        MeterPointHit {
            id: self.id.to_string(),
            property_code: self.property_code,
            building: self.building,
            unit_no: self.unit_no,
            utility: self.utility,
            point: self.point,
            meter_serial: self.serial.unwrap_or_default(),
            tenant: self.tenant.unwrap_or_default(),
        }
    }
}
