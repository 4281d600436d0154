//! A new epoch for books that were put back by other means than our own restore.

use server::backup::{self, BackupError};

use super::contract;
use crate::util::TestApp;
use crate::util::items::reading;

contract!(
    a_new_epoch_begins_only_when_nobody_has_the_books_open,
    the_first_list_of_a_new_epoch_is_complete,
    books_that_are_no_file_are_left_to_their_own_tools,
);

async fn a_new_epoch_begins_only_when_nobody_has_the_books_open(app: TestApp) {
    let refused = backup::start_epoch(app.url(), app.clock.now()).await;
    assert!(matches!(refused, Err(BackupError::InUse)), "{refused:?}");
    let before = app.store.identity().clone();
    app.store.close().await;
    let epoch = backup::start_epoch(app.url(), app.clock.now()).await.unwrap();
    let after = app.restarted().await;
    assert_ne!(before.epoch, epoch);
    assert_eq!(after.store.identity().epoch, epoch);
    assert_eq!(after.store.identity().server_id, before.server_id);
    assert_eq!(after.texts("SELECT action FROM audit").await, ["new_epoch"]);
}

async fn the_first_list_of_a_new_epoch_is_complete(app: TestApp) {
    let ana = app.technician("ana").await;
    let first = ana.send_item(&reading(&ana, 1, 101, 1234)).await;
    let cursor = ana.list(None).await.cursor;
    app.store.close().await;
    backup::start_epoch(app.url(), app.clock.now()).await.unwrap();
    let after = app.restarted().await;
    let ana = ana.at(&after);
    assert!(ana.list(Some(&cursor)).await.full);
    assert!(!ana.list(Some(&ana.list(None).await.cursor)).await.full);
    // Receipts rise over the gap.
    let second = ana.send_item(&reading(&ana, 2, 102, 1234)).await;
    let seq = |verdict: shared::wire::receipt::WireVerdict| verdict.receipt.unwrap().seq;
    assert!(seq(second) > seq(first) + 1);
}

async fn books_that_are_no_file_are_left_to_their_own_tools(app: TestApp) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.db");
    let backed_up = backup::back_up(&app.store, app.clock.now(), &file).await;
    if app.url().starts_with("sqlite:") {
        assert!(backed_up.is_ok(), "{backed_up:?}");
        return;
    }
    let restored = backup::restore(app.url(), app.clock.now(), &file).await;
    let told = [
        backed_up.unwrap_err().to_string(),
        restored.unwrap_err().to_string(),
    ];
    assert!(told[0].contains("pg_dump"), "{}", told[0]);
    for text in told {
        assert!(
            text.contains("pg_restore") && text.contains("--new-epoch"),
            "{text}"
        );
    }
    assert!(!file.exists());
}
