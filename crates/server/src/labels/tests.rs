use shared::wire::labels::LabelsQuery;

use super::*;
use crate::database::explain::plan;

fn filter(query: LabelsQuery) -> LabelFilter {
    LabelFilter::new(&PropertyScope::All, query).unwrap()
}

async fn page_plan(query: LabelsQuery) -> Vec<String> {
    let (sql, binds) = page_query(&filter(query), 101);
    plan(&sql, &binds).await
}

/// The first page of all, one further back, and one of a property and state.
fn pages() -> [LabelsQuery; 3] {
    let all = LabelsQuery::default();
    let next = LabelsQuery {
        after: Some("7.ABC".into()),
        ..all.clone()
    };
    let narrowed = LabelsQuery {
        property: Some("GC A".into()),
        state: Some("active".into()),
        ..next.clone()
    };
    [all, next, narrowed]
}

fn one_label() -> LabelsQuery {
    LabelsQuery {
        q: Some(shared::label::ShortCode::from_random([7; 7]).to_string()),
        ..LabelsQuery::default()
    }
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
    for query in pages() {
        let further = query.after.is_some();
        let steps = page_plan(query).await;
        assert_index_backed(&steps);
        // Units before the place are not gone through.
        let from_there = |step: &String| step.contains("unit_in_walk (property_id=? AND <expr>>?)");
        assert_eq!(steps.iter().any(from_there), further, "{steps:#?}");
    }
}

fn without_label() -> LabelsQuery {
    LabelsQuery {
        state: Some("none".into()),
        ..LabelsQuery::default()
    }
}

#[tokio::test]
async fn whether_a_meter_point_has_a_valid_label_is_read_from_an_index_alone() {
    let steps = page_plan(without_label()).await;
    assert_index_backed(&steps);
    let alone = |step: &String| step.contains("valid USING COVERING INDEX label_valid");
    assert!(steps.iter().any(alone), "{steps:#?}");
}

#[tokio::test]
async fn one_label_is_looked_up_by_its_code() {
    let steps = page_plan(one_label()).await;
    assert!(steps[0].contains("SEARCH l USING"), "{steps:#?}");
}

mod postgres {
    use super::*;
    use crate::database::explain::postgres::Postgres;

    #[tokio::test]
    #[ignore = "needs TEST_POSTGRES_URL"]
    async fn whether_a_meter_point_has_a_valid_label_is_read_from_an_index() {
        let postgres = Postgres::new().await;
        let (sql, binds) = postgres_page_query(&filter(without_label()), 101);
        let plan = postgres.ordered_plan(&sql, &binds).await;
        plan.assert_reads_no_whole_table(&[]);
        plan.assert_uses("label_valid");
        let plan = postgres.ordered_plan(&unlabelled_query(), &[]).await;
        plan.assert_uses("label_valid");
        let (sql, binds) = few_points_query(&filter(without_label()), &[7, 8], 101);
        let plan = postgres.plan(&sql, &binds).await;
        plan.assert_reads_no_whole_table(&[]);
        plan.assert_uses("meter_point_pkey");
    }

    #[tokio::test]
    #[ignore = "needs TEST_POSTGRES_URL"]
    async fn pages_are_read_from_indexes_in_their_order() {
        let postgres = Postgres::new().await;
        for query in pages() {
            let (sql, binds) = postgres_page_query(&filter(query), 101);
            let plan = postgres.ordered_plan(&sql, &binds).await;
            plan.assert_reads_no_whole_table(&[]);
            plan.assert_uses("property_code_once");
            plan.assert_uses("unit_in_walk");
            plan.assert_sorts(0);
        }
        let (sql, binds) = postgres_page_query(&filter(one_label()), 101);
        let plan = postgres.plan(&sql, &binds).await;
        plan.assert_reads_no_whole_table(&[]);
        plan.assert_uses("label_pkey");
    }
}
