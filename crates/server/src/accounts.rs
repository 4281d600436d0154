//! Accounts: who may sign in, as what, for which properties.

use std::collections::HashMap;

use shared::id::DeviceId;
use shared::wire::session::RoleName;

use crate::auth::{Person, PropertyScope};
use crate::database::Database;
use crate::on;
use crate::store::Store;
use crate::store::json_list::json_list;
use crate::store::lookup::Lookup;

mod change;
mod devices;
mod enrolment;
mod list;
mod make;
pub mod passkeys;
mod passwords;
mod properties;
mod refusal;
mod standing;

pub use change::{Members, change};
pub use devices::{device_seq_seen, enrol};
pub use enrolment::{EnrolmentToken, Invitation, invite, redeem, take_back};
pub use list::{PeopleFilter, PersonRecord, one, page};
pub use make::{NewAccount, add, make};
pub use passwords::{change_password, reset_password, set_password};
pub use refusal::AccountError;
pub use standing::{Standing, set_device_rules, set_standing};

/// What a sign-in is checked against.
#[derive(Debug, sqlx::FromRow)]
pub struct Credentials {
    /// Key of the account.
    pub id: i64,
    /// What the password is compared with.
    pub password_hash: String,
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

/// The name as it is stored, active or not; `None` when nobody has it.
pub async fn stored_name(store: &Store, name: &str) -> sqlx::Result<Option<String>> {
    on!(store.reader(), |pool| {
        sqlx::query_scalar("SELECT name FROM account WHERE name_normal = $1")
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
    const SELECT: &str = "SELECT a.id, a.name, a.name_normal, a.role, a.all_properties, a.first_password, p.code_normal FROM account a \
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
    const SELECT: &str = "SELECT a.id, a.name, a.name_normal, a.role, a.all_properties, a.first_password, p.code_normal FROM account a \
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

/// Key, name, its normal form, role, all properties, first password; and one of the account's properties.
type AccountRow = (i64, String, String, String, i64, i64, Option<String>);

fn person_of(rows: &[AccountRow]) -> Option<Person> {
    let (account_id, name, name_normal, role, all_properties, first_password, _) = rows.first().cloned()?;
    let role = role_from_text(&role)?;
    let properties = if all_properties == 1 {
        PropertyScope::All
    } else {
        PropertyScope::Some(rows.iter().filter_map(|row| row.6.clone()).collect())
    };
    Some(Person {
        account_id,
        name,
        name_normal,
        role,
        properties,
        device_id: None::<DeviceId>,
        must_change_password: first_password == 1,
    })
}

/// How many accounts there are.
pub async fn count(store: &Store) -> sqlx::Result<i64> {
    on!(store.reader(), |pool| {
        sqlx::query_scalar("SELECT CAST(COUNT(*) AS BIGINT) FROM account")
            .fetch_one(pool)
            .await
    })
}

/// A role as it is stored and told.
pub fn role_text(role: RoleName) -> &'static str {
    match role {
        RoleName::Technician => "technician",
        RoleName::Reviewer => "reviewer",
        RoleName::Admin => "admin",
    }
}

/// The role that a text names.
pub fn role_from_text(text: &str) -> Option<RoleName> {
    match text {
        "technician" => Some(RoleName::Technician),
        "reviewer" => Some(RoleName::Reviewer),
        "admin" => Some(RoleName::Admin),
        _ => None,
    }
}
