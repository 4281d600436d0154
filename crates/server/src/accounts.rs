//! Accounts: who may sign in, as what, for which properties.

use std::collections::{BTreeSet, HashMap};

use shared::id::DeviceId;
use shared::timestamp::Timestamp;
use shared::wire::session::RoleName;

use crate::auth::password::{self, PasswordError};
use crate::auth::{Person, PropertyScope};
use crate::database::Database;
use crate::on;
use crate::store::Store;
use crate::store::json_list::json_list;
use crate::store::lookup::Lookup;

mod devices;
mod standing;

pub use devices::{device_seq_seen, enrol};
pub use standing::{Standing, set_device_rules, set_standing};

/// What a sign-in is checked against.
#[derive(Debug, sqlx::FromRow)]
pub struct Credentials {
    /// Key of the account.
    pub id: i64,
    /// What the password is compared with.
    pub password_hash: String,
}

/// An account to be made.
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

/// Why an account was not made or changed.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The name is empty or too long.
    #[error("a name has 1 to 40 characters, such as `ana`")]
    BadName,
    /// Somebody has that name.
    #[error("there is an account `{0}` already; `meterline user set-password {0}` gives it a new password")]
    NameTaken(String),
    /// Nobody has that name.
    #[error("there is no account `{0}`; `meterline user add {0} --role ...` makes one")]
    UnknownName(String),
    /// A property that isn't in the books.
    #[error("there is no property `{code}`; known are: {known}")]
    UnknownProperty {
        /// What was asked for.
        code: String,
        /// What there is.
        known: String,
    },
    /// The password was not taken.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
}

/// The form of a name that is compared.
pub fn name_normal(name: &str) -> String {
    shared::code::normal(name)
}

/// What to check a sign-in against; `None` for an unknown or disabled account.
pub async fn credentials(store: &Store, name: &str) -> sqlx::Result<Option<Credentials>> {
    const SELECT: &str =
        "SELECT id, password_hash FROM account WHERE name_normal = $1 AND disabled_at IS NULL";
    on!(store.reader(), |pool| {
        sqlx::query_as(SELECT)
            .bind(name_normal(name))
            .fetch_optional(pool)
            .await
    })
}

/// Looks up who is behind an account.
pub fn people(store: &Store) -> Lookup<i64, Person> {
    let store = store.reader().clone();
    Lookup::start(move |account_ids| people_of(store.clone(), account_ids))
}

/// The person behind an account as the database knows them now; `None` when the account is gone or disabled.
pub async fn person(store: &Store, account_id: i64) -> sqlx::Result<Option<Person>> {
    let people = people_of(store.reader().clone(), vec![account_id]).await?;
    Ok(people.into_values().next())
}

async fn people_of(database: Database, account_ids: Vec<i64>) -> sqlx::Result<HashMap<i64, Person>> {
    const SELECT: &str = "SELECT a.id, a.name, a.name_normal, a.role, a.all_properties, p.code_normal FROM account a \
         LEFT JOIN account_property ap ON ap.account_id = a.id LEFT JOIN property p ON p.id = ap.property_id \
         WHERE a.id IN (SELECT CAST(atom AS BIGINT) FROM json_each($1)) AND a.disabled_at IS NULL \
         ORDER BY a.id, p.code_normal";
    let account_ids = json_list(account_ids);
    let rows: Vec<AccountRow> = on!(&database, |pool| {
        sqlx::query_as(SELECT).bind(&account_ids).fetch_all(pool).await?
    });
    let people = rows
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(|rows| Some((rows.first()?.0, person_of(rows)?)));
    Ok(people.collect())
}

/// The person who captured what a file holds; also one whose account was disabled meanwhile, as the work was done before.
pub async fn capturer(store: &Store, name: &str) -> sqlx::Result<Option<Person>> {
    const SELECT: &str = "SELECT a.id, a.name, a.name_normal, a.role, a.all_properties, p.code_normal FROM account a \
         LEFT JOIN account_property ap ON ap.account_id = a.id LEFT JOIN property p ON p.id = ap.property_id \
         WHERE a.name_normal = $1 ORDER BY p.code_normal";
    let rows: Vec<AccountRow> = on!(store.reader(), |pool| {
        sqlx::query_as(SELECT)
            .bind(name_normal(name))
            .fetch_all(pool)
            .await?
    });
    Ok(person_of(&rows))
}

/// Key, name, its normal form, role, all properties; and one of the account's properties.
type AccountRow = (i64, String, String, String, i64, Option<String>);

