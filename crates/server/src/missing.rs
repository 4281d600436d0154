//! Meter points in service without a value in a period, as the office looks at them.

mod row;

use shared::estimate::estimated_at;
use shared::period::Period;
use shared::timestamp::Timestamp;
use shared::wire::missing::{MissingPage, MissingRow};
use sqlx::AssertSqlSafe;

use self::row::Record;
use crate::auth::PropertyScope;
use crate::estimate_basis::past_of;
use crate::labels;
use crate::list_page::cut;
use crate::on;
use crate::periods::{self, Property};
use crate::store::Store;

/// A meter `s` that serves on one of a period's days. `$3` is the period's last day and `$4` its first.
macro_rules! meter_serves {
    () => {
        "s.installed_on <= $3 AND (s.removed_on IS NULL OR s.removed_on >= $4)"
    };
}
pub(crate) const METER_SERVES: &str = meter_serves!();

/// What is in service in a period: a meter sits there on one of its days. The offset of nothing keeps PostgreSQL from reading the
/// meters of all properties to look into them for one.
pub(crate) const IN_SERVICE: &str = concat!(
    "mp.removed_at IS NULL AND EXISTS (SELECT 1 FROM meter s WHERE s.meter_point_id = mp.id AND ",
    meter_serves!(),
    " LIMIT 1 OFFSET 0)"
);

/// Meter points of which nothing holds the regular key of a period; `value`: no value does, for a skip is none. What holds keys is
/// read all at once, from the index `item_official_of_period` alone, for a seek into the history of each meter point takes longer;
/// only where something has a state as if it held one, and none, it is looked for (the offset of nothing keeps PostgreSQL from
/// reading a month of all properties for that). `$2` is the period, `$5` the property's code.
pub(crate) fn holds_nothing(value: bool) -> String {
    const HELD: &str = "SELECT i.meter_point_id FROM item i WHERE i.property_normal = $5 AND i.period = $2
        AND i.kind = 'regular' AND i.state IN ('received', 'approved', 'estimated') AND i.meter_point_id IS NOT NULL";
    const KEY: &str =
        "SELECT 1 FROM item i WHERE i.meter_point_id = mp.id AND i.period = $2 AND i.kind = 'regular'
        AND i.state IN ('received', 'approved', 'estimated') AND i.official_key IS NOT NULL";
    let value = if value { "AND i.skip_reason IS NULL" } else { "" };
    format!(
        "(mp.id NOT IN ({HELD} {value})
            OR mp.id IN ({HELD} AND i.official_key IS NULL) AND NOT EXISTS ({KEY} {value} LIMIT 1 OFFSET 0))"
    )
}

/// The meter points of a property in the order of the index `unit_in_walk`, so that a page ends after a page; conditions and
/// [`ORDER`] follow. What is asked of each stands around it: PostgreSQL would else take what is held for reckoned anew for each
/// unit, and rather read the meter points of all properties. `$1` is the property.
pub(crate) const POINTS: &str =
    "SELECT mp.id, mp.removed_at, mp.utility, mp.point, mp.point_normal, u.building, u.unit_no,
        u.building_normal, u.unit_normal, COALESCE(u.walk_seq, u.route_seq) AS place
    FROM unit u JOIN meter_point mp ON mp.unit_id = u.id WHERE u.property_id = CAST($1 AS BIGINT)";

/// The same order around them.
pub(crate) const POINTS_ORDER: &str =
    "ORDER BY mp.place, mp.building_normal, mp.unit_normal, mp.utility, mp.point_normal";

/// A skip, and what was sent back, is no value.
fn is_missing() -> String {
    format!("{} AND {IN_SERVICE}", holds_nothing(true))
}

/// The first condition is no news beside the second, but one that the index understands.
const AFTER: &str = "
    AND COALESCE(u.walk_seq, u.route_seq) >= (SELECT COALESCE(bu.walk_seq, bu.route_seq)
        FROM meter_point bm JOIN unit bu ON bu.id = bm.unit_id WHERE bm.id = CAST($6 AS BIGINT))
    AND (COALESCE(u.walk_seq, u.route_seq), u.building_normal, u.unit_normal, mp.utility, mp.point_normal) >
        (SELECT COALESCE(au.walk_seq, au.route_seq), au.building_normal, au.unit_normal, am.utility, am.point_normal
        FROM meter_point am JOIN unit au ON au.id = am.unit_id WHERE am.id = CAST($6 AS BIGINT))";

pub(crate) const ORDER: &str = "ORDER BY COALESCE(u.walk_seq, u.route_seq), u.building_normal, u.unit_normal, mp.utility, mp.point_normal";

/// What is looked at.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The property that is named.
    pub property: Option<String>,
    /// The period that is named.
    pub period: Option<Period>,
    /// The meter point behind which the page begins.
    pub after: Option<i64>,
    /// Rows of the page.
    pub limit: usize,
}

