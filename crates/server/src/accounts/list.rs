//! Accounts as admins see them.

use std::collections::HashMap;

use shared::timestamp::Timestamp;
use shared::wire::people::{PeopleQuery, PersonRow};
use shared::wire::session::RoleName;
use sqlx::{AssertSqlSafe, FromRow};

use super::{name_normal, role_from_text};
use crate::list_filter::{Clause, FilterError, check_text, like_pattern};
use crate::on;
use crate::store::Store;
use crate::store::json_list::json_list;

const SELECT: &str = "SELECT a.id, a.name, a.name_normal, a.full_name, a.role, a.all_properties, a.disabled_at, \
     a.first_password, a.created_at, \
     (SELECT COUNT(*) FROM passkey k WHERE k.account_id = a.id) AS passkeys FROM account a";

/// A filter that can be asked.
#[derive(Debug, Clone, Default)]
pub struct PeopleFilter(PeopleQuery);

/// One account as it is stored, with the codes of its properties.
#[derive(Debug, Clone, FromRow)]
pub struct PersonRecord {
    id: i64,
    name: String,
    name_normal: String,
    full_name: String,
    role: String,
    all_properties: i64,
    disabled_at: Option<i64>,
    first_password: i64,
    created_at: i64,
    passkeys: i64,
    #[sqlx(skip)]
    properties: Vec<String>,
}

impl PersonRecord {
    /// As it travels.
    pub fn into_row(self) -> PersonRow {
        PersonRow {
            id: self.id.to_string(),
            username: self.name,
            full_name: self.full_name,
            // The database takes no other.
            role: role_from_text(&self.role).unwrap_or(RoleName::Technician),
            active: self.disabled_at.is_none(),
            all_properties: self.all_properties == 1,
            properties: self.properties,
            first_password: self.first_password == 1,
            passkeys: u32::try_from(self.passkeys).unwrap_or(u32::MAX),
            created_at: Timestamp::from_ms(self.created_at).to_rfc3339(),
        }
    }

    /// The place in the list, for the page that follows.
    pub fn place(&self) -> String {
        self.name_normal.clone()
    }
}

impl PeopleFilter {
    /// Reads the query.
    pub fn new(query: PeopleQuery) -> Result<Self, FilterError> {
        check_text("q", query.q.as_deref())?;
        check_text("property", query.property.as_deref())?;
        check_text("after", query.after.as_deref())?;
        let role = query.role.as_deref().unwrap_or_default();
        if !role.is_empty() && role_from_text(role).is_none() {
            return Err(FilterError::new("role", "is `technician`, `reviewer` or `admin`"));
        }
        if !matches!(
            query.state.as_deref().unwrap_or_default(),
            "" | "active" | "inactive"
        ) {
            return Err(FilterError::new("state", "is `active` or `inactive`"));
        }
        Ok(Self(query))
    }

    fn clause(&self) -> Clause {
        let text = |value: &Option<String>| value.as_deref().map(str::trim).unwrap_or_default().to_owned();
        let mut clause = Clause::default();
        clause.add_plain("1 = 1");
        let (q, role, property) = (text(&self.0.q), text(&self.0.role), text(&self.0.property));
        if !q.is_empty() {
            let normal = clause.bind(like_pattern(&name_normal(&q)));
            let shown = clause.bind(like_pattern(&q));
            clause.add_plain(&format!(
                "(a.name_normal LIKE {normal} ESCAPE '!' OR LOWER(a.full_name) LIKE LOWER({shown}) ESCAPE '!')"
            ));
        }
        if !role.is_empty() {
            clause.add("a.role = ?", role);
        }
        match self.0.state.as_deref() {
            Some("active") => clause.add_plain("a.disabled_at IS NULL"),
            Some("inactive") => clause.add_plain("a.disabled_at IS NOT NULL"),
            _ => {}
        }
        if !property.is_empty() {
            clause.add(
                "(a.all_properties = 1 OR EXISTS (SELECT 1 FROM account_property ap JOIN property p ON p.id = ap.property_id \
                 WHERE ap.account_id = a.id AND p.code_normal = ?))",
                shared::code::normal(&property),
            );
        }
        if let Some(after) = &self.0.after {
            clause.add("a.name_normal > ?", after.clone());
        }
        clause
    }
}

/// One page of the list, by name.
pub async fn page(store: &Store, filter: &PeopleFilter, limit: usize) -> sqlx::Result<Vec<PersonRecord>> {
    let clause = filter.clause();
    let sql = format!(
        "{SELECT} WHERE {} ORDER BY a.name_normal LIMIT {limit}",
        clause.sql
    );
    records(store, sql, &clause.binds).await
}

/// One account; `None` when there is none.
pub async fn one(store: &Store, account_id: i64) -> sqlx::Result<Option<PersonRecord>> {
    let sql = format!("{SELECT} WHERE a.id = CAST($1 AS BIGINT)");
    Ok(records(store, sql, &[account_id.to_string()]).await?.pop())
}

async fn records(store: &Store, sql: String, binds: &[String]) -> sqlx::Result<Vec<PersonRecord>> {
    const PROPERTIES: &str = "SELECT ap.account_id, p.code FROM account_property ap \
         JOIN property p ON p.id = ap.property_id \
         WHERE ap.account_id IN (SELECT CAST(atom AS BIGINT) FROM json_each($1)) ORDER BY ap.account_id, p.code_normal";
    let mut records: Vec<PersonRecord> = on!(store.reader(), |pool| {
        // The text is put together from constants; whatever callers sent is bound.
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for bind in binds {
            query = query.bind(bind.clone());
        }
        query.fetch_all(pool).await?
    });
    let ids = json_list(records.iter().map(|it| it.id));
    let assigned: Vec<(i64, String)> = on!(store.reader(), |pool| sqlx::query_as(PROPERTIES)
        .bind(&ids)
        .fetch_all(pool)
        .await?);
    let mut by_account: HashMap<i64, Vec<String>> = HashMap::new();
    for (account_id, code) in assigned {
        by_account.entry(account_id).or_default().push(code);
    }
    for record in &mut records {
        record.properties = by_account.remove(&record.id).unwrap_or_default();
    }
    Ok(records)
}
