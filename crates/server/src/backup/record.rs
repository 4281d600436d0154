//! What a backup says of itself, and whether that is true.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use super::{BackupError, Totals};
use crate::database::{SchemaCheck, check_sqlite_schema};

/// The row of `meta` that holds it.
const NAME: &str = "backup";

/// Written into the copy when it was found to be whole: the last step but the name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupRecord {
    /// When it was made, RFC 3339.
    pub made_at: String,
    /// Version of the program that made it.
    pub program: String,
    /// Which installation it is of.
    pub server_id: String,
    /// Which life of its database.
    pub epoch: String,
    /// What it holds.
    pub totals: Totals,
}

/// Opens a copy as a plain file, without a write-ahead log beside it.
pub(super) async fn open_copy(path: &Path) -> sqlx::Result<SqliteConnection> {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Delete)
        .connect()
        .await
}

/// Pages, indexes, rows that point at others; the answer names what is wrong.
pub(super) async fn find_damage(connection: &mut SqliteConnection) -> sqlx::Result<Option<String>> {
    let found: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(3)")
        .fetch_all(&mut *connection)
        .await?;
    if found != ["ok"] {
        return Ok(Some(found.join("; ")));
    }
    let strays = sqlx::query("PRAGMA foreign_key_check")
        .fetch_all(connection)
        .await?;
    Ok((!strays.is_empty()).then(|| format!("{} rows point at rows that are not there", strays.len())))
}

/// Writes it down.
pub(super) async fn write(connection: &mut SqliteConnection, record: &BackupRecord) -> sqlx::Result<()> {
    // A struct of texts and numbers always serialises.
    let text = serde_json::to_string(record).unwrap_or_default();
    sqlx::query("INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .bind(NAME)
        .bind(text)
        .execute(connection)
        .await
        .map(drop)
}

/// Takes it away: from now on these are books that live.
pub(super) const FORGET: &str = "DELETE FROM meta WHERE name = 'backup'";

/// Reads a copy of the backup `file` through and believes it or not.
pub(super) async fn read_checked(copy: &Path, file: &Path) -> Result<BackupRecord, BackupError> {
    let damaged = |what: String| BackupError::Damaged {
        path: file.to_owned(),
        what,
    };
    let mut connection = match open_copy(copy).await {
        Ok(connection) => connection,
        Err(cause) => return Err(unreadable(file, &cause)),
    };
    let result = async {
        let text: Option<String> = sqlx::query_scalar("SELECT value FROM meta WHERE name = $1")
            .bind(NAME)
            .fetch_optional(&mut connection)
            .await
            .map_err(|cause| unreadable(file, &cause))?;
        let record: BackupRecord = text
            .and_then(|text| serde_json::from_str(&text).ok())
            .ok_or_else(|| BackupError::NoBackup(file.to_owned()))?;
        let damage = find_damage(&mut connection).await;
        if let Some(what) = damage.unwrap_or_else(|cause| Some(cause.to_string())) {
            return Err(damaged(what));
        }
        match check_sqlite_schema(&mut connection).await? {
            SchemaCheck::Known => {}
            SchemaCheck::Newer => {
                return Err(BackupError::Newer {
                    path: file.to_owned(),
                    program: record.program,
                });
            }
            SchemaCheck::Strange(version) => {
                return Err(damaged(format!("its tables of version {version} are not ours")));
            }
        }
        let found = Totals::of(&mut connection).await?;
        if found != record.totals {
            return Err(BackupError::TotalsDiffer {
                path: file.to_owned(),
                expected: Box::new(record.totals),
                found: Box::new(found),
            });
        }
        Ok(record)
    }
    .await;
    connection.close().await?;
    result
}

// No database at all, none of ours, or one whose first pages are broken.
fn unreadable(file: &Path, cause: &sqlx::Error) -> BackupError {
    let code = cause.as_database_error().and_then(|error| error.code());
    let is_malformed = code.is_some_and(|code| code.parse().is_ok_and(|code: i64| code & 0xff == 11));
    if is_malformed {
        BackupError::Damaged {
            path: file.to_owned(),
            what: cause.to_string(),
        }
    } else {
        BackupError::NoBackup(file.to_owned())
    }
}
