//! How much has arrived from phones since a moment, as of the beginning of somebody's day.

use shared::timestamp::Timestamp;
use shared::wire::dashboard::{ARRIVALS_COUNTED_MAX, Arrivals};

use crate::auth::PropertyScope;
use crate::on;
use crate::store::Store;

/// Newest first by the number of its receipt, and no further than anybody wants to know: no index on times is needed.
pub(crate) const SINCE: &str = "
    SELECT CAST(COUNT(*) AS BIGINT) FROM (
        SELECT i.received_at, i.property_normal FROM item i
        WHERE i.source = 'phone' AND i.source <> 'import' AND i.part = 0
        ORDER BY i.receipt_seq DESC LIMIT $3) n
    WHERE n.received_at >= $1 AND (CAST($2 AS TEXT) IS NULL OR n.property_normal IN (SELECT atom FROM json_each($2)))";

/// Of the properties that the caller may see.
pub async fn since(store: &Store, scope: &PropertyScope, at: Timestamp) -> sqlx::Result<Arrivals> {
    let count = on!(store.reader(), |pool| sqlx::query_scalar(SINCE)
        .bind(at.ms())
        .bind(scope.as_json())
        .bind(ARRIVALS_COUNTED_MAX + 1)
        .fetch_one(pool)
        .await?);
    Ok(Arrivals { count })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::explain::plan;

    #[tokio::test]
    async fn arrivals_are_counted_from_the_newest_without_sorting_or_reading_what_was_imported() {
        let steps = plan(SINCE, &["0".into(), String::new(), "10".into()]).await;
        let text = steps.join("\n");
        assert!(
            text.contains("SEARCH i USING INDEX item_not_imported") && !text.contains("B-TREE"),
            "{text}"
        );
    }

    mod postgres {
        use super::*;
        use crate::database::explain::postgres::Postgres;

        #[tokio::test]
        #[ignore = "needs TEST_POSTGRES_URL"]
        async fn arrivals_are_counted_without_sorting_or_reading_what_was_imported() {
            let binds = ["0".into(), "[]".into(), "10".into()];
            let plan = Postgres::new().await.ordered_plan(SINCE, &binds).await;
            plan.assert_reads_no_whole_table(&["item_not_imported"]);
            plan.assert_uses("item_not_imported");
            plan.assert_sorts(0);
        }
    }
}
