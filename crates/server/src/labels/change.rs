//! A label is revoked, or replaced by a new one. The phones hear of it with the next list, as of any other change of the
//! meter point.

use shared::label::ShortCode;
use shared::timestamp::Timestamp;

use super::LabelRecord;
use crate::audit::AuditEntry;
use crate::auth::Person;
use crate::database::Transaction;
use crate::in_transaction;
use crate::store::Store;

/// What the office does with a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelChange {
    /// It names nothing any more.
    Revoke,
    /// The same, and its meter point gets a new one.
    Reissue,
}

/// Why a label was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// No such label, or not in this person's properties.
    #[error("no such label")]
    NotFound,
    /// It was revoked before, and its meter point has a valid label: perhaps from the same request, sent twice.
    #[error("the meter point has another label by now")]
    Replaced,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Changes a label; gives it as it is then, or the new one. Revoking a revoked one keeps the first moment and reason.
pub async fn change(
    store: &Store,
    now: Timestamp,
    person: &Person,
    code: ShortCode,
    change: LabelChange,
    reason: &str,
) -> Result<LabelRecord, ChangeError> {
    let mut transaction = Transaction::begin(store.writer()).await?;
    // Keeps every other writer out: what is read from here on is what is changed.
    let mut counters = transaction.lock_counters().await?;
    let old = code.to_string();
    let label = find(&mut transaction, &old).await?;
    let label = label.filter(|it| person.properties.contains(&it.property_normal));
    let label = label.ok_or(ChangeError::NotFound)?;
    let was_valid = label.revoked_at.is_none();
    if change == LabelChange::Reissue && !was_valid && label.valid_labels > 0 {
        return Err(ChangeError::Replaced);
    }
    let new = match change {
        LabelChange::Revoke => None,
        LabelChange::Reissue => Some(issue(&mut transaction, label.meter_point_id, now).await?),
    };
    if was_valid {
        revoke(&mut transaction, &old, now, reason).await?;
    }
    if was_valid || new.is_some() {
        counters.change += 1;
        touch(&mut transaction, label.meter_point_id, counters.change).await?;
        transaction.store_counters(counters).await?;
        entry(now, person, &old, new.as_deref(), reason)
            .write(&mut transaction)
            .await?;
    }
    let shown = record(&mut transaction, new.as_deref().unwrap_or(&old)).await?;
    transaction.commit().await?;
    Ok(shown)
}

#[derive(sqlx::FromRow)]
struct Found {
    meter_point_id: i64,
    property_normal: String,
    revoked_at: Option<i64>,
    valid_labels: i64,
}

async fn find(transaction: &mut Transaction, code: &str) -> sqlx::Result<Option<Found>> {
    const FIND: &str = "SELECT l.meter_point_id, p.code_normal AS property_normal, l.revoked_at,
            (SELECT CAST(COUNT(*) AS BIGINT) FROM label valid
                WHERE valid.meter_point_id = l.meter_point_id AND valid.revoked_at IS NULL) AS valid_labels
        FROM label l JOIN meter_point mp ON mp.id = l.meter_point_id JOIN unit u ON u.id = mp.unit_id
        JOIN property p ON p.id = u.property_id WHERE l.code = $1 AND mp.removed_at IS NULL";
    in_transaction!(transaction, |c| sqlx::query_as(FIND)
        .bind(code)
        .fetch_optional(c)
        .await)
}

/// Chance decides; a code that was ever given out is not given out again.
async fn issue(transaction: &mut Transaction, meter_point_id: i64, now: Timestamp) -> sqlx::Result<String> {
    const INSERT: &str = "INSERT INTO label (code, meter_point_id, issued_at) VALUES ($1, $2, $3)
        ON CONFLICT (code) DO NOTHING";
    loop {
        let code = ShortCode::from_random(rand::random()).to_string();
        let inserted = in_transaction!(&mut *transaction, |c| sqlx::query(INSERT)
            .bind(&code)
            .bind(meter_point_id)
            .bind(now.ms())
            .execute(c)
            .await?
            .rows_affected());
        if inserted > 0 {
            return Ok(code);
        }
    }
}

async fn revoke(transaction: &mut Transaction, code: &str, now: Timestamp, reason: &str) -> sqlx::Result<()> {
    const REVOKE: &str = "UPDATE label SET revoked_at = $2, revoke_reason = $3 WHERE code = $1";
    in_transaction!(transaction, |c| sqlx::query(REVOKE)
        .bind(code)
        .bind(now.ms())
        .bind(reason)
        .execute(c)
        .await
        .map(drop))
}

async fn touch(transaction: &mut Transaction, meter_point_id: i64, change_seq: i64) -> sqlx::Result<()> {
    const TOUCH: &str = "UPDATE meter_point SET changed_seq = $2 WHERE id = $1";
    in_transaction!(transaction, |c| sqlx::query(TOUCH)
        .bind(meter_point_id)
        .bind(change_seq)
        .execute(c)
        .await
        .map(drop))
}

async fn record(transaction: &mut Transaction, code: &str) -> sqlx::Result<LabelRecord> {
    let sql = format!(
        "{} {} WHERE {} AND l.code = $1",
        super::SELECT,
        super::FROM_LABEL,
        super::JOINED
    );
    in_transaction!(transaction, |c| sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(code)
        .fetch_one(c)
        .await)
}

fn entry(at: Timestamp, person: &Person, old: &str, new: Option<&str>, reason: &str) -> AuditEntry {
    let mut detail = serde_json::json!({ "reason": reason });
    let action = match new {
        None => "label_revoke",
        Some(new) => {
            detail["new_code"] = new.into();
            "label_reissue"
        }
    };
    AuditEntry {
        at,
        actor: person.name.clone(),
        action,
        subject: old.to_owned(),
        detail,
    }
}
