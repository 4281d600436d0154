//! Many at once.

use serde_json::json;
use shared::wire::receipt::VerdictName;

use super::contract;
use crate::util::TestApp;
use crate::util::items::{reading, with};

contract!(
    fifty_parallel_posts_of_one_reading_are_one_row_and_fifty_equal_receipts,
    fifty_rivals_for_one_key_are_one_official_value_and_49_conflicts,
    two_processes_on_one_database_keep_one_official_value_a_key,
);

async fn fifty_parallel_posts_of_one_reading_are_one_row_and_fifty_equal_receipts(app: TestApp) {
    let ana = app.technician("ana").await;
    let item = reading(&ana, 1, 101, 1234);
    let mut posts = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let (ana, item) = (ana.clone(), item.clone());
        posts.spawn(async move { ana.send_item(&item).await });
    }
    let verdicts = posts.join_all().await;
    assert_eq!(verdicts.len(), 50);
    assert_eq!(verdicts[0].verdict, VerdictName::Accepted);
    assert!(verdicts.iter().all(|it| *it == verdicts[0]), "{verdicts:?}");
    assert_eq!(app.number("SELECT CAST(COUNT(*) AS BIGINT) FROM item").await, 1);
    assert_eq!(
        app.number("SELECT CAST(COUNT(*) AS BIGINT) FROM sent_item").await,
        1
    );
}

async fn fifty_rivals_for_one_key_are_one_official_value_and_49_conflicts(app: TestApp) {
    let ana = app.technician("ana").await;
    let mut posts = tokio::task::JoinSet::new();
    for rival in 1..=50 {
        let ana = ana.clone();
        posts.spawn(async move { ana.send_item(&reading(&ana, rival, 101, 1000 + rival)).await });
    }
    let verdicts = posts.join_all().await;
    let count = |name| verdicts.iter().filter(|it| it.verdict == name).count();
    assert_eq!(
        (count(VerdictName::Accepted), count(VerdictName::Conflict)),
        (1, 49)
    );
    let official = verdicts
        .iter()
        .find(|it| it.verdict == VerdictName::Accepted)
        .unwrap();
    let refused = verdicts.iter().filter(|it| it.verdict == VerdictName::Conflict);
    assert!(refused.clone().all(|it| {
        it.existing
            .as_ref()
            .is_some_and(|existing| existing.id == official.id)
    }));
    assert_eq!(
        app.number("SELECT CAST(COUNT(*) AS BIGINT) FROM item WHERE official_key IS NOT NULL")
            .await,
        1
    );
    assert_eq!(
        app.number("SELECT CAST(COUNT(DISTINCT receipt_seq) AS BIGINT) FROM item")
            .await,
        50
    );
    assert_eq!(
        app.number("SELECT CAST(COUNT(DISTINCT updated_seq) AS BIGINT) FROM item")
            .await,
        50
    );
}

async fn two_processes_on_one_database_keep_one_official_value_a_key(app: TestApp) {
    let ana = app.technician("ana").await;
    let second = app.second_writer().await;
    let mut posts = tokio::task::JoinSet::new();
    for rival in 1..=20_u64 {
        let item = with(
            &reading(&ana, rival, 101, 1000 + rival),
            json!({ "captured_by": "ana" }),
        );
        let batch = crate::util::items::sent_batch(&ana, &item, &app);
        let writer = if rival % 2 == 0 {
            app.state.writer.clone()
        } else {
            second.writer.clone()
        };
        posts.spawn(async move { writer.take(batch).await.unwrap().remove(0) });
    }
    let verdicts = posts.join_all().await;
    let accepted = verdicts
        .iter()
        .filter(|it| it.verdict == VerdictName::Accepted)
        .count();
    assert_eq!((accepted, verdicts.len()), (1, 20));
    let mut seqs: Vec<i64> = verdicts
        .iter()
        .map(|it| it.receipt.as_ref().unwrap().seq)
        .collect();
    seqs.sort_unstable();
    assert_eq!(seqs, (1..=20).collect::<Vec<_>>());
}
