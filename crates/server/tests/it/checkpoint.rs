//! SQLite's log, copied back beside the writer.

use std::time::Duration;

use server::database::{Checkpointer, Database, open};

/// Beyond 16 MiB, from where on it is copied back.
const PAGES_WRITTEN: i64 = 5_000;
const PAGE_BYTES: i64 = 4_096;

#[tokio::test]
async fn a_log_that_has_grown_is_copied_back_without_the_writer() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("books.db").display());
    let pools = open(&url).await.unwrap();
    let (Database::Sqlite(write), Database::Sqlite(read)) = (&pools.write, &pools.read) else {
        panic!("the address is of SQLite");
    };
    let checkpointer = Checkpointer::start(&pools.read);
    sqlx::query("CREATE TABLE page (content BLOB)")
        .execute(write)
        .await
        .unwrap();
    checkpointer.committed();
    sqlx::query("INSERT INTO page SELECT zeroblob($1)")
        .bind(PAGES_WRITTEN * PAGE_BYTES)
        .execute(write)
        .await
        .unwrap();
    let copied = async || {
        let (_, _, copied): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(NOOP)")
            .fetch_one(read)
            .await
            .unwrap();
        copied
    };
    assert!(
        copied().await < PAGES_WRITTEN,
        "the writer has copied it back itself"
    );
    checkpointer.committed();
    let copied_back = async {
        while copied().await < PAGES_WRITTEN {
            tokio::task::yield_now().await;
        }
    };
    let limit = Duration::from_secs(60);
    tokio::time::timeout(limit, copied_back)
        .await
        .expect("it is copied back");
}
