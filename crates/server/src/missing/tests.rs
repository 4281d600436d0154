use super::*;
use crate::database::explain::plan;
use crate::periods::tests::property;

fn period() -> Period {
    Period::new(2026, 11).unwrap()
}

fn page_of(after: Option<i64>) -> (String, Vec<String>) {
    let asked = Asked {
        property: None,
        period: None,
        after,
        limit: 100,
    };
    page_query(&property(), period(), &asked, "2026-11-27".into())
}

#[tokio::test]
async fn a_page_and_its_count_read_no_whole_table_and_no_whole_period() {
    let (total, binds) = total_query(&property(), period());
    for (sql, binds) in [page_of(None), page_of(Some(7)), (total, binds.to_vec())] {
        let steps = plan(&sql, &binds).await;
        // The page itself, what the query has made, and the few values of one meter are gone through.
        let own = ["SCAN missing", "SCAN h", "SCAN mp"];
        let scans = |step: &&String| step.starts_with("SCAN") && !own.contains(&step.as_str());
        let whole = |step: &&String| step.contains("AUTOMATIC") || step.contains("item_of_period");
        let bad: Vec<_> = steps.iter().filter(|it| scans(it) || whole(it)).collect();
        assert!(bad.is_empty(), "{bad:?} in {steps:#?}");
        for index in ["INDEX unit_in_walk", "COVERING INDEX item_official_of_period"] {
            assert!(steps.iter().any(|it| it.contains(index)), "{steps:#?}");
        }
    }
}

mod postgres {
    use super::*;
    use crate::database::explain::postgres::Postgres;

    #[tokio::test]
    #[ignore = "needs TEST_POSTGRES_URL"]
    async fn a_page_ends_after_a_page_and_its_count_reads_one_property() {
        let postgres = Postgres::new().await;
        for after in [None, Some(7)] {
            let (sql, binds) = page_of(after);
            let plan = postgres.ordered_plan(&sql, &binds).await;
            plan.assert_reads_no_whole_table(&[]);
            plan.assert_uses("unit_in_walk");
            plan.assert_uses("item_official_of_period");
            // The page itself.
            plan.assert_sorts(1);
        }
        let (sql, binds) = total_query(&property(), period());
        let plan = postgres.plan(&sql, &binds).await;
        plan.assert_reads_no_whole_table(&[]);
        plan.assert_uses("item_official_of_period");
        plan.assert_sorts(0);
    }
}
