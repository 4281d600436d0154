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

#[tokio::test]
async fn each_filter_of_the_list_reads_its_page_and_its_count_from_an_index() {
    let some = |text: &str| Some(text.to_owned());
    let all = ReadingsQuery::default();
    type Set = fn(&mut ReadingsQuery, Option<String>);
    let filters: [(Set, &str, &str); 14] = [
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
    ];
    for (set, value, index) in filters {
        let mut query = all.clone();
        set(&mut query, some(value));
        assert_reads(query.clone(), index).await;
        query.after = some("77");
        assert_reads(query, index).await;
    }
}

#[tokio::test]
async fn conflicts_and_inbox_read_only_what_waits() {
    for state in [State::Conflict, State::Held] {
        for after in [None, Some("7".to_owned())] {
            let query = OpenDecisionsQuery {
                after,
                ..OpenDecisionsQuery::default()
            };
            let filter = OpenFilter::new(&reviewer(), state, &query).unwrap();
            let (sql, binds) = open::page_query(&filter, 101);
            let steps = plan(&sql, &binds).await;
            assert!(steps[0].contains("INDEX item_of_state"), "{steps:#?}");
            assert!(!steps.iter().any(|it| it.starts_with("SCAN")), "{steps:#?}");
        }
    }
}
