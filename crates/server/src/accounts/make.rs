//! Accounts are made: on the command line, and by admins.

use serde_json::json;
use shared::timestamp::Timestamp;
use shared::wire::session::RoleName;

use super::change::Members;
use super::properties::{assign, named};
use super::{AccountError, name_normal, role_text};
use crate::audit::{AuditEntry, COMMAND_LINE};
use crate::auth::password;
use crate::database::Transaction;
use crate::in_transaction;
use crate::store::Store;

const NAME_CHARACTERS_MAX: usize = 40;

/// An account to be made with a password that somebody chose.
#[derive(Debug)]
pub struct NewAccount<'a> {
    /// Name to sign in with.
    pub name: &'a str,
    /// What the person may do.
    pub role: RoleName,
    /// Which properties; `None` for all, also later ones.
    pub property_codes: Option<&'a [String]>,
    /// At least ten characters.
    pub password: &'a str,
}

/// Makes an account on the command line.
pub async fn add(store: &Store, now: Timestamp, account: NewAccount<'_>) -> Result<(), AccountError> {
    let members = Members {
        role: account.role,
        property_codes: account.property_codes.map(<[String]>::to_vec),
        ..Members::default()
    };
    let hash = password::hash(account.password)?;
    let made = insert(store, now, COMMAND_LINE, account.name, &members, (&hash, false));
    made.await.map(drop)
}

/// Makes an account with a first password, whose hash this is; gives its key.
pub async fn make(
    store: &Store,
    now: Timestamp,
    actor: &str,
    name: &str,
    members: &Members,
    password_hash: &str,
) -> Result<i64, AccountError> {
    insert(store, now, actor, name, members, (password_hash, true)).await
}

async fn insert(
    store: &Store,
    now: Timestamp,
    actor: &str,
    name: &str,
    members: &Members,
    (password_hash, is_first): (&str, bool),
) -> Result<i64, AccountError> {
    const INSERT: &str = "INSERT INTO account (name, name_normal, full_name, password_hash, first_password, role, \
         all_properties, created_at, disabled_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
         ON CONFLICT (name_normal) DO NOTHING RETURNING id";
    let name = name.trim();
    let fits = !name.is_empty()
        && name.chars().count() <= NAME_CHARACTERS_MAX
        && !name.chars().any(char::is_control);
    if !fits {
        return Err(AccountError::BadName);
    }
    let full_name = members.full_name()?;
    let mut transaction = Transaction::begin(store.writer()).await?;
    let properties = named(&mut transaction, members.property_codes()).await?;
    let account_id: Option<i64> = in_transaction!(&mut transaction, |c| sqlx::query_scalar(INSERT)
        .bind(name)
        .bind(name_normal(name))
        .bind(full_name)
        .bind(password_hash)
        .bind(i64::from(is_first))
        .bind(role_text(members.role))
        .bind(i64::from(members.property_codes.is_none()))
        .bind(now.ms())
        .bind((!members.active).then_some(now.ms()))
        .fetch_optional(c)
        .await?);
    let account_id = account_id.ok_or_else(|| AccountError::NameTaken(name.into()))?;
    assign(&mut transaction, account_id, &properties).await?;
    let codes: Vec<&String> = properties.values().collect();
    let properties = match members.property_codes {
        None => json!("all"),
        Some(_) => json!(codes),
    };
    let entry = AuditEntry {
        at: now,
        actor: actor.to_owned(),
        action: "account_add",
        subject: name.to_owned(),
        detail: json!({ "role": role_text(members.role), "properties": properties, "full_name": full_name }),
    };
    entry.write(&mut transaction).await?;
    transaction.commit().await?;
    Ok(account_id)
}
