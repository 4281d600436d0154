//! The properties, by code.

use shared::code::normal;
use shared::wire::portfolio::{PortfolioProperty, PropertiesPage};
use sqlx::FromRow;

use super::rows;
use crate::auth::PropertyScope;
use crate::list_filter::{Clause, like_pattern};
use crate::list_page::cut;
use crate::store::Store;

/// What is looked at.
#[derive(Debug, Clone, Default)]
pub struct PropertiesAsked {
    /// Part of the code or name.
    pub sought: Option<String>,
    /// The code in normal form behind which the page begins.
    pub after: Option<String>,
    /// Rows of the page.
    pub limit: usize,
}

#[derive(Debug, FromRow)]
struct Record {
    code: String,
    code_normal: String,
    name: String,
    time_zone: String,
    kind: String,
    units: i64,
}

const SELECT: &str = "SELECT p.code, p.code_normal, p.name, p.time_zone, p.kind, \
     (SELECT CAST(COUNT(*) AS BIGINT) FROM unit u WHERE u.property_id = p.id) AS units FROM property p";

/// One page of those that somebody may see.
pub async fn properties(
    store: &Store,
    scope: &PropertyScope,
    asked: &PropertiesAsked,
) -> sqlx::Result<PropertiesPage> {
    let (sql, binds) = page_query(scope, asked);
    let mut records: Vec<Record> = rows(store, sql, &binds).await?;
    let next = cut(&mut records, asked.limit, |it| it.code_normal.clone());
    Ok(PropertiesPage {
        rows: records.into_iter().map(Record::into_wire).collect(),
        next,
    })
}

/// One property, if somebody may see it.
pub async fn property(
    store: &Store,
    scope: &PropertyScope,
    code: &str,
) -> sqlx::Result<Option<PortfolioProperty>> {
    let code = normal(code);
    if !scope.contains(&code) {
        return Ok(None);
    }
    let sql = format!("{SELECT} WHERE p.code_normal = $1");
    let records: Vec<Record> = rows(store, sql, &[code]).await?;
    Ok(records.into_iter().next().map(Record::into_wire))
}

pub(super) fn page_query(scope: &PropertyScope, asked: &PropertiesAsked) -> (String, Vec<String>) {
    let mut clause = Clause::default();
    clause.add("p.code_normal > ?", asked.after.clone().unwrap_or_default());
    if let Some(codes) = scope.as_json() {
        clause.add("p.code_normal IN (SELECT atom FROM json_each(?))", codes);
    }
    if let Some(sought) = asked.sought.as_deref().map(str::trim).filter(|it| !it.is_empty()) {
        // Properties are few beside what is in them: they are gone through in the order of their codes.
        clause.add(
            "(p.code_normal LIKE ? ESCAPE '!' OR LOWER(p.name) LIKE ? ESCAPE '!')",
            like_pattern(&normal(sought)),
        );
    }
    let sql = format!(
        "{SELECT} WHERE {} ORDER BY p.code_normal LIMIT {}",
        clause.sql,
        asked.limit + 1
    );
    (sql, clause.binds)
}

impl Record {
    fn into_wire(self) -> PortfolioProperty {
        PortfolioProperty {
            code: self.code,
            name: self.name,
            time_zone: self.time_zone,
            kind: self.kind,
            units: self.units,
        }
    }
}
