//! What is in the way of closing a period, so that somebody can go and deal with it.

use shared::closing::{InTheWay, Standing, Tally};
use shared::period::Period;
use shared::reading_value::ReadingValue;
use shared::wire::periods::{InTheWayGroup, InTheWayRow};
use sqlx::{AssertSqlSafe, FromRow};

use super::Property;
use super::tally::condition;
use crate::missing::{IN_SERVICE, ORDER, POINTS, POINTS_ORDER, held_binds, holds_nothing};
use crate::on;
use crate::store::Store;

/// Rows of one kind. Whoever has more to do does it on the page that the kind links to.
const ROWS_MAX: usize = 50;

#[derive(Debug, FromRow)]
struct Record {
    id: Option<String>,
    receipt_seq: Option<i64>,
    building: String,
    unit_no: String,
    utility: String,
    point: String,
    code: Option<String>,
    skip_reason: Option<String>,
    flags: Option<String>,
    value_micro: Option<i64>,
    captured_by: Option<String>,
    decimals: Option<i64>,
}

/// One group for each kind that is there.
pub(super) async fn groups(
    store: &Store,
    property: &Property,
    period: Period,
    tally: &Tally,
) -> sqlx::Result<Vec<InTheWayGroup>> {
    let mut groups = Vec::new();
    for (kind, total) in tally.in_the_way() {
        let (sql, binds) = query(property, period, kind);
        let records: Vec<Record> = on!(store.reader(), |pool| {
            // Put together from constants; what callers sent is bound.
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for bind in binds {
                query = query.bind(bind);
            }
            query.fetch_all(pool).await?
        });
        groups.push(InTheWayGroup {
            kind: kind.name().to_owned(),
            total,
            rows: records.into_iter().map(|it| it.into_row(kind)).collect(),
        });
    }
    Ok(groups)
}

/// Held items of a month whose property nobody knows.
pub(super) async fn unplaced(store: &Store, period: Period) -> sqlx::Result<i64> {
    const UNPLACED: &str =
        "SELECT CAST(COUNT(*) AS BIGINT) FROM item i WHERE i.property_normal = '' AND i.period = $1
        AND i.state IN ('received', 'held', 'conflict') AND i.state = 'held' AND i.part = 0";
    on!(store.reader(), |pool| sqlx::query_scalar(UNPLACED)
        .bind(period.to_string())
        .fetch_one(pool)
        .await)
}

/// The first rows of one kind: items in the order they came, meter points in walking order.
pub(super) fn query(property: &Property, period: Period, kind: InTheWay) -> (String, Vec<String>) {
    match kind {
        InTheWay::Missing => {
            let sql = format!(
                "SELECT NULL AS id, NULL AS receipt_seq, mp.building, mp.unit_no, mp.utility, mp.point, NULL AS code,
                    NULL AS skip_reason, NULL AS flags, NULL AS value_micro, NULL AS captured_by, NULL AS decimals
                FROM ({POINTS} {ORDER}) mp WHERE {} AND {IN_SERVICE} {POINTS_ORDER} LIMIT {ROWS_MAX}",
                holds_nothing(false)
            );
            (sql, held_binds(property, period).to_vec())
        }
        // By the plus the index is chosen for what it finds: one that is in this order would read all of the property.
        InTheWay::Conflict | InTheWay::Held | InTheWay::Flagged | InTheWay::Skip => {
            let sql = format!(
                "SELECT i.id, i.receipt_seq, i.building, i.unit_no, i.utility, i.point, i.code, i.skip_reason, i.flags,
                    i.value_micro, COALESCE(a.name, i.captured_by) AS captured_by, m.decimals
                FROM item i LEFT JOIN meter m ON m.id = i.meter_id LEFT JOIN account a ON a.name_normal = i.captured_by
                WHERE i.property_normal = $1 AND i.period IN ($2, '') AND i.state IN ('received', 'held', 'conflict')
                    AND i.part = 0 AND {}
                ORDER BY +i.receipt_seq LIMIT {ROWS_MAX}",
                condition(Standing::InTheWay(kind))
            );
            (sql, vec![property.code_normal.clone(), period.to_string()])
        }
    }
}

impl Record {
    fn into_row(self, kind: InTheWay) -> InTheWayRow {
        let decimals = self.decimals.and_then(|it| u32::try_from(it).ok()).unwrap_or(0);
        let value = self.value_micro.and_then(ReadingValue::from_micro);
        let flags = || serde_json::from_str(self.flags.as_deref().unwrap_or_default()).unwrap_or_default();
        let why = match kind {
            InTheWay::Flagged => flags(),
            InTheWay::Skip => self.skip_reason.clone().into_iter().collect(),
            InTheWay::Held | InTheWay::Conflict => self.code.clone().into_iter().collect(),
            InTheWay::Missing => Vec::new(),
        };
        InTheWayRow {
            why,
            id: self.id,
            receipt_seq: self.receipt_seq,
            building: self.building,
            unit_no: self.unit_no,
            utility: self.utility,
            point: self.point,
            value: value.map(|it| it.print(decimals)),
            by: self.captured_by.unwrap_or_default(),
        }
    }
}
