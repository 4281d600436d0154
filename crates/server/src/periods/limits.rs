//! When a month is read, and how long after its end it still takes readings.

use serde_json::json;
use shared::period::LateDays;
use shared::reading_window::WindowDays;
use shared::timestamp::Timestamp;
use shared::wire::list::RuleSettings;

use crate::audit::AuditEntry;
use crate::database::{Counters, Transaction};
use crate::in_transaction;
use crate::store::Store;

/// What an admin sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Days of a month in which readings may still belong to the month before.
    pub late_days: LateDays,
    /// Last days of a month in which its meters are read; `None` leaves it as it is.
    pub window_days: Option<WindowDays>,
}

/// Sets them for all properties. They have a change number, so that phones ask for the list with them again.
pub async fn set_limits(store: &Store, now: Timestamp, actor: &str, limits: Limits) -> sqlx::Result<()> {
    const RULES: &str = "SELECT value FROM setting WHERE name = 'rules'";
    const SET: &str = "INSERT INTO setting (name, value) VALUES ('rules', $1)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    let mut transaction = Transaction::begin(store.writer()).await?;
    let counters = transaction.lock_counters().await?;
    let text: Option<String> = in_transaction!(&mut transaction, |c| sqlx::query_scalar(RULES)
        .fetch_optional(c)
        .await?);
    let before: RuleSettings = text
        .and_then(|it| serde_json::from_str(&it).ok())
        .unwrap_or_default();
    let after = limits.in_rules(&before);
    if after == before {
        // Nothing happened, so nothing is told.
        return transaction.commit().await;
    }
    in_transaction!(&mut transaction, |c| sqlx::query(SET)
        .bind(json!(after).to_string())
        .execute(c)
        .await
        .map(drop))?;
    for (name, before, after) in [
        ("late_days", before.late_days, after.late_days),
        (
            "reading_window_days",
            before.reading_window_days,
            after.reading_window_days,
        ),
    ] {
        if before != after {
            let entry = AuditEntry {
                at: now,
                actor: actor.to_owned(),
                action: "setting_change",
                subject: name.to_owned(),
                detail: json!({ name: after }),
            };
            entry.write(&mut transaction).await?;
        }
    }
    transaction
        .store_counters(Counters {
            change: counters.change + 1,
            ..counters
        })
        .await?;
    transaction.commit().await
}

impl Limits {
    fn in_rules(self, rules: &RuleSettings) -> RuleSettings {
        RuleSettings {
            late_days: self.late_days.number(),
            reading_window_days: self
                .window_days
                .map_or(rules.reading_window_days, WindowDays::number),
            ..rules.clone()
        }
    }
}
