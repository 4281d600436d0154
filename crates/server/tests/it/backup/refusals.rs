//! What is not restored: nothing is changed then.

use std::path::Path;

use server::backup::{self, BackupError};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use super::{app, back_up, send};
use crate::util::TestApp;

/// Books with five readings and a backup of them; nobody has either open.
async fn closed_books() -> (TestApp, std::path::PathBuf) {
    let app = app().await;
    let ana = app.technician("ana").await;
    send(&ana, 1..=5).await;
    let (file, _) = back_up(&app).await;
    app.store.close().await;
    (app, file)
}

async fn change(file: &Path, sql: &'static str) {
    let options = SqliteConnectOptions::new().filename(file).foreign_keys(false);
    let mut connection = options.connect().await.unwrap();
    sqlx::query(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

/// The restore is refused with this in its text, and the books are as they were.
async fn check_refused(app: &TestApp, file: &Path, text: &str) -> BackupError {
    let books = app.folder().join("test.db");
    let before = std::fs::read(&books).unwrap();
    let names = super::files_of(app);
    let refused = backup::restore(app.url(), app.clock.now(), file)
        .await
        .unwrap_err();
    assert!(refused.to_string().contains(text), "{refused}");
    assert!(std::fs::read(&books).unwrap() == before, "the books were touched");
    assert_eq!(super::files_of(app), names);
    refused
}

#[tokio::test]
async fn books_that_somebody_has_open_are_not_replaced() {
    let app = app().await;
    let ana = app.technician("ana").await;
    send(&ana, 1..=5).await;
    let (file, _) = back_up(&app).await;
    send(&ana, 6..=7).await;
    let refused = check_refused(&app, &file, "stop the server").await;
    assert!(matches!(refused, BackupError::InUse));
    // It goes on as if nothing had been.
    send(&ana, 8..=9).await;
    assert_eq!(app.number("SELECT COUNT(*) FROM item").await, 9);
}

#[tokio::test]
async fn a_damaged_file_is_refused() {
    let (app, file) = closed_books().await;
    let whole = std::fs::read(&file).unwrap();
    for at in [whole.len() / 4, whole.len() / 2, whole.len() - 6_000] {
        let mut damaged = whole.clone();
        damaged[at..at + 4_096].fill(0x5a);
        std::fs::write(&file, damaged).unwrap();
        let refused = check_refused(&app, &file, "take an older backup").await;
        assert!(matches!(refused, BackupError::Damaged { .. }), "{at}: {refused}");
    }
    // Cut off, as by a full disk or a transfer that broke.
    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    check_refused(&app, &file, "").await;
    std::fs::write(&file, &whole).unwrap();
    backup::restore(app.url(), app.clock.now(), &file).await.unwrap();
}

#[tokio::test]
async fn a_file_that_does_not_hold_what_it_says_is_refused() {
    for sql in [
        "UPDATE item SET state = 'held' WHERE receipt_seq = 2",
        "DROP TRIGGER sent_item_never_deleted; DELETE FROM sent_item WHERE receipt_seq = 5",
        "DROP TRIGGER sent_item_never_deleted; DELETE FROM sent_item WHERE receipt_seq = 5;
            DROP TRIGGER item_never_deleted; DELETE FROM item WHERE receipt_seq = 5",
    ] {
        let (app, file) = closed_books().await;
        change(&file, sql).await;
        let refused = check_refused(&app, &file, "is not what was backed up").await;
        assert!(matches!(refused, BackupError::TotalsDiffer { .. }), "{sql}");
    }
}

#[tokio::test]
async fn a_file_that_is_no_backup_is_refused() {
    let (app, file) = closed_books().await;
    let text = app.folder().join("notes.txt");
    std::fs::write(
        &text,
        "not a database, but longer than the header of one: ".repeat(20),
    )
    .unwrap();
    check_refused(&app, &text, "no finished backup").await;
    // Books that were copied by hand, and a copy that was not finished.
    let copied = app.folder().join("copied.db");
    std::fs::copy(app.folder().join("test.db"), &copied).unwrap();
    check_refused(&app, &copied, "--new-epoch").await;
    let empty = app.folder().join("empty.db");
    std::fs::write(&empty, "").unwrap();
    check_refused(&app, &empty, "no finished backup").await;
    let books = app.folder().join("test.db");
    check_refused(&app, &books, "the database itself").await;
    change(
        &file,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
            VALUES (9999, 'from the future', TRUE, X'00', 0)",
    )
    .await;
    check_refused(&app, &file, "restore with that version or a later one").await;
}

#[tokio::test]
async fn books_that_cannot_be_read_are_not_replaced_unseen() {
    let (app, file) = closed_books().await;
    let books = app.folder().join("test.db");
    std::fs::write(&books, "a disk that forgot: ".repeat(500)).unwrap();
    check_refused(&app, &file, "make sure that no server runs").await;
    std::fs::rename(&books, app.folder().join("broken")).unwrap();
    // A log of the old books must never be played onto the new ones.
    let log = app.folder().join("test.db-wal");
    std::fs::write(&log, "left over").unwrap();
    let refused = backup::restore(app.url(), app.clock.now(), &file).await;
    assert!(matches!(refused, Err(BackupError::LeftOver(_))), "{refused:?}");
    assert!(!books.exists());
    std::fs::remove_file(&log).unwrap();
    backup::restore(app.url(), app.clock.now(), &file).await.unwrap();
}
