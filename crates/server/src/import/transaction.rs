//! One transaction on either database, behind the few calls that an import needs.

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, FromRow};

use crate::audit::AuditEntry;
use crate::database::{Database, Transaction};
use crate::in_transaction;

/// A transaction under way. Dropped without `commit`, it never was.
pub(super) struct Work(Transaction);

impl Work {
    /// Begins, and keeps other writers out until the end: what is compared is what is changed.
    pub(super) async fn begin(database: &Database) -> sqlx::Result<Self> {
        let mut transaction = Transaction::begin(database).await?;
        transaction.lock_counters().await?;
        Ok(Self(transaction))
    }

    pub(super) async fn commit(self) -> sqlx::Result<()> {
        self.0.commit().await
    }

    pub(super) async fn rollback(self) -> sqlx::Result<()> {
        self.0.rollback().await
    }

    /// The transaction itself, for what the databases are told in two ways.
    pub(super) fn transaction(&mut self) -> &mut Transaction {
        &mut self.0
    }

    /// Adds a row to the audit.
    pub(super) async fn note(&mut self, entry: &AuditEntry) -> sqlx::Result<()> {
        entry.write(&mut self.0).await
    }

    /// Carries out one statement; every bind is text.
    pub(super) async fn execute(&mut self, sql: &'static str, binds: &[&str]) -> sqlx::Result<()> {
        in_transaction!(&mut self.0, |connection| {
            let mut query = sqlx::query(sql);
            for bind in binds {
                query = query.bind((*bind).to_owned());
            }
            query.execute(connection).await.map(drop)
        })
    }

    /// All rows of a query, put together from constants; every bind is text.
    pub(super) async fn rows<T>(&mut self, sql: &str, binds: &[&str]) -> sqlx::Result<Vec<T>>
    where
        T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        in_transaction!(&mut self.0, |connection| {
            let mut query = sqlx::query_as(AssertSqlSafe(sql.to_owned()));
            for bind in binds {
                query = query.bind((*bind).to_owned());
            }
            query.fetch_all(connection).await
        })
    }

    /// Takes `count` numbers from a counter and gives the last of them.
    pub(super) async fn take_numbers(&mut self, counter: &str, count: i64) -> sqlx::Result<i64> {
        const UPDATE: &str = "UPDATE counter SET value = value + $1 WHERE name = $2 RETURNING value";
        in_transaction!(&mut self.0, |connection| {
            sqlx::query_scalar(UPDATE)
                .bind(count)
                .bind(counter.to_owned())
                .fetch_one(connection)
                .await
        })
    }
}
