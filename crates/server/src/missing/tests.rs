use super::*;
use crate::database::Database;

/// What SQLite does for a page, a line a step.
async fn plan(after: Option<i64>) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("test.db").display());
    let store = Store::open(&url).await.unwrap();
    let asked = Asked {
        property: None,
        period: None,
        after,
        limit: 100,
    };
    let period = Period::new(2026, 11).unwrap();
    let (sql, binds) = page_query(1, period, &asked, "2026-11-27".into());
    let Database::Sqlite(pool) = store.reader() else {
        panic!("SQLite was opened");
    };
    let mut explain = sqlx::query_as(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")));
    for bind in binds {
        explain = explain.bind(bind);
    }
    let steps: Vec<(i64, i64, i64, String)> = explain.fetch_all(pool).await.unwrap();
    steps.into_iter().map(|step| step.3).collect()
}

#[tokio::test]
async fn a_page_reads_no_whole_table_and_no_whole_period() {
    for after in [None, Some(7)] {
        let steps = plan(after).await;
        // The page itself, and the few values of one meter, are gone through.
        let scans =
            |step: &&String| step.starts_with("SCAN") && !matches!(step.as_str(), "SCAN missing" | "SCAN h");
        let whole = |step: &&String| step.contains("AUTOMATIC") || step.contains("item_of_period");
        let bad: Vec<_> = steps.iter().filter(|it| scans(it) || whole(it)).collect();
        assert!(bad.is_empty(), "{bad:?} in {steps:#?}");
        assert!(
            steps.iter().any(|it| it.contains("INDEX unit_in_walk")),
            "{steps:#?}"
        );
    }
}
