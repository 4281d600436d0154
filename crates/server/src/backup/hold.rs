//! Being alone with a database file.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use super::{BackupError, Totals};

/// A command that is about to end gets this long.
const WAIT: Duration = Duration::from_millis(500);

/// Nobody else has the file open or gets at it until this is released; all of it is in the one file.
pub(super) struct Held {
    connection: SqliteConnection,
}

impl Held {
    /// Takes hold of the file. Leaving the write-ahead log is granted by SQLite only to the one connection that is left, and
    /// folds the log into the file.
    pub(super) async fn take(file: &Path) -> Result<Self, BackupError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(false)
            .busy_timeout(WAIT)
            .journal_mode(SqliteJournalMode::Delete);
        let taken = async {
            let mut connection = options.connect().await?;
            sqlx::query("BEGIN EXCLUSIVE").execute(&mut connection).await?;
            Ok(connection)
        };
        match taken.await {
            Ok(connection) => Ok(Self { connection }),
            Err(cause) if is_busy(&cause) => Err(BackupError::InUse),
            Err(cause) => Err(BackupError::Unreadable {
                path: file.to_owned(),
                cause,
            }),
        }
    }

    /// What the file holds; absent when it is too damaged to be counted.
    pub(super) async fn totals(&mut self) -> Option<Totals> {
        Totals::of(&mut self.connection).await.ok()
    }

    pub(super) async fn release(self) -> Result<(), BackupError> {
        Ok(self.connection.close().await?)
    }
}

fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    // The low byte tells the kind: 5 is busy, 6 is locked.
    code.is_some_and(|code| code.parse().is_ok_and(|code: i64| matches!(code & 0xff, 5 | 6)))
}
