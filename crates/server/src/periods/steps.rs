//! Who closed and reopened a period.

use shared::period::Period;
use shared::timestamp::Timestamp;
use shared::wire::periods::PeriodStepRow;

use crate::on;
use crate::store::Store;

/// The last hundred, the oldest of them first.
pub(super) async fn steps(
    store: &Store,
    property_id: i64,
    period: Period,
) -> sqlx::Result<Vec<PeriodStepRow>> {
    const STEPS: &str = "SELECT step, actor, at, reason, approved FROM period_step
        WHERE property_id = $1 AND period = $2 ORDER BY seq DESC LIMIT 100";
    let rows: Vec<(String, String, i64, String, i64)> = on!(store.reader(), |pool| sqlx::query_as(STEPS)
        .bind(property_id)
        .bind(period.to_string())
        .fetch_all(pool)
        .await?);
    let row = |(step, by, at, reason, approved)| PeriodStepRow {
        step,
        by,
        at: Timestamp::from_ms(at).to_rfc3339(),
        reason,
        approved: u64::try_from(approved).unwrap_or(0),
    };
    Ok(rows.into_iter().rev().map(row).collect())
}
