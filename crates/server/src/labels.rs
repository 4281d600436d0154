//! Labels as the office sees them, and what it does with them.

mod change;
mod filter;
#[cfg(test)]
mod tests;

use shared::timestamp::Timestamp;
use shared::wire::labels::{LabelProperty, LabelRow};
use shared::wire::office::ROWS_COUNTED_MAX;
use sqlx::{AssertSqlSafe, FromRow};

pub use change::{ChangeError, LabelChange, change};
pub use filter::LabelFilter;

use crate::auth::PropertyScope;
use crate::database::Database;
use crate::list_filter::Clause;
use crate::on;
use crate::store::Store;
use crate::store::json_list::json_list;

const SELECT: &str = "SELECT mp.id AS meter_point_id, p.code AS property_code, p.name AS property_name, u.building, \
     u.unit_no, mp.utility, mp.point, l.code, l.issued_at, l.revoked_at, l.revoke_reason";
/// In this order each step has its index, and only what is within a unit is sorted: SQLite keeps to the order of a cross join.
const FROM: &str = "FROM property p CROSS JOIN unit u CROSS JOIN meter_point mp \
     LEFT JOIN label l ON l.meter_point_id = mp.id";
/// Within a property that stands before it.
const FROM_UNIT: &str = "FROM unit u CROSS JOIN meter_point mp LEFT JOIN label l ON l.meter_point_id = mp.id";
/// The same where one label is looked up, or few meter points are: there to begin then.
const FROM_LABEL: &str =
    "FROM property p, unit u, meter_point mp LEFT JOIN label l ON l.meter_point_id = mp.id";
/// What belongs together in either.
const JOINED: &str = "u.property_id = p.id AND mp.unit_id = u.id AND mp.removed_at IS NULL";
const WALKING_ORDER: &str = "ORDER BY p.code_normal, COALESCE(u.walk_seq, u.route_seq), u.building_normal, u.unit_normal, mp.utility, \
     mp.point_normal, l.code";
const UNIT_ORDER: &str = "COALESCE(u.walk_seq, u.route_seq), u.building_normal, u.unit_normal, mp.utility, mp.point_normal, l.code";
/// Also those whose labels are all revoked.
const UNLABELLED: &str =
    "NOT EXISTS (SELECT 1 FROM label valid WHERE valid.meter_point_id = mp.id AND valid.revoked_at IS NULL)";
/// So many meter points are looked up each for itself.
const FEW_POINTS_MAX: usize = 1_000;
const ACTIVE: &str = "l.code IS NOT NULL AND l.revoked_at IS NULL";

/// A label with its meter point, or a meter point that never had one.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct LabelRecord {
    /// Key of the meter point.
    pub meter_point_id: i64,
    /// Property code.
    pub property_code: String,
    /// Name of the property.
    pub property_name: String,
    /// Building.
    pub building: String,
    /// Unit number.
    pub unit_no: String,
    /// Utility.
    pub utility: String,
    /// Point.
    pub point: String,
    /// The code; absent without any label.
    pub code: Option<String>,
    /// When it was made.
    pub issued_at: Option<i64>,
    /// When it was revoked.
    pub revoked_at: Option<i64>,
    /// Why.
    pub revoke_reason: Option<String>,
}

impl LabelRecord {
    /// As it travels.
    pub fn into_row(self) -> LabelRow {
        let at = |ms: i64| Timestamp::from_ms(ms).to_rfc3339();
        let state = match (&self.code, self.revoked_at) {
            (None, _) => "none",
            (Some(_), None) => "active",
            (Some(_), Some(_)) => "revoked",
        };
        LabelRow {
            code: self.code,
            state: state.into(),
            meter_point_id: self.meter_point_id.to_string(),
            property_code: self.property_code,
            building: self.building,
            unit_no: self.unit_no,
            utility: self.utility,
            point: self.point,
            issued_at: self.issued_at.map(at),
            revoked_at: self.revoked_at.map(at),
            revoke_reason: self.revoke_reason,
        }
    }

    /// The place in the list, for the page that follows.
    pub fn place(&self) -> String {
        format!(
            "{}.{}",
            self.meter_point_id,
            self.code.as_deref().unwrap_or_default()
        )
    }
}

/// One page of the list.
pub async fn page(store: &Store, filter: &LabelFilter, limit: usize) -> sqlx::Result<Vec<LabelRecord>> {
    let (sql, binds) = match store.reader() {
        Database::Sqlite(_) => page_query(filter, limit),
        Database::Postgres(_) => match few_unlabelled(store, filter).await? {
            Some(points) => few_points_query(filter, &points, limit),
            None => postgres_page_query(filter, limit),
        },
    };
    records(store, sql, &binds).await
}

/// Every meter point without a valid label, where all properties are asked for them and they are few; PostgreSQL alone. Property
/// after property would go through all units for a page that never fills: twice the time. With many of them it ends with the page.
async fn few_unlabelled(store: &Store, filter: &LabelFilter) -> sqlx::Result<Option<Vec<i64>>> {
    if !filter.is_for_unlabelled_of_all() {
        return Ok(None);
    }
    let points: Vec<i64> = on!(store.reader(), |pool| sqlx::query_scalar(AssertSqlSafe(
        unlabelled_query()
    ))
    .fetch_all(pool)
    .await?);
    Ok((points.len() <= FEW_POINTS_MAX).then_some(points))
}

