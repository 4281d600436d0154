//! Backups and the way back, on SQLite.

mod refusals;

use std::path::PathBuf;

use server::backup::{self, BackupError, BackupRecord};
use server::events::Resumed;
use shared::wire::receipt::{VerdictName, WireVerdict};

use crate::util::items::reading;
use crate::util::{Caller, TestApp};

async fn app() -> TestApp {
    TestApp::sqlite().await.with_portfolio().await
}

/// Readings of the units from 101 on, each with its running number.
async fn send(ana: &Caller, seqs: std::ops::RangeInclusive<u32>) -> Vec<(serde_json::Value, WireVerdict)> {
    let mut sent = Vec::new();
    for seq in seqs {
        let item = reading(ana, seq.into(), 100 + seq, 1_234);
        let verdict = ana.send_item(&item).await;
        assert_eq!(verdict.verdict, VerdictName::Accepted, "{verdict:?}");
        sent.push((item, verdict));
    }
    sent
}

fn seq_of(verdict: &WireVerdict) -> i64 {
    verdict.receipt.as_ref().unwrap().seq
}

async fn back_up(app: &TestApp) -> (PathBuf, BackupRecord) {
    let file = app.folder().join("backup.db");
    let record = backup::back_up(&app.store, app.clock.now(), &file).await.unwrap();
    (file, record)
}

fn files_of(app: &TestApp) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(app.folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_made_while_batches_come_in_and_says_what_it_holds() {
    let app = app().await;
    let ana = app.technician("ana").await;
    send(&ana, 1..=10).await;
    let rest = {
        let ana = ana.clone();
        tokio::spawn(async move { send(&ana, 11..=60).await })
    };
    let (file, record) = back_up(&app).await;
    rest.await.unwrap();
    assert!((10..=60).contains(&record.totals.items), "{}", record.totals);
    assert_eq!(record.totals.items, record.totals.sent_items);
    assert_eq!(record.totals.states["received"], record.totals.items);
    assert_eq!(record.totals.last_receipt, record.totals.items);
    assert_eq!(record.epoch, app.store.identity().epoch);
    assert_eq!(app.number("SELECT COUNT(*) FROM item").await, 60);
    assert_eq!(
        app.texts("SELECT action || ' ' || subject FROM audit").await,
        [format!("backup {}", file.display())]
    );
    // One file, nothing half-done beside it.
    assert_eq!(
        files_of(&app),
        ["backup.db", "test.db", "test.db-shm", "test.db-wal"]
    );
}

#[tokio::test]
async fn a_backup_never_takes_the_place_of_a_file() {
    let app = app().await;
    let (file, _) = back_up(&app).await;
    let before = std::fs::read(&file).unwrap();
    let refused = backup::back_up(&app.store, app.clock.now(), &file).await;
    assert!(matches!(refused, Err(BackupError::Exists(_))), "{refused:?}");
    assert_eq!(std::fs::read(&file).unwrap(), before);
    let nowhere = app.folder().join("missing").join("backup.db");
    let refused = backup::back_up(&app.store, app.clock.now(), &nowhere).await;
    assert!(matches!(refused, Err(BackupError::NoFolder(_))), "{refused:?}");
}

#[tokio::test]
async fn after_a_restore_the_phone_is_told_what_is_missing_and_offers_it_once() {
    let app = app().await;
    let ana = app.technician("ana").await;
    let kept = send(&ana, 1..=3).await;
    let (file, record) = back_up(&app).await;
    let lost = send(&ana, 4..=6).await;
    let cursor = ana.list(None).await.cursor;
    let last_change = app.store.last_change_seq().await.unwrap();
    assert!(!ana.list(Some(&cursor)).await.full);
    app.store.close().await;
    let restored = backup::restore(app.url(), app.clock.now(), &file).await.unwrap();
    let after = app.restarted().await;
    let ana = ana.at(&after);
    // An office page that goes on from what it saw last is told to load its list again.
    let (resumed, _) = after.state.events.listen(Some(last_change));
    assert!(matches!(resumed, Resumed::Gone), "{resumed:?}");
    assert_eq!(after.store.identity().epoch, restored.epoch);
    assert_ne!(restored.epoch, record.epoch);
    assert_eq!(after.store.identity().server_id, record.server_id);
    assert!(ana.list(Some(&cursor)).await.full);
    assert_eq!(ana.check(6).await.missing, [(4, 6)]);
    for _ in 0..2 {
        for (item, first) in &kept {
            assert_eq!(ana.send_item(item).await, *first);
        }
        for (item, _) in &lost {
            assert_eq!(ana.send_item(item).await.verdict, VerdictName::Accepted);
        }
    }
    assert_eq!(ana.check(6).await.missing, []);
    for table in ["SELECT COUNT(*) FROM item", "SELECT COUNT(*) FROM sent_item"] {
        assert_eq!(after.number(table).await, 6);
    }
    // Numbers of the lost time stand for what is lost and for nothing else.
    let fresh = after
        .number("SELECT MIN(receipt_seq) FROM item WHERE device_seq > 3")
        .await;
    let lost: Vec<i64> = lost.iter().map(|(_, verdict)| seq_of(verdict)).collect();
    assert!(lost.iter().all(|seq| *seq < fresh), "{fresh} {lost:?}");
}

#[tokio::test]
async fn the_books_that_were_replaced_are_kept_and_the_audit_tells_of_it() {
    let app = app().await;
    let ana = app.technician("ana").await;
    send(&ana, 1..=2).await;
    let (file, record) = back_up(&app).await;
    send(&ana, 3..=5).await;
    app.store.close().await;
    let restored = backup::restore(app.url(), app.clock.now(), &file).await.unwrap();
    let replaced = restored.replaced.unwrap();
    assert_eq!(replaced.totals.unwrap().items, 5);
    let name = replaced.kept_as.file_name().unwrap().to_str().unwrap();
    assert_eq!(name, "test.db.replaced-2026-11-27T00-00-00Z");
    assert_eq!(files_of(&app), ["backup.db", "test.db", name]);
    let after = app.restarted().await;
    assert_eq!(
        after
            .texts("SELECT action || ' ' || (detail->>'epoch_before') FROM audit")
            .await,
        [format!("restore {}", record.epoch)]
    );
    // It lives: it is no backup any more, and can be backed up again.
    assert_eq!(
        after
            .number("SELECT COUNT(*) FROM meta WHERE name = 'backup'")
            .await,
        0
    );
    let again = app.folder().join("again.db");
    let again = backup::back_up(&after.store, after.clock.now(), &again)
        .await
        .unwrap();
    assert_eq!(again.totals, record.totals);
    after.store.close().await;
    // Going back on a restore: the kept books are put in their place by hand.
    std::fs::copy(&replaced.kept_as, app.folder().join("test.db")).unwrap();
    assert_eq!(app.restarted().await.number("SELECT COUNT(*) FROM item").await, 5);
}

#[tokio::test]
async fn a_backup_is_restored_where_no_books_are() {
    let app = app().await;
    let ana = app.technician("ana").await;
    send(&ana, 1..=2).await;
    let (file, record) = back_up(&app).await;
    let elsewhere = format!("sqlite://{}", app.folder().join("new.db").display());
    let restored = backup::restore(&elsewhere, app.clock.now(), &file).await.unwrap();
    assert!(restored.replaced.is_none());
    let store = server::store::Store::open(&elsewhere).await.unwrap();
    assert_eq!(store.identity().server_id, record.server_id);
    assert_eq!(store.identity().epoch, restored.epoch);
}
