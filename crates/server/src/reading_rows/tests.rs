use shared::names::State;
use shared::wire::office::ReadingsQuery;
use shared::wire::open_decisions::OpenDecisionsQuery;
use shared::wire::session::RoleName;

use super::open::{self, OpenFilter};
use super::*;
use crate::auth::{Person, PropertyScope};
use crate::database::explain::plan;

pub(super) fn reviewer() -> Person {
    Person {
        account_id: 1,
        name: "Rita".into(),
        name_normal: "rita".into(),
        role: RoleName::Reviewer,
        properties: PropertyScope::All,
        device_id: None,
        must_change_password: false,
    }
}

/// Neither the page nor its count reads all readings, and each begins with the index that this filter is for.
async fn assert_reads(query: ReadingsQuery, index: &str) {
    let filter = Filter::new(&reviewer(), query.clone()).unwrap();
    let all = Receipts::default();
    for (sql, binds) in [page_query(&filter, all, 101), total_query(&filter, all)] {
        let steps = plan(&sql, &binds).await;
        let bad = |step: &&String| {
            // What was counted, or found by a name, is gone through.
            let bounded = ["SCAN counted", "SCAN f"].contains(&step.as_str());
            let scans = step.starts_with("SCAN") && !bounded && !step.contains("USING");
            scans || step.contains("AUTOMATIC")
        };
        let bad: Vec<_> = steps.iter().filter(bad).collect();
        assert!(bad.is_empty(), "{query:?}: {bad:?} in {steps:#?}");
        assert!(
            steps.iter().any(|it| it.contains(index)),
            "{query:?}: no {index} in {steps:#?}"
        );
    }
}

type Set = fn(&mut ReadingsQuery, Option<String>);

/// Each filter with a value, and the index that it is read from.
fn filters() -> [(Set, &'static str, &'static str); 14] {
    [
        (|it, value| it.property = value, "GC A", "item_of_property"),
        (|it, value| it.period = value, "2026-11", "item_of_period"),
        (|it, value| it.technician = value, "ana", "item_of_person"),
        (|it, value| it.state = value, "received", "item_of_state"),
        (|it, value| it.source = value, "phone", "item_not_imported"),
        (|it, value| it.flag = value, "any", "item_flagged"),
        (|it, value| it.flag = value, "high", "item_flagged"),
        (|it, value| it.flag = value, "rolled_over", "item_flagged"),
        (|it, value| it.skip = value, "any", "item_skipped"),
        (|it, value| it.skip = value, "no_access", "item_skipped"),
        (|it, value| it.kind = value, "check", "item_of_other_kind"),
        (|it, value| it.photo = value, "any", "INTEGER PRIMARY KEY"),
        (|it, value| it.unit = value, "101", "unit_by_number"),
        (|it, value| it.q = value, "ines 101", "SEARCH w USING PRIMARY KEY"),
    ]
}

/// Its first page, and one further back.
fn pages_of(set: Set, value: &str) -> [ReadingsQuery; 2] {
    let mut first = ReadingsQuery::default();
    set(&mut first, Some(value.to_owned()));
    let next = ReadingsQuery {
        after: Some("77".to_owned()),
        ..first.clone()
    };
    [first, next]
}

#[tokio::test]
async fn each_filter_of_the_list_reads_its_page_and_its_count_from_an_index() {
    for (set, value, index) in filters() {
        for query in pages_of(set, value) {
            assert_reads(query, index).await;
        }
    }
}

/// The first page of conflicts and of the inbox, and one further back of each.
fn open_pages() -> Vec<(String, Vec<String>)> {
    let mut pages = Vec::new();
    for state in [State::Conflict, State::Held] {
        for after in [None, Some("7".to_owned())] {
            let query = OpenDecisionsQuery {
                after,
                ..OpenDecisionsQuery::default()
            };
            let filter = OpenFilter::new(&reviewer(), state, &query).unwrap();
            pages.push(open::page_query(&filter, 101));
        }
    }
    pages
}

#[tokio::test]
async fn conflicts_and_inbox_read_only_what_waits() {
    for (sql, binds) in open_pages() {
        let steps = plan(&sql, &binds).await;
        assert!(steps[0].contains("INDEX item_of_state"), "{steps:#?}");
        assert!(!steps.iter().any(|it| it.starts_with("SCAN")), "{steps:#?}");
    }
}

mod postgres {
    use super::*;
    use crate::database::explain::postgres::Postgres;

    /// Receipts, newest first, as far as a page goes, and indexes that hold nothing but what is asked for or searched.
    const ORDERED: [&str; 7] = [
        "item_flagged",
        "item_not_imported",
        "item_photo_pkey",
        "item_pkey",
        "item_skipped",
        "item_with_label_text",
        "item_with_remarks",
    ];

    #[tokio::test]
    #[ignore = "needs TEST_POSTGRES_URL"]
    async fn each_filter_of_the_list_reads_its_page_and_its_count_from_an_index() {
        let postgres = Postgres::new().await;
        for (set, value, _) in filters() {
            for query in pages_of(set, value) {
                let filter = Filter::new(&reviewer(), query).unwrap();
                for (sql, binds) in [
                    page_query(&filter, Receipts::default(), 101),
                    total_query(&filter, Receipts::default()),
                ] {
                    let plan = postgres.plan(&sql, &binds).await;
                    plan.assert_reads_no_whole_table(&ORDERED);
                }
            }
        }
    }

    #[tokio::test]
    #[ignore = "needs TEST_POSTGRES_URL"]
    async fn conflicts_and_inbox_read_only_what_waits() {
        let postgres = Postgres::new().await;
        for (sql, binds) in open_pages() {
            let plan = postgres.ordered_plan(&sql, &binds).await;
            plan.assert_reads_no_whole_table(&[]);
            plan.assert_uses("item_of_state");
            plan.assert_sorts(0);
        }
    }
}