fn person_of(rows: &[AccountRow]) -> Option<Person> {
    let (account_id, name, name_normal, role, all_properties, _) = rows.first().cloned()?;
    let role = role_from_text(&role)?;
    let properties = if all_properties == 1 {
        PropertyScope::All
    } else {
        PropertyScope::Some(rows.iter().filter_map(|row| row.5.clone()).collect())
    };
    Some(Person {
        account_id,
        name,
        name_normal,
        role,
        properties,
        device_id: None::<DeviceId>,
    })
}

/// Makes an account.
pub async fn add(store: &Store, now: Timestamp, account: NewAccount<'_>) -> Result<(), AccountError> {
    const INSERT: &str = "INSERT INTO account (name, name_normal, password_hash, role, all_properties, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (name_normal) DO NOTHING RETURNING id";
    const ASSIGN: &str = "INSERT INTO account_property (account_id, property_id) VALUES ($1, $2)";
    let name = account.name.trim();
    if name.is_empty() || name.chars().count() > 40 || name.chars().any(char::is_control) {
        return Err(AccountError::BadName);
    }
    let hash = password::hash(account.password)?;
    let property_ids = match account.property_codes {
        Some(codes) => property_ids(store, codes).await?,
        None => BTreeSet::new(),
    };
    on!(store.writer(), |pool| {
        let mut transaction = pool.begin().await?;
        let account_id: Option<i64> = sqlx::query_scalar(INSERT)
            .bind(name)
            .bind(name_normal(name))
            .bind(hash)
            .bind(role_text(account.role))
            .bind(i64::from(account.property_codes.is_none()))
            .bind(now.ms())
            .fetch_optional(&mut *transaction)
            .await?;
        let Some(account_id) = account_id else {
            return Err(AccountError::NameTaken(name.into()));
        };
        for property_id in property_ids {
            sqlx::query(ASSIGN)
                .bind(account_id)
                .bind(property_id)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
    });
    Ok(())
}

/// Gives an account a new password and ends all its sessions.
pub async fn set_password(store: &Store, name: &str, password: &str) -> Result<(), AccountError> {
    const UPDATE: &str = "UPDATE account SET password_hash = $1 WHERE name_normal = $2 RETURNING id";
    let hash = password::hash(password)?;
    on!(store.writer(), |pool| {
        let mut transaction = pool.begin().await?;
        let account_id: Option<i64> = sqlx::query_scalar(UPDATE)
            .bind(hash)
            .bind(name_normal(name))
            .fetch_optional(&mut *transaction)
            .await?;
        let Some(account_id) = account_id else {
            return Err(AccountError::UnknownName(name.into()));
        };
        sqlx::query("DELETE FROM session WHERE account_id = $1")
            .bind(account_id)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
    });
    Ok(())
}

/// How many accounts there are.
pub async fn count(store: &Store) -> sqlx::Result<i64> {
    on!(store.reader(), |pool| {
        sqlx::query_scalar("SELECT CAST(COUNT(*) AS BIGINT) FROM account")
            .fetch_one(pool)
            .await
    })
}

async fn property_ids(store: &Store, codes: &[String]) -> Result<BTreeSet<i64>, AccountError> {
    let known: Vec<(i64, String, String)> = on!(store.reader(), |pool| {
        sqlx::query_as("SELECT id, code_normal, code FROM property ORDER BY code_normal")
            .fetch_all(pool)
            .await?
    });
    codes
        .iter()
        .map(|code| {
            let normal = shared::code::normal(code);
            known
                .iter()
                .find(|row| row.1 == normal)
                .map(|row| row.0)
                .ok_or_else(|| {
                    let known: Vec<&str> = known.iter().map(|row| row.2.as_str()).collect();
                    let known = if known.is_empty() {
                        "none yet".into()
                    } else {
                        known.join(", ")
                    };
                    AccountError::UnknownProperty {
                        code: code.clone(),
                        known,
                    }
                })
        })
        .collect()
}

/// A role as it is stored and told.
pub fn role_text(role: RoleName) -> &'static str {
    match role {
        RoleName::Technician => "technician",
        RoleName::Reviewer => "reviewer",
        RoleName::Admin => "admin",
    }
}

fn role_from_text(text: &str) -> Option<RoleName> {
    match text {
        "technician" => Some(RoleName::Technician),
        "reviewer" => Some(RoleName::Reviewer),
        "admin" => Some(RoleName::Admin),
        _ => None,
    }
}
