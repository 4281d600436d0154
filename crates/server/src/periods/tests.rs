use super::*;
use crate::database::Database;
use shared::closing::InTheWay;
use sqlx::AssertSqlSafe;

async fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("test.db").display());
    (folder, Store::open(&url).await.unwrap())
}

/// What SQLite does for a query, a line a step.
async fn plan(store: &Store, sql: &str, binds: &[String]) -> Vec<String> {
    let Database::Sqlite(pool) = store.reader() else {
        panic!("SQLite was opened");
    };
    let mut explain = sqlx::query_as(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")));
    for bind in binds {
        explain = explain.bind(bind.clone());
    }
    let steps: Vec<(i64, i64, i64, String)> = explain.fetch_all(pool).await.unwrap();
    steps.into_iter().map(|step| step.3).collect()
}

fn property() -> Property {
    Property {
        id: 1,
        code: "GC A".into(),
        code_normal: "gc a".into(),
        name: String::new(),
        time_zone: "Pacific/Guam".into(),
    }
}

#[tokio::test]
async fn a_period_is_counted_and_listed_without_reading_a_whole_table_or_month() {
    let (_folder, store) = store().await;
    let period = Period::new(2026, 11).unwrap();
    let (points, point_binds) = point_groups_of(&property(), period);
    let (items, item_binds) = item_groups_of(&property(), period);
    let mut queries = vec![
        (points, point_binds.to_vec()),
        (items.to_owned(), item_binds.to_vec()),
        (
            format!("SELECT 1 FROM item i WHERE {}", clean_items()),
            item_binds.to_vec(),
        ),
    ];
    queries.extend(
        InTheWay::ALL
            .iter()
            .map(|it| in_the_way::query(&property(), period, *it)),
    );
    for (sql, binds) in queries {
        let steps = plan(&store, &sql, &binds).await;
        let bad = |step: &&String| {
            let whole = ["AUTOMATIC", "item_of_period", "item_of_state", "item_of_property"];
            step.starts_with("SCAN") || whole.iter().any(|it| step.contains(it))
        };
        let bad: Vec<_> = steps.iter().filter(bad).collect();
        assert!(bad.is_empty(), "{bad:?} in {steps:#?} of {sql}");
    }
}
