//! `meterline restore FILE`: checked first, then swapped in one step.

use std::path::{Path, PathBuf};

use serde_json::json;
use shared::timestamp::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};

use super::files::{self, Part};
use super::hold::Held;
use super::{BackupError, BackupRecord, Totals, epoch, record};
use crate::database::Database;

const ON_POSTGRES: &str = "these books are on PostgreSQL, whose own tools put them back: stop the server, \
    pg_restore --clean --if-exists --dbname='THE DATABASE URL' FILE, then meterline restore --new-epoch";

/// What a restore did.
#[derive(Debug)]
pub struct Restored {
    /// What the backup said of itself; the books hold that now.
    pub record: BackupRecord,
    /// The epoch that begins.
    pub epoch: String,
    /// What was replaced; absent when there was nothing.
    pub replaced: Option<Replaced>,
}

/// The books that were there before.
#[derive(Debug)]
pub struct Replaced {
    /// Where they are kept.
    pub kept_as: PathBuf,
    /// What they hold; absent when they are too damaged to be counted.
    pub totals: Option<Totals>,
}

/// Puts the backup `file` in the place of the database at `url`, which nobody may have open. Until the last step, a rename,
/// nothing of the old books is touched; they are kept under another name.
pub async fn restore(url: &str, now: Timestamp, file: &Path) -> Result<Restored, BackupError> {
    let database = files::sqlite_file(url, ON_POSTGRES)?;
    if is_same(file, &database) {
        return Err(BackupError::Itself);
    }
    // What is checked is the copy that is put in place, not a file that somebody may still be writing.
    let part = Part::beside(&database);
    files::copy(file, part.path())?;
    let record = record::read_checked(part.path(), file).await?;
    let held = if database.exists() {
        Some(Held::take(&database).await?)
    } else {
        files::nothing_left_of(&database)?;
        None
    };
    let epoch = new_life(part.path(), now, file, &record).await?;
    let Some(mut held) = held else {
        part.become_file(&database)?;
        return Ok(Restored {
            record,
            epoch,
            replaced: None,
        });
    };
    let totals = held.totals().await;
    let kept_as = files::keep(&database, now)?;
    part.become_file(&database)?;
    held.release().await?;
    Ok(Restored {
        record,
        epoch,
        replaced: Some(Replaced { kept_as, totals }),
    })
}

async fn new_life(
    copy: &Path,
    now: Timestamp,
    file: &Path,
    record: &BackupRecord,
) -> Result<String, BackupError> {
    let options = SqliteConnectOptions::new()
        .filename(copy)
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Delete);
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await?;
    let database = Database::Sqlite(pool);
    let detail = json!({ "made_at": record.made_at, "epoch_before": record.epoch, "totals": record.totals });
    let epoch = epoch::begin(&database, now, "restore", &file.display().to_string(), detail).await;
    database.close().await;
    Ok(epoch?)
}

fn is_same(file: &Path, database: &Path) -> bool {
    match (file.canonicalize(), database.canonicalize()) {
        (Ok(file), Ok(database)) => file == database,
        _ => false,
    }
}
