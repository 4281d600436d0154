//! One transaction on the one or the other database.

use sqlx::{Postgres, Sqlite};

use super::Database;

/// A transaction that is going to write. Dropped without [`Transaction::commit`] it is rolled back.
#[derive(Debug)]
pub enum Transaction {
    /// On SQLite: took the write lock when it began.
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(sqlx::Transaction<'static, Postgres>),
}

/// The numbers that were given out last. What a transaction gives out follows on, in commit order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counters {
    /// The last receipt number.
    pub receipt: i64,
    /// The last change number, which is also the number of the last event.
    pub change: i64,
}

impl Transaction {
    /// Begins to write.
    pub async fn begin(database: &Database) -> sqlx::Result<Self> {
        Ok(match database {
            Database::Sqlite(pool) => Self::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Database::Postgres(pool) => Self::Postgres(pool.begin().await?),
        })
    }

    /// Makes it durable.
    pub async fn commit(self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await,
            Self::Postgres(transaction) => transaction.commit().await,
        }
    }

    /// Undoes it.
    pub async fn rollback(self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(transaction) => transaction.rollback().await,
            Self::Postgres(transaction) => transaction.rollback().await,
        }
    }

    /// Keeps every other writer out until the end of this transaction and tells the last numbers. Has to come first:
    /// what is read afterwards is what the transactions before have left.
    pub async fn lock_counters(&mut self) -> sqlx::Result<Counters> {
        const LOCK: &str =
            "UPDATE counter SET value = value WHERE name IN ('receipt', 'change') RETURNING name, value";
        let rows: Vec<(String, i64)> = crate::in_transaction!(self, |connection| sqlx::query_as(LOCK)
            .fetch_all(connection)
            .await?);
        let value = |name: &str| rows.iter().find(|row| row.0 == name).map_or(0, |row| row.1);
        Ok(Counters {
            receipt: value("receipt"),
            change: value("change"),
        })
    }

    /// Writes down the last numbers that this transaction has given out.
    pub async fn store_counters(&mut self, counters: Counters) -> sqlx::Result<()> {
        const STORE: &str = "UPDATE counter SET value = CASE name WHEN 'receipt' THEN $1 ELSE $2 END
            WHERE name IN ('receipt', 'change')";
        crate::in_transaction!(self, |connection| {
            sqlx::query(STORE)
                .bind(counters.receipt)
                .bind(counters.change)
                .execute(connection)
                .await?;
        });
        Ok(())
    }
}

/// Expands one body for both databases: `in_transaction!(transaction, |c| sqlx::query(SQL).execute(c).await)`.
/// `c` can be used once; name it again by `&mut *c`.
#[macro_export]
macro_rules! in_transaction {
    ($transaction:expr, |$connection:ident| $body:expr) => {
        match $transaction {
            $crate::database::Transaction::Sqlite(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
            $crate::database::Transaction::Postgres(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
        }
    };
}
