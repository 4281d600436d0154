//! Passkeys are taken away. A lost laptop may still be signed in, so sessions end with them.

use serde_json::json;
use shared::timestamp::Timestamp;

use crate::accounts::AccountError;
use crate::accounts::passwords::end_sessions;
use crate::audit::AuditEntry;
use crate::database::Transaction;
use crate::in_transaction;
use crate::store::Store;

/// Removes one of the person's own; the session that it was done in goes on, the person's others end.
pub async fn remove_own(
    store: &Store,
    now: Timestamp,
    (account_id, username): (i64, &str),
    id: &str,
    own_session: &str,
) -> Result<(), AccountError> {
    const REMOVE: &str = "DELETE FROM passkey WHERE id = $1 AND account_id = $2 RETURNING name";
    let mut transaction = Transaction::begin(store.writer()).await?;
    let name: Option<String> = in_transaction!(&mut transaction, |c| sqlx::query_scalar(REMOVE)
        .bind(id)
        .bind(account_id)
        .fetch_optional(c)
        .await?);
    let name = name.ok_or(AccountError::NotFound)?;
    end_sessions(&mut transaction, account_id, own_session).await?;
    let entry = AuditEntry {
        at: now,
        actor: username.to_owned(),
        action: "passkey_remove",
        subject: username.to_owned(),
        detail: json!({ "passkey": name }),
    };
    entry.write(&mut transaction).await?;
    transaction.commit().await?;
    Ok(())
}

/// An admin removes all of a person's, and ends the person's sessions; harmless when there are none.
pub async fn remove_all(
    store: &Store,
    now: Timestamp,
    actor: &str,
    account_id: i64,
) -> Result<(), AccountError> {
    // Locks the account, so that one that is added at this moment is there before or not at all.
    const NAME: &str = "UPDATE account SET name = name WHERE id = $1 RETURNING name";
    let mut transaction = Transaction::begin(store.writer()).await?;
    let name: Option<String> = in_transaction!(&mut transaction, |c| sqlx::query_scalar(NAME)
        .bind(account_id)
        .fetch_optional(c)
        .await?);
    let subject = name.ok_or(AccountError::NotFound)?;
    let removed = remove_in(&mut transaction, account_id).await?;
    if removed > 0 {
        end_sessions(&mut transaction, account_id, "").await?;
        let entry = AuditEntry {
            at: now,
            actor: actor.to_owned(),
            action: "passkey_remove",
            subject,
            detail: json!({ "passkeys": removed }),
        };
        entry.write(&mut transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Removes all of a person's together with what else is written, and what the person had begun; tells how many there were.
pub(in crate::accounts) async fn remove_in(
    transaction: &mut Transaction,
    account_id: i64,
) -> sqlx::Result<u64> {
    const BEGUN: &str = "DELETE FROM passkey_ceremony WHERE account_id = $1";
    const REMOVE: &str = "DELETE FROM passkey WHERE account_id = $1";
    in_transaction!(&mut *transaction, |c| sqlx::query(BEGUN)
        .bind(account_id)
        .execute(c)
        .await
        .map(drop))?;
    in_transaction!(transaction, |c| sqlx::query(REMOVE)
        .bind(account_id)
        .execute(c)
        .await
        .map(|it| it.rows_affected()))
}
