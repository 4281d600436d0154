//! What arrived after a period was closed, decided since or not.

use shared::period::Period;
use shared::wire::periods::{LateCounts, LatePage};

use super::Property;
use crate::list_page::cut;
use crate::on;
use crate::reading_rows;
use crate::store::Store;

/// One page, the newest first.
pub async fn page(
    store: &Store,
    property: &Property,
    period: Period,
    after: Option<i64>,
    limit: usize,
) -> sqlx::Result<LatePage> {
    let mut rows = reading_rows::late(store, &property.code_normal, period, after, limit + 1).await?;
    let next = cut(&mut rows, limit, |it| it.receipt_seq.to_string());
    Ok(LatePage {
        rows,
        next,
        counts: counts(store, property, period).await?,
    })
}

/// How many.
pub(super) async fn counts(store: &Store, property: &Property, period: Period) -> sqlx::Result<LateCounts> {
    const COUNTS: &str = "
        SELECT CAST(COUNT(*) AS BIGINT), CAST(COUNT(CASE WHEN i.state = 'held' THEN 1 END) AS BIGINT)
        FROM item i WHERE i.property_normal = $1 AND i.period = $2 AND i.code = 'period_closed' AND i.part = 0";
    let (total, waiting) = on!(store.reader(), |pool| sqlx::query_as(COUNTS)
        .bind(&property.code_normal)
        .bind(period.to_string())
        .fetch_one(pool)
        .await?);
    Ok(LateCounts { total, waiting })
}
