//! SQLite's log is copied back into the database beside the writer, so that no batch waits for it.

use sqlx::SqlitePool;
use tokio::sync::mpsc;

use super::Database;

/// Pages of the log that are copied back together, 16 MiB: a page that every batch touches is copied once for several of
/// them.
const PAGES_MIN: i64 = 4_000;

const STATE: &str = "PRAGMA wal_checkpoint(NOOP)";
/// Takes what no reader needs, and waits for nobody.
const COPY_BACK: &str = "PRAGMA wal_checkpoint(PASSIVE)";

/// Copies the log back when it has grown. The task ends with the value.
#[derive(Debug)]
pub struct Checkpointer {
    sender: Option<mpsc::Sender<()>>,
}

/// `busy`, pages in the log, and how many of them are copied back.
type LogState = (i64, i64, i64);

impl Checkpointer {
    /// Starts the task on a connection of the readers'. PostgreSQL does this by itself.
    pub fn start(readers: &Database) -> Self {
        let Database::Sqlite(pool) = readers else {
            return Self { sender: None };
        };
        let (sender, receiver) = mpsc::channel(1);
        tokio::spawn(run(pool.clone(), receiver));
        Self { sender: Some(sender) }
    }

    /// Something was committed. Returns at once.
    pub fn committed(&self) {
        if let Some(sender) = &self.sender {
            // One that waits already serves for this commit too.
            let _ = sender.try_send(());
        }
    }
}

async fn run(pool: SqlitePool, mut receiver: mpsc::Receiver<()>) {
    while receiver.recv().await.is_some() {
        if let Err(error) = copy_back(&pool).await {
            // Nothing is lost: the writer copies back by itself when the log is four times as long.
            tracing::warn!(%error, "the log was not copied back");
        }
    }
}

async fn copy_back(pool: &SqlitePool) -> sqlx::Result<()> {
    let (_, pages, copied): LogState = sqlx::query_as(STATE).fetch_one(pool).await?;
    if pages - copied >= PAGES_MIN {
        sqlx::query(COPY_BACK).execute(pool).await?;
    }
    Ok(())
}
