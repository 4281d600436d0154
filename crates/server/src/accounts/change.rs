//! What an admin changes of an account: role, name, properties, and whether the person may sign in. All of it counts from the
//! person's next call on, as each call looks the person up.

use serde_json::{Map, Value, json};
use shared::timestamp::Timestamp;
use shared::wire::people::PersonMembers;
use shared::wire::session::RoleName;

use super::properties::{Assigned, assign, assigned, named};
use super::{AccountError, role_text};
use crate::audit::AuditEntry;
use crate::database::Transaction;
use crate::in_transaction;
use crate::store::Store;

const FULL_NAME_CHARACTERS_MAX: usize = 80;

/// What of an account can be changed.
#[derive(Debug, Clone)]
pub struct Members {
    /// How the person is called.
    pub full_name: String,
    /// What the person may do.
    pub role: RoleName,
    /// Whether the person may sign in.
    pub active: bool,
    /// Which properties; `None` for all, also later ones.
    pub property_codes: Option<Vec<String>>,
}

impl Default for Members {
    fn default() -> Self {
        Self {
            full_name: String::new(),
            role: RoleName::Technician,
            active: true,
            property_codes: None,
        }
    }
}

impl From<PersonMembers> for Members {
    fn from(sent: PersonMembers) -> Self {
        Self {
            full_name: sent.full_name,
            role: sent.role,
            active: sent.active,
            property_codes: (!sent.all_properties).then_some(sent.properties),
        }
    }
}

impl Members {
    pub(super) fn full_name(&self) -> Result<&str, AccountError> {
        let name = self.full_name.trim();
        let fits = name.chars().count() <= FULL_NAME_CHARACTERS_MAX && !name.chars().any(char::is_control);
        if fits {
            Ok(name)
        } else {
            Err(AccountError::BadFullName)
        }
    }

    pub(super) fn property_codes(&self) -> &[String] {
        self.property_codes.as_deref().unwrap_or_default()
    }
}

#[derive(sqlx::FromRow)]
struct Before {
    name: String,
    full_name: String,
    role: String,
    all_properties: i64,
    disabled_at: Option<i64>,
}

/// Changes an account. Whoever may not sign in any more is signed out everywhere; what waits on their phones stays there.
pub async fn change(
    store: &Store,
    now: Timestamp,
    actor: &str,
    account_id: i64,
    members: &Members,
) -> Result<(), AccountError> {
    const SELECT: &str =
        "SELECT name, full_name, role, all_properties, disabled_at FROM account WHERE id = $1";
    const UPDATE: &str = "UPDATE account SET full_name = $2, role = $3, all_properties = $4, \
         disabled_at = CASE WHEN $5 = 1 THEN NULL ELSE COALESCE(disabled_at, $6) END WHERE id = $1";
    const ADMINS: &str =
        "SELECT CAST(COUNT(*) AS BIGINT) FROM account WHERE role = 'admin' AND disabled_at IS NULL";
    let full_name = members.full_name()?;
    let mut transaction = Transaction::begin(store.writer()).await?;
    // Keeps every other writer out: two admins who demote each other at once would leave none.
    transaction.lock_counters().await?;
    let before: Option<Before> = in_transaction!(&mut transaction, |c| sqlx::query_as(SELECT)
        .bind(account_id)
        .fetch_optional(c)
        .await?);
    let before = before.ok_or(AccountError::NotFound)?;
    let properties_before = assigned(&mut transaction, account_id).await?;
    let properties = named(&mut transaction, members.property_codes()).await?;
    in_transaction!(&mut transaction, |c| sqlx::query(UPDATE)
        .bind(account_id)
        .bind(full_name)
        .bind(role_text(members.role))
        .bind(i64::from(members.property_codes.is_none()))
        .bind(i64::from(members.active))
        .bind(now.ms())
        .execute(c)
        .await
        .map(drop))?;
    assign(&mut transaction, account_id, &properties).await?;
    let admins: i64 = in_transaction!(&mut transaction, |c| sqlx::query_scalar(ADMINS)
        .fetch_one(c)
        .await?);
    let was_admin = before.role == role_text(RoleName::Admin) && before.disabled_at.is_none();
    if was_admin && admins == 0 {
        return Err(AccountError::LastAdmin);
    }
    if !members.active {
        shut_out(&mut transaction, account_id).await?;
    }
    let detail = difference(&before, members, &properties_before, &properties);
    let action = match (before.disabled_at.is_none(), members.active) {
        (true, false) => Some("account_deactivate"),
        (false, true) => Some("account_reactivate"),
        // Nothing has changed: then there is nothing for the audit either.
        _ => (!detail.is_empty()).then_some("account_change"),
    };
    if let Some(action) = action {
        let entry = AuditEntry {
            at: now,
            actor: actor.to_owned(),
            action,
            subject: before.name,
            detail: Value::Object(detail),
        };
        entry.write(&mut transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Ends every session, and the codes that could open one.
async fn shut_out(transaction: &mut Transaction, account_id: i64) -> sqlx::Result<()> {
    const SESSIONS: &str = "DELETE FROM session WHERE account_id = $1";
    const CODES: &str = "DELETE FROM enrolment WHERE account_id = $1 AND used_at IS NULL";
    for sql in [SESSIONS, CODES] {
        in_transaction!(&mut *transaction, |c| sqlx::query(sql)
            .bind(account_id)
            .execute(c)
            .await
            .map(drop))?;
    }
    Ok(())
}

/// Each member that has changed, with what it was and what it is.
fn difference(
    before: &Before,
    members: &Members,
    assigned_before: &Assigned,
    assigned: &Assigned,
) -> Map<String, Value> {
    let mut detail = Map::new();
    let mut told = |name: &str, was: Value, is: Value| {
        if was != is {
            detail.insert(name.to_owned(), json!({ "from": was, "to": is }));
        }
    };
    told("role", json!(before.role), json!(role_text(members.role)));
    told(
        "full_name",
        json!(before.full_name),
        json!(members.full_name.trim()),
    );
    let properties = |all: bool, some: &Assigned| match all {
        true => json!("all"),
        false => json!(some.values().collect::<Vec<_>>()),
    };
    told(
        "properties",
        properties(before.all_properties == 1, assigned_before),
        properties(members.property_codes.is_none(), assigned),
    );
    detail
}
