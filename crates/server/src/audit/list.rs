//! The audit as it is read: newest first, a page at a time.

use shared::timestamp::Timestamp;
use shared::wire::audit::AuditRow;
use sqlx::{AssertSqlSafe, FromRow};

use super::filter::{AuditFilter, Place};
use crate::on;
use crate::store::Store;

/// One row as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct AuditRecord {
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: String,
    /// The rest, as JSON.
    pub detail: String,
}

impl AuditRecord {
    /// As it travels.
    pub fn into_row(self) -> AuditRow {
        AuditRow {
            seq: self.seq,
            at: Timestamp::from_ms(self.at).to_rfc3339(),
            actor: self.actor,
            action: self.action,
            subject: self.subject,
            detail: serde_json::from_str(&self.detail).unwrap_or_default(),
        }
    }

    /// The place in the list, for the page that follows.
    pub fn place(&self) -> String {
        self.key().text()
    }

    fn key(&self) -> Place {
        Place {
            at: self.at,
            seq: self.seq,
        }
    }
}

/// One page of the list.
pub async fn page(store: &Store, filter: &AuditFilter, limit: usize) -> sqlx::Result<Vec<AuditRecord>> {
    let (sql, binds) = page_query(filter, limit);
    on!(store.reader(), |pool| {
        // The text is put together from constants; whatever callers sent is bound.
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for bind in &binds {
            query = query.bind(bind.clone());
        }
        query.fetch_all(pool).await
    })
}

/// The filter for what follows behind these rows.
pub fn rows_behind(filter: &AuditFilter, rows: &[AuditRecord]) -> Option<AuditFilter> {
    rows.last().map(|row| filter.behind(row.key()))
}

/// Every action that there is: a step of the index for each of them, however many rows it has.
pub async fn actions(store: &Store) -> sqlx::Result<Vec<String>> {
    on!(store.reader(), |pool| sqlx::query_scalar(ACTIONS)
        .fetch_all(pool)
        .await)
}

const ACTIONS: &str = "
    WITH RECURSIVE seen (action) AS (
        SELECT MIN(action) FROM audit
        UNION ALL
        SELECT (SELECT MIN(a.action) FROM audit a WHERE a.action > seen.action) FROM seen WHERE seen.action IS NOT NULL)
    SELECT action FROM seen WHERE action IS NOT NULL ORDER BY action";

fn page_query(filter: &AuditFilter, limit: usize) -> (String, Vec<String>) {
    let clause = filter.clause();
    let sql = format!(
        "SELECT a.seq, a.at, a.actor, a.action, a.subject, a.detail FROM audit a WHERE {} \
         ORDER BY a.at DESC, a.seq DESC LIMIT {limit}",
        clause.sql
    );
    (sql, clause.binds)
}

#[cfg(test)]
mod tests {
    use shared::wire::audit::AuditQuery;

    use super::*;
    use crate::database::explain::plan;

    fn pages() -> [(AuditQuery, &'static str); 6] {
        let some = |text: &str| Some(text.to_owned());
        let base = AuditQuery {
            after: some("1795600000000.9"),
            ..AuditQuery::default()
        };
        let by_actor = AuditQuery {
            actor: some("ana"),
            from: some("2026-11-01T00:00:00Z"),
            ..base.clone()
        };
        let by_action = AuditQuery {
            action: some("import"),
            ..base.clone()
        };
        let by_subject = AuditQuery {
            subject: some("GC A"),
            ..base.clone()
        };
        let by_time = AuditQuery {
            from: some("2026-11-01T00:00:00Z"),
            to: some("2026-12-01T00:00:00Z"),
            ..base.clone()
        };
        [
            (AuditQuery::default(), "audit_at"),
            (base, "audit_at"),
            (by_time, "audit_at"),
            (by_actor, "audit_of_actor"),
            (by_action, "audit_of_action"),
            (by_subject, "audit_of_subject"),
        ]
    }

    #[tokio::test]
    async fn each_filter_reads_its_page_from_an_index_in_the_order_of_the_list() {
        for (query, index) in pages() {
            let (sql, binds) = page_query(&AuditFilter::new(query).unwrap(), 101);
            let steps = plan(&sql, &binds).await;
            assert_eq!(steps.len(), 1, "{steps:#?}");
            assert!(steps[0].contains(index), "{steps:#?}");
        }
    }

    #[tokio::test]
    async fn the_actions_are_found_without_reading_all_rows() {
        let steps = plan(ACTIONS, &[]).await;
        assert!(
            steps
                .iter()
                .filter(|it| it.contains("audit") || it.contains(" a "))
                .all(|it| it.contains("USING COVERING INDEX audit_of_action")),
            "{steps:#?}"
        );
    }

    mod postgres {
        use super::*;
        use crate::database::explain::postgres::Postgres;

        #[tokio::test]
        #[ignore = "needs TEST_POSTGRES_URL"]
        async fn each_filter_reads_its_page_from_an_index_in_the_order_of_the_list() {
            let postgres = Postgres::new().await;
            for (query, index) in pages() {
                let (sql, binds) = page_query(&AuditFilter::new(query).unwrap(), 101);
                let plan = postgres.ordered_plan(&sql, &binds).await;
                plan.assert_reads_no_whole_table(&["audit_at"]);
                plan.assert_uses(index);
                plan.assert_sorts(0);
            }
            let plan = postgres.plan(ACTIONS, &[]).await;
            plan.assert_reads_no_whole_table(&["audit_of_action"]);
        }
    }
}
