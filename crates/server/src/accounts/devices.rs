//! Phones: one enrols itself when somebody first signs in on it.

use shared::id::DeviceId;
use shared::timestamp::Timestamp;

use crate::database::Transaction;
use crate::in_transaction;
use crate::on;
use crate::store::Store;

/// Enrols the phone unless it is known; `false` when it was revoked.
pub async fn enrol(
    store: &Store,
    now: Timestamp,
    device_id: DeviceId,
    account_id: i64,
) -> sqlx::Result<bool> {
    let mut transaction = Transaction::begin(store.writer()).await?;
    let is_trusted = enrol_in(&mut transaction, now, device_id, account_id).await?;
    transaction.commit().await?;
    Ok(is_trusted)
}

/// The same, together with what else is written.
pub(super) async fn enrol_in(
    transaction: &mut Transaction,
    now: Timestamp,
    device_id: DeviceId,
    account_id: i64,
) -> sqlx::Result<bool> {
    const INSERT: &str =
        "INSERT INTO device (id, account_id, enrolled_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING";
    const REVOKED: &str = "SELECT revoked_at FROM device WHERE id = $1";
    let id = device_id.to_string();
    in_transaction!(&mut *transaction, |c| sqlx::query(INSERT)
        .bind(&id)
        .bind(account_id)
        .bind(now.ms())
        .execute(c)
        .await
        .map(drop))?;
    let revoked: Option<Option<i64>> = in_transaction!(transaction, |c| sqlx::query_scalar(REVOKED)
        .bind(&id)
        .fetch_optional(c)
        .await?);
    Ok(revoked.flatten().is_none())
}

/// The highest running number that the server has seen from this phone and person.
pub async fn device_seq_seen(
    store: &Store,
    device_id: DeviceId,
    account_id: i64,
    name_normal: &str,
) -> sqlx::Result<u64> {
    const SELECT: &str = "SELECT CAST(COALESCE(MAX(n), 0) AS BIGINT) FROM ( \
         SELECT MAX(device_seq) AS n FROM item WHERE captured_by = $1 AND device_id = $2 \
         UNION ALL SELECT device_total FROM device_queue WHERE device_id = $2 AND account_id = $3) AS seen";
    let seen: i64 = on!(store.reader(), |pool| {
        sqlx::query_scalar(SELECT)
            .bind(name_normal)
            .bind(device_id.to_string())
            .bind(account_id)
            .fetch_one(pool)
            .await?
    });
    Ok(u64::try_from(seen).unwrap_or(0))
}
