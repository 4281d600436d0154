//! What is kept of a passkey: its public half, for whom it is, and how the person calls it.

use serde_json::json;
use shared::timestamp::Timestamp;
use shared::wire::passkeys::{PasskeyRow, passkey_name};
use uuid::Uuid;
use webauthn_rs::prelude::{CredentialID, Passkey};

use super::{Adding, PASSKEYS_MAX, read, written};
use crate::accounts::AccountError;
use crate::audit::AuditEntry;
use crate::database::Transaction;
use crate::hexadecimal::hexadecimal;
use crate::store::Store;
use crate::{in_transaction, on};

/// For whom a passkey is made.
pub struct Holder {
    /// Name to sign in with.
    pub username: String,
    /// How the person is called; may be empty.
    pub full_name: String,
    /// In the account's place on the person's devices.
    pub user_handle: Uuid,
    /// The passkeys that are there: no device needs two.
    pub credentials: Vec<CredentialID>,
}

impl Holder {
    /// What the person's device shows.
    pub fn shown_name(&self) -> &str {
        if self.full_name.is_empty() {
            &self.username
        } else {
            &self.full_name
        }
    }
}

/// A passkey as it is kept, of somebody who may sign in by it.
pub struct KeptPasskey {
    id: String,
    state: String,
    /// Whose it is.
    pub account_id: i64,
    /// The person's name to sign in with.
    pub username: String,
    /// What it was bound to.
    pub user_handle: Uuid,
    /// What it is checked with.
    pub passkey: Passkey,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    created_at: i64,
    last_used_at: Option<i64>,
}

/// The person for whom a passkey is to be made; `fresh` is their handle when they have none yet.
pub async fn holder(store: &Store, account_id: i64, fresh: Uuid) -> Result<Holder, AccountError> {
    const ACCOUNT: &str = "SELECT name, full_name FROM account WHERE id = $1";
    const PASSKEYS: &str =
        "SELECT user_handle, state FROM passkey WHERE account_id = $1 ORDER BY created_at, id";
    let account: Option<(String, String)> = on!(store.reader(), |pool| sqlx::query_as(ACCOUNT)
        .bind(account_id)
        .fetch_optional(pool)
        .await?);
    let (username, full_name) = account.ok_or(AccountError::NotFound)?;
    let kept: Vec<(String, String)> = on!(store.reader(), |pool| sqlx::query_as(PASSKEYS)
        .bind(account_id)
        .fetch_all(pool)
        .await?);
    if kept.len() >= PASSKEYS_MAX {
        return Err(AccountError::PasskeysEnough(PASSKEYS_MAX));
    }
    let known = kept.first().and_then(|(handle, _)| handle.parse().ok());
    let credentials = kept
        .iter()
        .map(|(_, state)| read(state).map(|passkey: Passkey| passkey.cred_id().clone()))
        .collect::<sqlx::Result<Vec<CredentialID>>>()?;
    Ok(Holder {
        username,
        full_name,
        user_handle: known.unwrap_or(fresh),
        credentials,
    })
}

/// The person's passkeys, the oldest first.
pub async fn list(store: &Store, account_id: i64) -> sqlx::Result<Vec<PasskeyRow>> {
    const SELECT: &str = "SELECT id, name, created_at, last_used_at FROM passkey \
         WHERE account_id = $1 ORDER BY created_at, id";
    let rows: Vec<Row> = on!(store.reader(), |pool| sqlx::query_as(SELECT)
        .bind(account_id)
        .fetch_all(pool)
        .await?);
    let time = |ms: i64| Timestamp::from_ms(ms).to_rfc3339();
    let rows = rows.into_iter().map(|row| PasskeyRow {
        id: row.id,
        name: row.name,
        created_at: time(row.created_at),
        last_used_at: row.last_used_at.map(time),
    });
    Ok(rows.collect())
}

