//! The database: SQLite in one file, or PostgreSQL. One SQL text serves both wherever they agree.

mod cache;
mod checkpoint;
#[cfg(test)]
pub(crate) mod explain;
mod open;
mod schema;
mod transaction;

pub use checkpoint::Checkpointer;
pub use open::{OpenError, SQLITE_PRAGMAS, SQLITE_WRITER_PRAGMAS, open};
pub use schema::{SchemaCheck, check_sqlite_schema};
pub use transaction::{Counters, Transaction};

use sqlx::{PgPool, SqlitePool};

/// A pool of connections to the one or the other.
#[derive(Debug, Clone)]
pub enum Database {
    /// SQLite, WAL, `synchronous=FULL`.
    Sqlite(SqlitePool),
    /// PostgreSQL.
    Postgres(PgPool),
}

impl Database {
    /// Lets PostgreSQL count its tables after a bulk change: until it does so by itself, minutes later, it plans as if they
    /// were empty. SQLite plans without.
    pub async fn count_tables(&self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(pool) => sqlx::query("ANALYZE").execute(pool).await.map(drop),
        }
    }

    /// Closes every connection, waiting for those in use.
    pub async fn close(&self) {
        crate::on!(self, |pool| pool.close().await);
    }
}

/// The two pools of an open database.
#[derive(Debug, Clone)]
pub struct Pools {
    /// For reading; on PostgreSQL writes may go here as well.
    pub read: Database,
    /// For writing. On SQLite it is the only connection that ever writes, so writers wait for each other in this
    /// pool instead of failing with "database is locked".
    pub write: Database,
}

/// Expands one body for both databases: `on!(database, |pool| sqlx::query(SQL).execute(pool).await)`.
#[macro_export]
macro_rules! on {
    ($database:expr, |$pool:ident| $body:expr) => {
        match $database {
            $crate::database::Database::Sqlite($pool) => $body,
            $crate::database::Database::Postgres($pool) => $body,
        }
    };
}
