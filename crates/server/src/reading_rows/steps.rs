//! What the office did with an item, step by step.

use std::collections::BTreeMap;

use shared::id::ItemId;
use shared::timestamp::Timestamp;
use shared::wire::office::{DecisionRow, ReadingRow};
use sqlx::FromRow;

use crate::on;
use crate::store::Store;

const STEPS: &str = "
    SELECT i.receipt_seq, d.step, d.state, d.actor, d.at, d.reason
    FROM item_decision d JOIN item i ON i.id = d.id AND i.revision = d.revision AND i.variant = d.variant
    WHERE d.id = $1 ORDER BY d.seq LIMIT 5000";

#[derive(FromRow)]
struct Step {
    receipt_seq: i64,
    step: String,
    state: String,
    actor: String,
    at: i64,
    reason: String,
}

/// Puts the steps beside the rows of an item.
pub(super) async fn add(store: &Store, id: ItemId, rows: &mut [ReadingRow]) -> sqlx::Result<()> {
    let steps: Vec<Step> = on!(store.reader(), |pool| sqlx::query_as(STEPS)
        .bind(id.to_string())
        .fetch_all(pool)
        .await?);
    let mut by_receipt: BTreeMap<i64, Vec<DecisionRow>> = BTreeMap::new();
    for step in steps {
        let row = DecisionRow {
            step: step.step,
            state: step.state,
            by: step.actor,
            at: Timestamp::from_ms(step.at).to_rfc3339(),
            reason: step.reason,
        };
        by_receipt.entry(step.receipt_seq).or_default().push(row);
    }
    for row in rows {
        row.decisions = by_receipt.remove(&row.receipt_seq).unwrap_or_default();
    }
    Ok(())
}
