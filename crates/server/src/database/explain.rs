//! For tests: what a database does for a query. SQLite's planner, without statistics, decides by the shape of the query alone, as it
//! does on years of history.

pub(crate) mod postgres;

use sqlx::AssertSqlSafe;

use super::Database;
use crate::store::Store;

/// SQLite's steps on empty books, a line each.
pub(crate) async fn plan(sql: &str, binds: &[String]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("test.db").display());
    let store = Store::open(&url).await.unwrap();
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
