//! Which version of the tables a file has.

use sqlx::{Result, SqliteConnection};

use super::open::SQLITE_MIGRATIONS;

/// What is known of a file's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaCheck {
    /// Ours, of this version or of one before; opening brings them to this version.
    Known,
    /// A later program made them.
    Newer,
    /// This version of them was not made by our text, or not to its end.
    Strange(i64),
}

/// Compares what was done to a file with what this program would do.
pub async fn check_sqlite_schema(connection: &mut SqliteConnection) -> Result<SchemaCheck> {
    let done: Vec<(i64, bool, Vec<u8>)> =
        sqlx::query_as("SELECT version, success, checksum FROM _sqlx_migrations ORDER BY version")
            .fetch_all(connection)
            .await?;
    for (version, success, checksum) in done {
        let Some(ours) = SQLITE_MIGRATIONS.iter().find(|it| it.version == version) else {
            return Ok(SchemaCheck::Newer);
        };
        if !success || *ours.checksum != checksum {
            return Ok(SchemaCheck::Strange(version));
        }
    }
    Ok(SchemaCheck::Known)
}
