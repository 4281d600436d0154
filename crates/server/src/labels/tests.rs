use shared::wire::labels::LabelsQuery;

use super::*;
use crate::database::explain::plan;

async fn page_plan(query: LabelsQuery) -> Vec<String> {
    let filter = LabelFilter::new(&PropertyScope::All, query).unwrap();
    let (sql, binds) = page_query(&filter, 101);
    plan(&sql, &binds).await
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
    assert_index_backed(&page_plan(LabelsQuery::default()).await);
    let next = LabelsQuery {
        property: Some("GC A".into()),
        state: Some("active".into()),
        after: Some("7.ABC".into()),
        ..LabelsQuery::default()
    };
    assert_index_backed(&page_plan(next).await);
    let all = LabelsQuery {
        after: Some("7.ABC".into()),
        ..LabelsQuery::default()
    };
    assert_index_backed(&page_plan(all).await);
}

#[tokio::test]
async fn one_label_is_looked_up_by_its_code() {
    let one = LabelsQuery {
        q: Some(shared::label::ShortCode::from_random([7; 7]).to_string()),
        ..LabelsQuery::default()
    };
    let steps = page_plan(one).await;
    assert!(steps[0].contains("SEARCH l USING"), "{steps:#?}");
}
