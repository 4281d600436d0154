//! Codes that enrol a phone: an admin shows one, a phone reads it and is signed in as that person. Good once, for a short
//! time, and only while the person may sign in.

use serde_json::json;
use sha2::{Digest, Sha256};
use shared::id::DeviceId;
use shared::timestamp::Timestamp;
use shared::wire::session::RoleName;

use super::{AccountError, devices, role_text};
use crate::audit::AuditEntry;
use crate::database::Transaction;
use crate::hexadecimal::hexadecimal;
use crate::in_transaction;
use crate::store::Store;

/// Long enough to walk over with the phone, too short to be found in a drawer.
const LIFETIME_MS: i64 = 15 * 60 * 1_000;
/// Characters of a token: 160 bits, five a character.
const TOKEN_CHARACTERS: usize = 32;
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What a code holds; whoever has it can sign in by it once.
pub struct EnrolmentToken(String);

impl EnrolmentToken {
    /// Out of chance. Digits and capitals: they make the smaller QR code.
    pub fn from_random(random: [u8; TOKEN_CHARACTERS]) -> Self {
        let letters = random
            .iter()
            .filter_map(|byte| LETTERS.get(usize::from(byte & 31)));
        Self(letters.map(|it| char::from(*it)).collect())
    }

    /// What a phone has sent; `None` for what no token can be.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == TOKEN_CHARACTERS && text.bytes().all(|it| LETTERS.contains(&it));
        fits.then(|| Self(text.to_owned()))
    }

    /// Its text, for the person.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn hash(&self) -> String {
        hexadecimal(&Sha256::digest(self.0.as_bytes()))
    }
}

/// Whom a code is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Name to sign in with.
    pub username: String,
    /// When the code runs out.
    pub expires_at: Timestamp,
}

/// Makes a code for an active technician; the one before is good no more.
pub async fn invite(
    store: &Store,
    now: Timestamp,
    actor: &str,
    account_id: i64,
    token: &EnrolmentToken,
) -> Result<Invitation, AccountError> {
    const SELECT: &str = "SELECT name, role, disabled_at FROM account WHERE id = $1";
    const INSERT: &str =
        "INSERT INTO enrolment (token_hash, account_id, created_at, expires_at) VALUES ($1, $2, $3, $4)";
    let mut transaction = Transaction::begin(store.writer()).await?;
    let account: Option<(String, String, Option<i64>)> =
        in_transaction!(&mut transaction, |c| sqlx::query_as(SELECT)
            .bind(account_id)
            .fetch_optional(c)
            .await?);
    let (username, role, disabled_at) = account.ok_or(AccountError::NotFound)?;
    if role != role_text(RoleName::Technician) {
        return Err(AccountError::NotTechnician);
    }
    if disabled_at.is_some() {
        return Err(AccountError::NotActive);
    }
    end_codes(&mut transaction, account_id).await?;
    let expires_at = now.plus_ms(LIFETIME_MS);
    in_transaction!(&mut transaction, |c| sqlx::query(INSERT)
        .bind(token.hash())
        .bind(account_id)
        .bind(now.ms())
        .bind(expires_at.ms())
        .execute(c)
        .await
        .map(drop))?;
    entry(now, actor, "enrolment_code", &username, json!({}))
        .write(&mut transaction)
        .await?;
    transaction.commit().await?;
    Ok(Invitation { username, expires_at })
}

/// Takes back the code that was not used yet; harmless when there is none.
pub async fn take_back(
    store: &Store,
    now: Timestamp,
    actor: &str,
    account_id: i64,
) -> Result<(), AccountError> {
    const NAME: &str = "SELECT name FROM account WHERE id = $1";
    let mut transaction = Transaction::begin(store.writer()).await?;
    let name: Option<String> = in_transaction!(&mut transaction, |c| sqlx::query_scalar(NAME)
        .bind(account_id)
        .fetch_optional(c)
        .await?);
    let name = name.ok_or(AccountError::NotFound)?;
    if end_codes(&mut transaction, account_id).await? > 0 {
        entry(now, actor, "enrolment_take_back", &name, json!({}))
            .write(&mut transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Uses a code up and enrols the phone; gives the account that it was made for. A code that a revoked phone shows stays good
/// for another one.
pub async fn redeem(
    store: &Store,
    now: Timestamp,
    token: &EnrolmentToken,
    device_id: DeviceId,
) -> Result<i64, AccountError> {
    // One statement looks and uses: of two phones that show one code at once, one finds it unused.
    const USE: &str = "UPDATE enrolment SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 \
         AND account_id IN (SELECT id FROM account WHERE disabled_at IS NULL AND role = 'technician') RETURNING account_id";
    const TELL: &str = "UPDATE enrolment SET device_id = $2 WHERE token_hash = $1";
    const NAME: &str = "SELECT name FROM account WHERE id = $1";
    let mut transaction = Transaction::begin(store.writer()).await?;
    let account_id: Option<i64> = in_transaction!(&mut transaction, |c| sqlx::query_scalar(USE)
        .bind(token.hash())
        .bind(now.ms())
        .fetch_optional(c)
        .await?);
    let account_id = account_id.ok_or(AccountError::CodeNotGood)?;
    if !devices::enrol_in(&mut transaction, now, device_id, account_id).await? {
        return Err(AccountError::DeviceRevoked);
    }
    in_transaction!(&mut transaction, |c| sqlx::query(TELL)
        .bind(token.hash())
        .bind(device_id.to_string())
        .execute(c)
        .await
        .map(drop))?;
    let name: String = in_transaction!(&mut transaction, |c| sqlx::query_scalar(NAME)
        .bind(account_id)
        .fetch_one(c)
        .await?);
    let detail = json!({ "phone": device_id });
    entry(now, &name, "enrolment_use", &name, detail)
        .write(&mut transaction)
        .await?;
    transaction.commit().await?;
    Ok(account_id)
}

async fn end_codes(transaction: &mut Transaction, account_id: i64) -> sqlx::Result<u64> {
    const END: &str = "DELETE FROM enrolment WHERE account_id = $1 AND used_at IS NULL";
    in_transaction!(transaction, |c| sqlx::query(END)
        .bind(account_id)
        .execute(c)
        .await
        .map(|it| it.rows_affected()))
}

fn entry(
    at: Timestamp,
    actor: &str,
    action: &'static str,
    subject: &str,
    detail: serde_json::Value,
) -> AuditEntry {
    AuditEntry {
        at,
        actor: actor.to_owned(),
        action,
        subject: subject.to_owned(),
        detail,
    }
}