/// Keeps a passkey that was made, unless the person may not sign in by it any more or has another password since.
pub async fn add(
    store: &Store,
    now: Timestamp,
    account_id: i64,
    name: &str,
    adding: &Adding,
    passkey: &Passkey,
) -> Result<PasskeyRow, AccountError> {
    // Locks the account, so that whoever takes all passkeys away at that moment sees this one.
    const ACCOUNT: &str = "UPDATE account SET name = name WHERE id = $1 AND password_hash = $2 AND first_password = 0 \
         AND disabled_at IS NULL AND role IN ('reviewer', 'admin') RETURNING name";
    const INSERT: &str = "INSERT INTO passkey (id, account_id, credential_id, user_handle, state, name, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (credential_id) DO NOTHING";
    let name = passkey_name(name).ok_or(AccountError::BadPasskeyName)?;
    let id = Uuid::new_v4().to_string();
    let state = written(passkey)?;
    let mut transaction = Transaction::begin(store.writer()).await?;
    let username: Option<String> = in_transaction!(&mut transaction, |c| sqlx::query_scalar(ACCOUNT)
        .bind(account_id)
        .bind(&adding.password_hash)
        .fetch_optional(c)
        .await?);
    let username = username.ok_or(AccountError::PasskeyRefused)?;
    let added = in_transaction!(&mut transaction, |c| sqlx::query(INSERT)
        .bind(&id)
        .bind(account_id)
        .bind(hexadecimal(passkey.cred_id()))
        .bind(adding.user_handle.to_string())
        .bind(&state)
        .bind(name)
        .bind(now.ms())
        .execute(c)
        .await
        .map(|it| it.rows_affected()))?;
    if added == 0 {
        return Err(AccountError::PasskeyKnown);
    }
    let entry = AuditEntry {
        at: now,
        actor: username.clone(),
        action: "passkey_add",
        subject: username,
        detail: json!({ "passkey": name }),
    };
    entry.write(&mut transaction).await?;
    transaction.commit().await?;
    Ok(PasskeyRow {
        id,
        name: name.to_owned(),
        created_at: now.to_rfc3339(),
        last_used_at: None,
    })
}

/// The passkey with this identity, if it lets its person in.
pub async fn find(store: &Store, credential_id: &[u8]) -> sqlx::Result<Option<KeptPasskey>> {
    const SELECT: &str = "SELECT k.id, k.state, k.account_id, k.user_handle, a.name FROM passkey k \
         JOIN account a ON a.id = k.account_id WHERE k.credential_id = $1 \
         AND a.disabled_at IS NULL AND a.role IN ('reviewer', 'admin')";
    let row: Option<(String, String, i64, String, String)> =
        on!(store.reader(), |pool| sqlx::query_as(SELECT)
            .bind(hexadecimal(credential_id))
            .fetch_optional(pool)
            .await?);
    row.map(|(id, state, account_id, user_handle, username)| {
        Ok(KeptPasskey {
            passkey: read(&state)?,
            user_handle: user_handle
                .parse()
                .map_err(|error: uuid::Error| sqlx::Error::Decode(error.into()))?,
            id,
            state,
            account_id,
            username,
        })
    })
    .transpose()
}

/// Keeps how far the passkey has counted by now; `false` when it was used or removed in the meantime: of two answers with one
/// count one is a copy's.
pub async fn use_up(
    store: &Store,
    now: Timestamp,
    kept: &KeptPasskey,
    counted: &Passkey,
) -> sqlx::Result<bool> {
    const UPDATE: &str = "UPDATE passkey SET state = $3, last_used_at = $4 WHERE id = $1 AND state = $2";
    let state = written(counted)?;
    let updated = on!(store.writer(), |pool| sqlx::query(UPDATE)
        .bind(&kept.id)
        .bind(&kept.state)
        .bind(&state)
        .bind(now.ms())
        .execute(pool)
        .await?
        .rows_affected());
    Ok(updated == 1)
}
