//! Whether a phone may send by itself: an admin revokes it, and takes it back in.

use shared::device_warning::DeviceRules;
use shared::id::DeviceId;
use shared::timestamp::Timestamp;

use crate::audit::AuditEntry;
use crate::database::Transaction;
use crate::in_transaction;
use crate::store::Store;

/// What an admin decides about a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// What it sends is held for the office, and it gets no list.
    Revoked,
    /// It is trusted as on its first day.
    Enrolled,
}

/// Decides about a phone; `false` when nobody ever enrolled it. Deciding the same again keeps the first moment.
pub async fn set_standing(
    store: &Store,
    now: Timestamp,
    actor: &str,
    device: DeviceId,
    standing: Standing,
) -> sqlx::Result<bool> {
    // Nothing changes where the phone stands so already: then there is nothing for the audit either.
    const REVOKE: &str = "UPDATE device SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
    const READMIT: &str =
        "UPDATE device SET revoked_at = NULL WHERE id = $1 AND revoked_at IS NOT NULL AND $2 > 0";
    const KNOWN: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM device WHERE id = $1";
    let (update, action) = match standing {
        Standing::Revoked => (REVOKE, "device_revoke"),
        Standing::Enrolled => (READMIT, "device_readmit"),
    };
    let id = device.to_string();
    let mut transaction = Transaction::begin(store.writer()).await?;
    let changed: u64 = in_transaction!(&mut transaction, |c| sqlx::query(update)
        .bind(&id)
        .bind(now.ms())
        .execute(c)
        .await?
        .rows_affected());
    let known: i64 = in_transaction!(&mut transaction, |c| sqlx::query_scalar(KNOWN)
        .bind(&id)
        .fetch_one(c)
        .await?);
    if changed > 0 {
        entry(now, actor, action, id, serde_json::json!({}))
            .write(&mut transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(known > 0)
}

/// Sets when the office is warned of a phone.
pub async fn set_device_rules(
    store: &Store,
    now: Timestamp,
    actor: &str,
    rules: DeviceRules,
) -> sqlx::Result<()> {
    const SET: &str = "INSERT INTO setting (name, value) VALUES ('devices', $1)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    let value = serde_json::json!(rules);
    let mut transaction = Transaction::begin(store.writer()).await?;
    in_transaction!(&mut transaction, |c| sqlx::query(SET)
        .bind(value.to_string())
        .execute(c)
        .await
        .map(drop))?;
    entry(now, actor, "setting_change", String::from("devices"), value)
        .write(&mut transaction)
        .await?;
    transaction.commit().await
}

fn entry(
    at: Timestamp,
    actor: &str,
    action: &'static str,
    subject: String,
    detail: serde_json::Value,
) -> AuditEntry {
    AuditEntry {
        at,
        actor: actor.to_owned(),
        action,
        subject,
        detail,
    }
}
