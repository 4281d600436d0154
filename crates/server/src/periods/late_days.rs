//! How long after its end a month still takes readings.

use serde_json::json;
use shared::period::LateDays;
use shared::timestamp::Timestamp;
use shared::wire::list::RuleSettings;

use crate::audit::AuditEntry;
use crate::database::{Counters, Transaction};
use crate::in_transaction;
use crate::store::Store;

/// Sets it for all properties. It has a change number, so that phones ask for the list with it again.
pub async fn set_late_days(
    store: &Store,
    now: Timestamp,
    actor: &str,
    late_days: LateDays,
) -> sqlx::Result<()> {
    const RULES: &str = "SELECT value FROM setting WHERE name = 'rules'";
    const SET: &str = "INSERT INTO setting (name, value) VALUES ('rules', $1)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    let mut transaction = Transaction::begin(store.writer()).await?;
    let counters = transaction.lock_counters().await?;
    let text: Option<String> = in_transaction!(&mut transaction, |c| sqlx::query_scalar(RULES)
        .fetch_optional(c)
        .await?);
    let rules = text
        .and_then(|it| serde_json::from_str(&it).ok())
        .unwrap_or_default();
    let value = json!(RuleSettings {
        late_days: late_days.number(),
        ..rules
    });
    in_transaction!(&mut transaction, |c| sqlx::query(SET)
        .bind(value.to_string())
        .execute(c)
        .await
        .map(drop))?;
    let entry = AuditEntry {
        at: now,
        actor: actor.to_owned(),
        action: "setting_change",
        subject: "late_days".to_owned(),
        detail: json!({ "late_days": late_days.number() }),
    };
    entry.write(&mut transaction).await?;
    transaction
        .store_counters(Counters {
            change: counters.change + 1,
            ..counters
        })
        .await?;
    transaction.commit().await
}
