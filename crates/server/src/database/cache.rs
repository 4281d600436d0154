//! SQLite's memory for pages. A large import touches the same pages of an index again and again, month after month: those that
//! don't stay in memory are written to the log and read again each time.

use sqlx::AssertSqlSafe;

use super::{Database, Transaction};

/// What the writer keeps between imports, of 1,024 bytes each.
pub(super) const USUAL: &str = "-32768";
const MEBIBYTES_MIN: usize = 32;
/// The history of fifty thousand meter points stays in it.
const MEBIBYTES_MAX: usize = 512;

impl Transaction {
    /// Takes as much memory for pages as this many bytes need, within bounds. PostgreSQL's is shared, and nobody's to enlarge.
    pub async fn widen_cache(&mut self, bytes: usize) -> sqlx::Result<()> {
        let Self::Sqlite(transaction) = self else {
            return Ok(());
        };
        let mebibytes = (bytes >> 20).clamp(MEBIBYTES_MIN, MEBIBYTES_MAX);
        let pragma = format!("PRAGMA cache_size = -{}", mebibytes << 10);
        sqlx::query(AssertSqlSafe(pragma))
            .persistent(false)
            .execute(&mut **transaction)
            .await
            .map(drop)
    }
}

impl Database {
    /// Gives the memory back. Of the writer, when its transaction has ended.
    pub async fn narrow_cache(&self) -> sqlx::Result<()> {
        let Self::Sqlite(pool) = self else {
            return Ok(());
        };
        let pragma = format!("PRAGMA cache_size = {USUAL}");
        sqlx::query(AssertSqlSafe(pragma)).execute(pool).await.map(drop)
    }
}
