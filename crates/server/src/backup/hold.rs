//! Being alone with a database file.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use super::{BackupError, Totals};

/// A process that is about to end holds the file for a moment: so often, and so far apart, it is looked again. SQLite itself does
/// not wait for the lock that leaving the write-ahead log takes.
const LOOKS: usize = 20;
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// Nobody else has the file open or gets at it until this is released; all of it is in the one file.
pub(super) struct Held {
    connection: SqliteConnection,
}

impl Held {
    /// Takes hold of the file. Leaving the write-ahead log is granted by SQLite only to the one connection that is left, and
    /// folds the log into the file.
    pub(super) async fn take(file: &Path) -> Result<Self, BackupError> {
        let mut looks = 1;
        loop {
            match Self::look(file).await {
                Err(cause) if is_busy(&cause) && looks < LOOKS => looks += 1,
                Err(cause) if is_busy(&cause) => return Err(BackupError::InUse),
                Err(cause) => {
                    return Err(BackupError::Unreadable {
                        path: file.to_owned(),
                        cause,
                    });
                }
                Ok(held) => return Ok(held),
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    async fn look(file: &Path) -> sqlx::Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(false)
            .busy_timeout(Duration::ZERO)
            .journal_mode(SqliteJournalMode::Delete);
        let mut connection = options.connect().await?;
        sqlx::query("BEGIN EXCLUSIVE").execute(&mut connection).await?;
        Ok(Self { connection })
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