fn unlabelled_query() -> String {
    format!(
        "SELECT mp.id FROM meter_point mp WHERE mp.removed_at IS NULL AND {UNLABELLED} LIMIT {FEW_POINTS_MAX} + 1"
    )
}

fn few_points_query(filter: &LabelFilter, points: &[i64], limit: usize) -> (String, Vec<String>) {
    let mut clause = filter.page_clause();
    clause.add(
        "mp.id IN (SELECT CAST(atom AS BIGINT) FROM json_each(?))",
        json_list(points),
    );
    in_walking_order(FROM_LABEL, clause, limit)
}

fn page_query(filter: &LabelFilter, limit: usize) -> (String, Vec<String>) {
    in_walking_order(filter.from(), filter.page_clause(), limit)
}

fn in_walking_order(from: &str, clause: Clause, limit: usize) -> (String, Vec<String>) {
    let sql = format!(
        "{SELECT} {from} WHERE {} {WALKING_ORDER} LIMIT {limit}",
        clause.sql
    );
    (sql, clause.binds)
}

/// PostgreSQL does not see that the units of one property after the other are in order, and would sort a whole property for its
/// first page. Each gives no more than a page here, and one is asked after the other. SQLite has no such join, and no need of it.
fn postgres_page_query(filter: &LabelFilter, limit: usize) -> (String, Vec<String>) {
    if filter.is_one_label() {
        return page_query(filter, limit);
    }
    let clause = filter.page_clause();
    let sql = format!(
        "SELECT f.* FROM property p CROSS JOIN LATERAL (
            {SELECT}, COALESCE(u.walk_seq, u.route_seq) AS place, u.building_normal, u.unit_normal, mp.point_normal
            {FROM_UNIT} WHERE {} ORDER BY {UNIT_ORDER} LIMIT {limit}) f
        ORDER BY p.code_normal, f.place, f.building_normal, f.unit_normal, f.utility, f.point_normal, f.code LIMIT {limit}",
        clause.sql
    );
    (sql, clause.binds)
}

/// How many rows fit in all, and how many of them are labels that can be printed; counted up to one more than
/// [`ROWS_COUNTED_MAX`] rows.
pub async fn totals(store: &Store, filter: &LabelFilter) -> sqlx::Result<(i64, i64)> {
    let (from, clause) = (filter.from(), filter.clause());
    let sql = format!(
        "SELECT CAST(COUNT(*) AS BIGINT), CAST(COALESCE(SUM(active), 0) AS BIGINT) FROM ( \
         SELECT CASE WHEN {ACTIVE} THEN 1 ELSE 0 END AS active {from} WHERE {} LIMIT {ROWS_COUNTED_MAX} + 1) counted",
        clause.sql
    );
    on!(store.reader(), |pool| {
        // The text is put together from constants; whatever callers sent is bound.
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for bind in &clause.binds {
            query = query.bind(bind.clone());
        }
        query.fetch_one(pool).await
    })
}

/// The same of a list that is all on its first page.
pub fn counts_of(rows: &[LabelRecord]) -> (i64, i64) {
    let active = rows
        .iter()
        .filter(|it| it.code.is_some() && it.revoked_at.is_none());
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    (number(rows.len()), number(active.count()))
}

/// Labels that can be printed: those with these codes, or without any all that fit.
pub async fn printable(
    store: &Store,
    filter: &LabelFilter,
    codes: &[String],
    limit: usize,
) -> sqlx::Result<Vec<LabelRecord>> {
    let mut clause = filter.clause();
    if !codes.is_empty() {
        clause.add("l.code IN (SELECT atom FROM json_each(?))", json_list(codes));
    }
    clause.add_plain(ACTIVE);
    let (sql, binds) = in_walking_order(FROM, clause, limit);
    records(store, sql, &binds).await
}

/// The properties of a scope.
pub async fn properties(store: &Store, scope: &PropertyScope) -> sqlx::Result<Vec<LabelProperty>> {
    const PROPERTIES: &str = "SELECT code, name FROM property
        WHERE $1 IS NULL OR code_normal IN (SELECT atom FROM json_each($1)) ORDER BY code_normal";
    let rows: Vec<(String, String)> = on!(store.reader(), |pool| sqlx::query_as(PROPERTIES)
        .bind(scope.as_json())
        .fetch_all(pool)
        .await?);
    Ok(rows
        .into_iter()
        .map(|(code, name)| LabelProperty { code, name })
        .collect())
}

async fn records(store: &Store, sql: String, binds: &[String]) -> sqlx::Result<Vec<LabelRecord>> {
    on!(store.reader(), |pool| {
        // The text is put together from constants; whatever callers sent is bound.
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for bind in binds {
            query = query.bind(bind.clone());
        }
        query.fetch_all(pool).await
    })
}