/// One page of one property and period; `None` for a property that is not there for the caller.
pub async fn page(
    store: &Store,
    scope: &PropertyScope,
    asked: &Asked,
    now: Timestamp,
) -> sqlx::Result<Option<MissingPage>> {
    let properties = labels::properties(store, scope).await?;
    let first = || properties.first().map(|it| it.code.clone());
    let named = asked.property.clone().filter(|it| !it.trim().is_empty());
    let Some(code) = named.clone().or_else(first) else {
        return Ok(Some(MissingPage::default()));
    };
    let Some(property) = periods::property(store, scope, &code).await? else {
        return Ok(None);
    };
    let period = asked.period.unwrap_or_else(|| property.zone(now).month_at(now));
    let mut rows = rows(store, &property, period, asked, now).await?;
    let next = cut(&mut rows, asked.limit, |it| it.meter_point_id.clone());
    // What is on one page is counted.
    let total = match (asked.after, &next) {
        (None, None) => i64::try_from(rows.len()).unwrap_or(i64::MAX),
        _ => total(store, &property, period).await?,
    };
    Ok(Some(MissingPage {
        total,
        closed: periods::is_closed(store, property.id, period).await?,
        property: property.code,
        period: period.to_string(),
        rows,
        next,
        properties,
    }))
}

async fn rows(
    store: &Store,
    property: &Property,
    period: Period,
    asked: &Asked,
    now: Timestamp,
) -> sqlx::Result<Vec<MissingRow>> {
    let zone = property.zone(now);
    let at = estimated_at(period, &zone, now);
    let settings = store.rule_settings().await?;
    let day = zone.date_at(at.unwrap_or(now)).to_string();
    let (sql, binds) = page_query(property, period, asked, day);
    let records: Vec<Record> = on!(store.reader(), |pool| {
        // Put together from constants; what callers sent is bound.
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for bind in binds {
            query = query.bind(bind);
        }
        query.fetch_all(pool).await?
    });
    let rows = records.into_iter();
    Ok(rows
        .map(|it| it.into_row(period, at, settings.history_readings_min))
        .collect())
}

/// `day`: whose tenant is told.
fn page_query(property: &Property, period: Period, asked: &Asked, day: String) -> (String, Vec<String>) {
    let after = if asked.after.is_some() { AFTER } else { "" };
    let place = if asked.after.is_some() { "$7" } else { "$6" };
    // First which ones, then what is known of them: the rest of a property is not looked at any closer.
    let sql = format!(
        "WITH missing AS (SELECT mp.id FROM ({POINTS} {after} {ORDER}) mp WHERE {is_missing} {POINTS_ORDER} LIMIT {limit})
        SELECT mp.id, mp.unit_id, u.building, u.unit_no, mp.utility, mp.point, mp.reread_reason, m.serial, m.dials, m.decimals,
            m.multiplier_micro, {past} AS past,
            (SELECT t.tenant_name FROM tenancy t WHERE t.unit_id = u.id AND t.move_in <= {place}
                AND (t.move_out IS NULL OR t.move_out >= {place}) ORDER BY t.move_in DESC LIMIT 1) AS tenant,
            s.id AS skip_id, s.revision AS skip_revision, s.skip_reason, s.remarks, s.read_at, s.read_offset_s,
            COALESCE(a.name, s.captured_by) AS skipped_by,
            CASE WHEN s.state = 'approved' THEN s.decided_by END AS accepted_by
        FROM missing JOIN meter_point mp ON mp.id = missing.id JOIN unit u ON u.id = mp.unit_id
        LEFT JOIN meter m ON m.id = (SELECT n.id FROM meter n WHERE n.meter_point_id = mp.id AND n.removed_on IS NULL
            ORDER BY n.installed_on DESC LIMIT 1)
        LEFT JOIN item s ON s.receipt_seq = (SELECT i.receipt_seq FROM item i
            WHERE i.meter_point_id = mp.id AND i.period = $2 AND i.kind = 'regular' AND i.skip_reason IS NOT NULL
                AND i.state IN ('received', 'approved') AND i.official_key IS NOT NULL LIMIT 1)
        LEFT JOIN account a ON a.name_normal = s.captured_by
        {ORDER}",
        is_missing = is_missing(),
        past = past_of("$2"),
        limit = asked.limit + 1,
    );
    let mut binds = held_binds(property, period).to_vec();
    binds.extend(asked.after.map(|it| it.to_string()));
    binds.push(day);
    (sql, binds)
}

async fn total(store: &Store, property: &Property, period: Period) -> sqlx::Result<i64> {
    let (sql, binds) = total_query(property, period);
    on!(store.reader(), |pool| {
        let mut query = sqlx::query_scalar(AssertSqlSafe(sql));
        for bind in binds {
            query = query.bind(bind);
        }
        query.fetch_one(pool).await
    })
}

fn total_query(property: &Property, period: Period) -> (String, [String; 5]) {
    let sql = format!(
        "WITH point AS MATERIALIZED (SELECT mp.id, mp.removed_at FROM unit u JOIN meter_point mp ON mp.unit_id = u.id
            WHERE u.property_id = CAST($1 AS BIGINT))
        SELECT CAST(COUNT(*) AS BIGINT) FROM point mp WHERE {}",
        is_missing()
    );
    (sql, held_binds(property, period))
}

/// Property, period, its last and its first day, as the queries of a period bind them.
pub(crate) fn binds(property_id: i64, period: Period) -> [String; 4] {
    let first = period.first_day();
    let last = period.next().first_day().yesterday().unwrap_or(first);
    [
        property_id.to_string(),
        period.to_string(),
        last.to_string(),
        first.to_string(),
    ]
}

/// The same and the property's code, as [`holds_nothing`] calls them.
pub(crate) fn held_binds(property: &Property, period: Period) -> [String; 5] {
    let [property_id, month, last, first] = binds(property.id, period);
    [property_id, month, last, first, property.code_normal.clone()]
}

#[cfg(test)]
mod tests;
