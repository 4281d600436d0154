//! `meterline backup`: one consistent copy while batches come in.

use std::path::Path;

use serde_json::json;
use shared::timestamp::Timestamp;
use sqlx::{Connection, SqliteConnection, SqlitePool};

use super::files::{self, Part};
use super::record::{self, BackupRecord};
use super::{BackupError, Totals};
use crate::audit::{AuditEntry, COMMAND_LINE};
use crate::database::{Database, Transaction};
use crate::store::Store;

const ON_POSTGRES: &str = "these books are on PostgreSQL, whose own tools copy them while they are served: \
    pg_dump --format=custom --file=FILE 'THE DATABASE URL'. To go back: stop the server, \
    pg_restore --clean --if-exists --dbname='THE DATABASE URL' FILE, then meterline restore --new-epoch";

/// Copies the books into `file`, which must not be there yet. The copy appears under its name when it is whole, checked and on
/// disk, and not before.
pub async fn back_up(store: &Store, now: Timestamp, file: &Path) -> Result<BackupRecord, BackupError> {
    let Database::Sqlite(books) = store.reader() else {
        return Err(BackupError::NotAFile(ON_POSTGRES));
    };
    files::is_free(file)?;
    let part = Part::beside(file);
    // A read transaction of its own: the writer goes on meanwhile.
    sqlx::query("VACUUM INTO $1")
        .bind(files::text(part.path())?)
        .execute(books)
        .await?;
    let mut copy = record::open_copy(part.path()).await?;
    let record = describe(store, now, books, &mut copy, file).await;
    copy.close().await?;
    let record = record?;
    // Somebody may have taken the name while we copied.
    files::is_free(file)?;
    part.become_file(file)?;
    note(store, now, file, &record).await?;
    Ok(record)
}

async fn describe(
    store: &Store,
    now: Timestamp,
    books: &SqlitePool,
    copy: &mut SqliteConnection,
    file: &Path,
) -> Result<BackupRecord, BackupError> {
    if let Some(what) = record::find_damage(copy).await? {
        return Err(BackupError::Damaged {
            path: file.to_owned(),
            what,
        });
    }
    let totals = Totals::of(copy).await?;
    let mut books = books.acquire().await?;
    let in_books = Totals::up_to(&mut books, totals.last_receipt).await?;
    if in_books != (totals.items, totals.sent_items) {
        return Err(BackupError::Damaged {
            path: file.to_owned(),
            what: format!("{in_books:?} rows became {totals}"),
        });
    }
    let record = BackupRecord {
        made_at: now.to_rfc3339(),
        program: env!("CARGO_PKG_VERSION").into(),
        server_id: store.identity().server_id.clone(),
        epoch: store.identity().epoch.clone(),
        totals,
    };
    record::write(copy, &record).await?;
    Ok(record)
}

async fn note(store: &Store, now: Timestamp, file: &Path, record: &BackupRecord) -> Result<(), BackupError> {
    let entry = AuditEntry {
        at: now,
        actor: COMMAND_LINE.into(),
        action: "backup",
        subject: file.display().to_string(),
        detail: json!(record.totals),
    };
    let mut transaction = Transaction::begin(store.writer()).await?;
    entry.write(&mut transaction).await?;
    transaction.commit().await?;
    Ok(())
}
