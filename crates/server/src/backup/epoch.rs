//! A new life of the books.

use shared::timestamp::Timestamp;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};
use std::str::FromStr;
use std::time::Duration;
use uuid::Uuid;

use super::{BackupError, files, hold::Held};
use crate::audit::{AuditEntry, COMMAND_LINE};
use crate::database::{Database, Transaction};
use crate::in_transaction;

/// Receipt and change numbers go on behind a gap that is wider than what can have been lost, so that no number of the lost time
/// is given to something else, and an office page that was open then is told to load its list again.
pub const NUMBERS_SKIPPED: i64 = 1_000_000;

/// PostgreSQL shows a connection for a moment after it was closed: so often, and so far apart, it is looked again.
const LOOKS: usize = 20;
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// Begins a new epoch in the database at `url`, which nobody may have open: for books that were put back by other means than
/// `meterline restore`.
pub async fn start_epoch(url: &str, now: Timestamp) -> Result<String, BackupError> {
    be_alone(url).await?;
    let pools = crate::database::open(url)
        .await
        .map_err(|error| BackupError::Io {
            what: "the database can't be opened".into(),
            cause: std::io::Error::other(error),
        })?;
    let fresh = begin(&pools.write, now, "new_epoch", "database", serde_json::json!({})).await;
    pools.read.close().await;
    pools.write.close().await;
    Ok(fresh?)
}

/// Writes the new epoch and tells the audit why.
pub(super) async fn begin(
    database: &Database,
    now: Timestamp,
    action: &'static str,
    subject: &str,
    detail: serde_json::Value,
) -> sqlx::Result<String> {
    const EPOCH: &str = "INSERT INTO meta (name, value) VALUES ('epoch', $1) \
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    let fresh = Uuid::new_v4().to_string();
    let mut transaction = Transaction::begin(database).await?;
    let mut counters = transaction.lock_counters().await?;
    counters.receipt += NUMBERS_SKIPPED;
    counters.change += NUMBERS_SKIPPED;
    transaction.store_counters(counters).await?;
    in_transaction!(&mut transaction, |c| {
        sqlx::query(EPOCH).bind(&fresh).execute(c).await?;
    });
    in_transaction!(&mut transaction, |c| {
        sqlx::query(super::record::FORGET).execute(c).await?;
    });
    let entry = AuditEntry {
        at: now,
        actor: COMMAND_LINE.into(),
        action,
        subject: subject.into(),
        detail,
    };
    entry.write(&mut transaction).await?;
    transaction.commit().await?;
    Ok(fresh)
}

async fn be_alone(url: &str) -> Result<(), BackupError> {
    if !url.starts_with("sqlite:") {
        return be_alone_on_postgres(url).await;
    }
    let file = files::sqlite_file(url, "")?;
    if !file.exists() {
        return Err(BackupError::NoDatabase(file));
    }
    Held::take(&file).await?.release().await
}

// A server reads its epoch once, at its start.
async fn be_alone_on_postgres(url: &str) -> Result<(), BackupError> {
    const SERVERS: &str = "SELECT COUNT(*) FROM pg_stat_activity \
        WHERE datname = current_database() AND application_name = 'meterline' AND pid <> pg_backend_pid()";
    let options = PgConnectOptions::from_str(url)?.application_name("meterline restore");
    let mut connection = options.connect().await?;
    let mut alone = Err(BackupError::InUse);
    for _ in 0..LOOKS {
        let servers: i64 = sqlx::query_scalar(SERVERS).fetch_one(&mut connection).await?;
        if servers == 0 {
            alone = Ok(());
            break;
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    connection.close().await?;
    alone
}
