//! What PostgreSQL does for a query, with the settings of the reading connections and on books that are small as yet. Small tables are
//! scanned and sorted whatever indexes there are, so both are made dear: what is left of them is what no index spares.

use std::fmt;

use serde_json::Value;
use sqlx::{AssertSqlSafe, PgPool, Row};
use tokio::sync::OnceCell;

use super::super::Database;
use crate::store::Store;

/// What grows with the portfolio or with the years. Other tables are small enough to be read whole.
const LARGE: [&str; 14] = [
    "audit",
    "handover_outbox",
    "item",
    "item_decision",
    "item_photo",
    "label",
    "meter",
    "meter_point",
    "period_step",
    "sent_item",
    "session",
    "tenancy",
    "tenant_word",
    "unit",
];

/// One database for all that is asked, on the server at `TEST_POSTGRES_URL`.
pub(crate) struct Postgres(PgPool);

/// The steps of one query.
pub(crate) struct Plan(Vec<Step>);

struct Step {
    kind: String,
    table: String,
    index: String,
    /// Only a part of the index is read.
    bounded: bool,
}

impl Postgres {
    pub(crate) async fn new() -> Self {
        static URL: OnceCell<String> = OnceCell::const_new();
        let url = URL.get_or_init(filled).await;
        let store = Store::open(url).await.unwrap();
        let Database::Postgres(pool) = store.reader() else {
            panic!("PostgreSQL was opened");
        };
        Self(pool.clone())
    }

    /// What it does where indexes are dearer than nothing but reading a whole table.
    pub(crate) async fn plan(&self, sql: &str, binds: &[String]) -> Plan {
        self.explained("SET LOCAL enable_seqscan = off", sql, binds).await
    }

    /// Of a page that should come out of an index in its order.
    pub(crate) async fn ordered_plan(&self, sql: &str, binds: &[String]) -> Plan {
        let dear = "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off";
        self.explained(dear, sql, binds).await
    }

    // Values stand where the server binds them, and the types of the places follow from the text.
    async fn explained(&self, dear: &str, sql: &str, binds: &[String]) -> Plan {
        let mut transaction = self.0.begin().await.unwrap();
        let values: Vec<_> = binds
            .iter()
            .map(|it| format!("'{}'", it.replace('\'', "''")))
            .collect();
        let values = match values.as_slice() {
            [] => String::new(),
            some => format!("({})", some.join(", ")),
        };
        let before = format!("{dear}; PREPARE asked AS {sql}");
        sqlx::raw_sql(AssertSqlSafe(before))
            .execute(&mut *transaction)
            .await
            .unwrap_or_else(|error| panic!("{error}: {sql}"));
        let explain = format!("EXPLAIN (FORMAT JSON) EXECUTE asked{values}");
        let row = sqlx::query(AssertSqlSafe(explain))
            .persistent(false)
            .fetch_one(&mut *transaction)
            .await
            .unwrap_or_else(|error| panic!("{error}: {sql}"));
        let told: Value = row.get(0);
        sqlx::raw_sql("DEALLOCATE asked")
            .execute(&mut *transaction)
            .await
            .unwrap();
        let mut steps = Vec::new();
        collect(&told[0]["Plan"], &mut steps);
        assert!(!steps.is_empty(), "{told}");
        Plan(steps)
    }
}

async fn filled() -> String {
    let server = std::env::var("TEST_POSTGRES_URL").expect("TEST_POSTGRES_URL names a PostgreSQL server");
    let name = format!("meterline_plan_{}", uuid::Uuid::new_v4().simple());
    let admin = PgPool::connect(&server).await.unwrap();
    let create = format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
    sqlx::query(AssertSqlSafe(create)).execute(&admin).await.unwrap();
    admin.close().await;
    let (base, _) = server.rsplit_once('/').unwrap();
    let url = format!("{base}/{name}");
    let store = Store::open(&url).await.unwrap();
    let Database::Postgres(pool) = store.writer() else {
        panic!("PostgreSQL was opened");
    };
    // Not in one transaction: what is vacuumed can be read from an index alone.
    for part in [include_str!("filling.sql"), "VACUUM ANALYZE"] {
        sqlx::raw_sql(part).execute(pool).await.unwrap();
    }
    store.close().await;
    url
}

fn collect(node: &Value, steps: &mut Vec<Step>) {
    let text = |name: &str| node[name].as_str().unwrap_or_default().to_owned();
    steps.push(Step {
        kind: text("Node Type"),
        table: text("Relation Name"),
        index: text("Index Name"),
        bounded: !node["Index Cond"].is_null() || !node["Recheck Cond"].is_null(),
    });
    for inner in node["Plans"].as_array().into_iter().flatten() {
        collect(inner, steps);
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = if self.bounded { " (a part)" } else { "" };
        write!(f, "{} {} {}{part}", self.kind, self.table, self.index)
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|it| writeln!(f, "{it}"))
    }
}

impl Plan {
    /// Large tables of which every row is read, or every entry of an index, unless a page ends it: `ordered` are indexes that are
    /// read in their order as far as a page goes.
    pub(crate) fn assert_reads_no_whole_table(&self, ordered: &[&str]) {
        let whole = |step: &&Step| {
            let large = LARGE.contains(&step.table.as_str());
            large && !step.bounded && !ordered.contains(&step.index.as_str())
        };
        let whole: Vec<_> = self.0.iter().filter(whole).map(Step::to_string).collect();
        assert!(whole.is_empty(), "{whole:?} in\n{self}");
    }

    /// Sorts of all that comes; one within rows that are in order by and large already is none.
    pub(crate) fn assert_sorts(&self, most: usize) {
        let sorts = self.0.iter().filter(|it| it.kind == "Sort").count();
        assert!(sorts <= most, "{sorts} sorts in\n{self}");
    }

    /// Indexes that would go through more than is asked for.
    pub(crate) fn assert_avoids(&self, indexes: &[&str]) {
        let used = |step: &&Step| indexes.contains(&step.index.as_str());
        assert!(
            !self.0.iter().any(|it| used(&it)),
            "one of {indexes:?} in\n{self}"
        );
    }

    pub(crate) fn assert_uses(&self, index: &str) {
        assert!(self.0.iter().any(|it| it.index == index), "no {index} in\n{self}");
    }
}
