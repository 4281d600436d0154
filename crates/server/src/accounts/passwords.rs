//! Passwords are set, reset and changed; each time the sessions that the old one opened end. Whoever sets one for somebody else
//! takes the passkeys away too: it is done when a password was lost or stolen, and nobody knows who made them.

use serde_json::json;
use shared::timestamp::Timestamp;

use super::passkeys::remove_in;
use super::{AccountError, name_normal};
use crate::audit::{AuditEntry, COMMAND_LINE};
use crate::auth::password;
use crate::database::Transaction;
use crate::in_transaction;
use crate::store::Store;

/// Gives an account a new password on the command line and ends all its sessions.
pub async fn set_password(
    store: &Store,
    now: Timestamp,
    name: &str,
    password: &str,
) -> Result<(), AccountError> {
    const FIND: &str = "SELECT id FROM account WHERE name_normal = $1";
    let hash = password::hash(password)?;
    let mut transaction = Transaction::begin(store.writer()).await?;
    let account_id: Option<i64> = in_transaction!(&mut transaction, |c| sqlx::query_scalar(FIND)
        .bind(name_normal(name))
        .fetch_optional(c)
        .await?);
    let account_id = account_id.ok_or_else(|| AccountError::UnknownName(name.into()))?;
    set(&mut transaction, now, COMMAND_LINE, account_id, (&hash, false)).await?;
    transaction.commit().await?;
    Ok(())
}

/// Gives an account a first password, whose hash this is, and ends all its sessions.
pub async fn reset_password(
    store: &Store,
    now: Timestamp,
    actor: &str,
    account_id: i64,
    password_hash: &str,
) -> Result<(), AccountError> {
    let mut transaction = Transaction::begin(store.writer()).await?;
    set(&mut transaction, now, actor, account_id, (password_hash, true)).await?;
    transaction.commit().await?;
    Ok(())
}

async fn set(
    transaction: &mut Transaction,
    now: Timestamp,
    actor: &str,
    account_id: i64,
    (password_hash, is_first): (&str, bool),
) -> Result<(), AccountError> {
    const UPDATE: &str =
        "UPDATE account SET password_hash = $2, first_password = $3 WHERE id = $1 RETURNING name";
    let name: Option<String> = in_transaction!(&mut *transaction, |c| sqlx::query_scalar(UPDATE)
        .bind(account_id)
        .bind(password_hash)
        .bind(i64::from(is_first))
        .fetch_optional(c)
        .await?);
    let subject = name.ok_or(AccountError::NotFound)?;
    end_sessions(transaction, account_id, "").await?;
    let passkeys = remove_in(transaction, account_id).await?;
    let entry = AuditEntry {
        at: now,
        actor: actor.to_owned(),
        action: "password_reset",
        subject,
        detail: match passkeys {
            0 => json!({}),
            removed => json!({ "passkeys": removed }),
        },
    };
    Ok(entry.write(transaction).await?)
}

/// The person's own change, checked against `present_hash`: the session that it was made in goes on, all others end. `false`
/// when the password was another by then.
pub async fn change_password(
    store: &Store,
    now: Timestamp,
    account_id: i64,
    present_hash: &str,
    new_hash: &str,
    own_session: &str,
) -> sqlx::Result<bool> {
    const UPDATE: &str = "UPDATE account SET password_hash = $3, first_password = 0 \
         WHERE id = $1 AND password_hash = $2 RETURNING name";
    let mut transaction = Transaction::begin(store.writer()).await?;
    let name: Option<String> = in_transaction!(&mut transaction, |c| sqlx::query_scalar(UPDATE)
        .bind(account_id)
        .bind(present_hash)
        .bind(new_hash)
        .fetch_optional(c)
        .await?);
    let Some(name) = name else { return Ok(false) };
    end_sessions(&mut transaction, account_id, own_session).await?;
    let entry = AuditEntry {
        at: now,
        actor: name.clone(),
        action: "password_change",
        subject: name,
        detail: json!({}),
    };
    entry.write(&mut transaction).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Ends the person's sessions, all but one.
pub(super) async fn end_sessions(
    transaction: &mut Transaction,
    account_id: i64,
    except: &str,
) -> sqlx::Result<()> {
    const END: &str = "DELETE FROM session WHERE account_id = $1 AND id <> $2";
    in_transaction!(transaction, |c| sqlx::query(END)
        .bind(account_id)
        .bind(except)
        .execute(c)
        .await
        .map(drop))
}
