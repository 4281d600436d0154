//! What has begun between a browser and the server: kept for minutes, taken once. Taking it is deleting it, so of two answers
//! to one question the second finds nothing.

use serde::Serialize;
use shared::timestamp::Timestamp;
use uuid::Uuid;
use webauthn_rs::prelude::{DiscoverableAuthentication, PasskeyRegistration};

use super::{read, written};
use crate::accounts::AccountError;
use crate::database::Transaction;
use crate::in_transaction;
use crate::store::Store;

/// As long as browsers wait by default: finding the right device takes people a while.
const LIFETIME_MS: i64 = 5 * 60 * 1_000;
/// Anybody may begin a sign-in, so what has begun is bounded beside what one address may try.
const CEREMONIES_MAX: i64 = 10_000;

/// Somebody adds a passkey.
pub struct Adding {
    /// What the passkey is bound to.
    pub user_handle: Uuid,
    /// What the browser was asked.
    pub asked: PasskeyRegistration,
    /// The password that the person has at this moment: with another one by the time it is added, nothing is.
    pub password_hash: String,
}

/// Keeps what the browser is asked for a new passkey; what the person had begun before is over.
pub async fn begin_adding(
    store: &Store,
    now: Timestamp,
    account_id: i64,
    user_handle: Uuid,
    asked: &PasskeyRegistration,
) -> Result<String, AccountError> {
    begin(store, now, Some((account_id, user_handle)), asked).await
}

/// Keeps what the browser is asked at a sign-in.
pub async fn begin_sign_in(
    store: &Store,
    now: Timestamp,
    asked: &DiscoverableAuthentication,
) -> Result<String, AccountError> {
    begin(store, now, None, asked).await
}

/// What this person had begun under this name; it can't be taken again.
pub async fn take_adding(
    store: &Store,
    now: Timestamp,
    ceremony: &str,
    account_id: i64,
) -> Result<Adding, AccountError> {
    const TAKE: &str = "DELETE FROM passkey_ceremony WHERE id = $1 AND account_id = $2 AND expires_at > $3 RETURNING state, user_handle";
    const PASSWORD: &str = "SELECT password_hash FROM account WHERE id = $1";
    let mut transaction = Transaction::begin(store.writer()).await?;
    let taken: Option<(String, String)> = in_transaction!(&mut transaction, |c| sqlx::query_as(TAKE)
        .bind(ceremony)
        .bind(account_id)
        .bind(now.ms())
        .fetch_optional(c)
        .await?);
    let (state, user_handle) = taken.ok_or(AccountError::PasskeyRefused)?;
    let password_hash: String = in_transaction!(&mut transaction, |c| sqlx::query_scalar(PASSWORD)
        .bind(account_id)
        .fetch_one(c)
        .await?);
    transaction.commit().await?;
    Ok(Adding {
        user_handle: user_handle.parse().map_err(|_| AccountError::PasskeyRefused)?,
        asked: read(&state)?,
        password_hash,
    })
}

/// The sign-in that had begun under this name; it can't be taken again.
pub async fn take_sign_in(
    store: &Store,
    now: Timestamp,
    ceremony: &str,
) -> Result<DiscoverableAuthentication, AccountError> {
    const TAKE: &str = "DELETE FROM passkey_ceremony WHERE id = $1 AND account_id IS NULL AND expires_at > $2 RETURNING state";
    let mut transaction = Transaction::begin(store.writer()).await?;
    let state: Option<String> = in_transaction!(&mut transaction, |c| sqlx::query_scalar(TAKE)
        .bind(ceremony)
        .bind(now.ms())
        .fetch_optional(c)
        .await?);
    transaction.commit().await?;
    let state = state.ok_or(AccountError::PasskeyFailed)?;
    Ok(read(&state)?)
}

async fn begin(
    store: &Store,
    now: Timestamp,
    of: Option<(i64, Uuid)>,
    asked: &impl Serialize,
) -> Result<String, AccountError> {
    const OVER: &str = "DELETE FROM passkey_ceremony WHERE expires_at <= $1";
    const INSERT: &str = "INSERT INTO passkey_ceremony (id, account_id, user_handle, state, expires_at) \
         SELECT $1, CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS BIGINT) \
         WHERE (SELECT COUNT(*) FROM passkey_ceremony) < $6 \
         ON CONFLICT (account_id) DO UPDATE SET id = excluded.id, user_handle = excluded.user_handle, \
         state = excluded.state, expires_at = excluded.expires_at";
    let id = Uuid::new_v4().simple().to_string();
    let state = written(asked)?;
    let (account_id, user_handle) = of.unzip();
    let mut transaction = Transaction::begin(store.writer()).await?;
    in_transaction!(&mut transaction, |c| sqlx::query(OVER)
        .bind(now.ms())
        .execute(c)
        .await
        .map(drop))?;
    let begun = in_transaction!(&mut transaction, |c| sqlx::query(INSERT)
        .bind(&id)
        .bind(account_id)
        .bind(user_handle.map(|it| it.to_string()))
        .bind(&state)
        .bind(now.plus_ms(LIFETIME_MS).ms())
        .bind(CEREMONIES_MAX)
        .execute(c)
        .await
        .map(|it| it.rows_affected()))?;
    transaction.commit().await?;
    if begun == 0 {
        return Err(AccountError::PasskeysBusy);
    }
    Ok(id)
}
