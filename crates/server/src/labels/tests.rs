use shared::wire::labels::LabelsQuery;

use super::*;
use crate::database::Database;

/// What SQLite does for a query, a line a step.
async fn plan(query: LabelsQuery) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("test.db").display());
    let store = Store::open(&url).await.unwrap();
    let filter = LabelFilter::new(&PropertyScope::All, query).unwrap();
    let (sql, binds) = page_query(&filter, 101);
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

fn assert_index_backed(steps: &[String]) {
    let bad = |step: &String| {
        let scans = step.starts_with("SCAN") && !step.contains("USING");
        // The few labels of one unit may be sorted, never the units.
        let sorts = step.contains("TEMP B-TREE") && !step.contains("FOR LAST 3 TERMS");
        scans && !step.contains("json_each") || sorts || step.contains("AUTOMATIC")
    };
    assert!(!steps.iter().any(bad), "{steps:#?}");
}

#[tokio::test]
async fn pages_are_read_from_indexes_in_their_order() {
    assert_index_backed(&plan(LabelsQuery::default()).await);
    let next = LabelsQuery {
        property: Some("GC A".into()),
        state: Some("active".into()),
        after: Some("7.ABC".into()),
        ..LabelsQuery::default()
    };
    assert_index_backed(&plan(next).await);
    let all = LabelsQuery {
        after: Some("7.ABC".into()),
        ..LabelsQuery::default()
    };
    assert_index_backed(&plan(all).await);
}

#[tokio::test]
async fn one_label_is_looked_up_by_its_code() {
    let one = LabelsQuery {
        q: Some(shared::label::ShortCode::from_random([7; 7]).to_string()),
        ..LabelsQuery::default()
    };
    let steps = plan(one).await;
    assert!(steps[0].contains("SEARCH l USING"), "{steps:#?}");
}
