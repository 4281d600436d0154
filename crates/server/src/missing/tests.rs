use super::*;
use crate::database::explain::plan;

async fn page_plan(after: Option<i64>) -> Vec<String> {
    let asked = Asked {
        property: None,
        period: None,
        after,
        limit: 100,
    };
    let period = Period::new(2026, 11).unwrap();
    let (sql, binds) = page_query(1, period, &asked, "2026-11-27".into());
    plan(&sql, &binds).await
}

#[tokio::test]
async fn a_page_reads_no_whole_table_and_no_whole_period() {
    for after in [None, Some(7)] {
        let steps = page_plan(after).await;
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
