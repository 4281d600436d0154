//! Counts what a period has, as groups that the rule understands.

use shared::closing::{Entry, Standing, Tally};
use shared::names::State;
use shared::period::Period;
use sqlx::{AssertSqlSafe, FromRow};

use super::Property;
use crate::missing::{METER_SERVES, held_binds};
use crate::on;
use crate::store::Store;

/// Meter points in service: all of them, or those whose key holds the same.
#[derive(Debug, FromRow)]
pub(crate) struct PointGroup {
    /// Absent: all of them.
    state: Option<String>,
    skip: i64,
    count: i64,
}

/// Items that wait for the same thing.
#[derive(Debug, FromRow)]
pub(crate) struct ItemGroup {
    state: String,
    skip: i64,
    flagged: i64,
    count: i64,
}

/// By what holds the key of regular readings: the database lets only one do so. A seek for each meter point, into its history or
/// to its meters, would take longer than all the rest: those in service are a range of the index `meter_of_property`, what the
/// month holds is one of `item_official_of_period`, and what has no key, of which there is little, is taken off again. Whether a
/// reading's meter point is in service is asked where it is counted, and not as a condition: PostgreSQL would make a seek for each
/// of it.
pub(crate) fn point_groups_of(property: &Property, period: Period) -> (String, [String; 5]) {
    const COUNT: &str =
        "SUM(CASE WHEN i.meter_point_id IN (SELECT meter_point_id FROM serving) THEN 1 ELSE 0 END)";
    const HELD: &str = "FROM item i WHERE i.property_normal = $5 AND i.period = $2 AND i.kind = 'regular'
                AND i.state IN ('received', 'approved', 'estimated')";
    let sql = format!(
        "WITH serving AS MATERIALIZED (SELECT DISTINCT s.meter_point_id FROM meter s
            WHERE s.property_id = CAST($1 AS BIGINT) AND {METER_SERVES}
                AND s.meter_point_id NOT IN (SELECT mp.id FROM meter_point mp WHERE mp.removed_at IS NOT NULL)),
        held AS (SELECT i.state, CASE WHEN i.skip_reason IS NULL THEN 0 ELSE 1 END AS skip, {COUNT} AS count
            {HELD} GROUP BY 1, 2
            UNION ALL
            SELECT i.state, CASE WHEN i.skip_reason IS NULL THEN 0 ELSE 1 END, -{COUNT}
            {HELD} AND i.official_key IS NULL GROUP BY 1, 2
            UNION ALL
            SELECT NULL, 0, COUNT(*) FROM serving)
        SELECT state, CAST(skip AS BIGINT) AS skip, CAST(SUM(count) AS BIGINT) AS count FROM held GROUP BY 1, 2"
    );
    (sql, held_binds(property, period))
}

/// Of everything that is not decided, whatever its kind. What names no month may be of any.
pub(crate) fn item_groups_of(property: &Property, period: Period) -> (&'static str, [String; 2]) {
    const GROUPS: &str = "
        SELECT i.state, CAST(CASE WHEN i.skip_reason IS NULL THEN 0 ELSE 1 END AS BIGINT) AS skip,
            CAST(CASE WHEN i.flags = '[]' THEN 0 ELSE 1 END AS BIGINT) AS flagged, CAST(COUNT(*) AS BIGINT) AS count
        FROM item i
        WHERE i.property_normal = $1 AND i.period IN ($2, '') AND i.state IN ('received', 'held', 'conflict') AND i.part = 0
        GROUP BY 1, 2, 3";
    (GROUPS, [property.code_normal.clone(), period.to_string()])
}

/// Which items closing approves, as a condition on `i`; `$1` is the property and `$2` the period.
pub(crate) fn clean_items() -> String {
    format!(
        "i.property_normal = $1 AND i.period = $2 AND i.state IN ('received', 'held', 'conflict') AND i.part = 0 AND {}",
        condition(Standing::Clean)
    )
}

/// Which items stand like this, as a condition on `i`.
pub(super) fn condition(standing: Standing) -> String {
    let entries = Entry::all_with(standing).map(|it| {
        let not = |is: bool| if is { "NOT " } else { "" };
        format!(
            "(i.state = '{}' AND i.skip_reason IS {}NULL AND {}i.flags = '[]')",
            it.state.name(),
            not(it.skip),
            not(it.flagged),
        )
    });
    format!("({})", entries.collect::<Vec<_>>().join(" OR "))
}

/// What the rule makes of the groups.
pub(crate) fn tally_of(points: Vec<PointGroup>, items: Vec<ItemGroup>) -> Tally {
    let mut tally = Tally::default();
    let mut missing = 0;
    for it in points {
        let Some(state) = it.state.as_deref().and_then(State::parse) else {
            missing += it.count;
            continue;
        };
        missing -= it.count;
        let entry = Entry {
            state,
            skip: it.skip == 1,
            flagged: false,
        };
        tally.add_points(Some(entry), count(it.count));
    }
    tally.add_points(None, count(missing));
    for it in items {
        let Some(state) = State::parse(&it.state) else {
            continue;
        };
        let entry = Entry {
            state,
            skip: it.skip == 1,
            flagged: it.flagged == 1,
        };
        tally.add_items(entry, count(it.count));
    }
    tally
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// As the books stand now.
pub(super) async fn read(store: &Store, property: &Property, period: Period) -> sqlx::Result<Tally> {
    let (sql, point_binds) = point_groups_of(property, period);
    let (items, [code, month]) = item_groups_of(property, period);
    let (points, items) = on!(store.reader(), |pool| {
        // Put together from constants; what callers sent is bound.
        let points = point_binds
            .into_iter()
            .fold(sqlx::query_as(AssertSqlSafe(sql)), |query, bind| query.bind(bind));
        let points = points.fetch_all(pool).await?;
        let items = sqlx::query_as(items)
            .bind(code)
            .bind(month)
            .fetch_all(pool)
            .await?;
        (points, items)
    });
    Ok(tally_of(points, items))
}
