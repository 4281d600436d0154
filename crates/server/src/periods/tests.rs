use super::*;
use crate::database::explain::plan;
use shared::closing::InTheWay;

pub(crate) fn property() -> Property {
    Property {
        id: 1,
        code: "GC A".into(),
        code_normal: "gc a".into(),
        name: String::new(),
        time_zone: "Pacific/Guam".into(),
    }
}

fn queries() -> Vec<(String, Vec<String>)> {
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
    queries
}

#[tokio::test]
async fn a_period_is_counted_and_listed_without_reading_a_whole_table_or_month() {
    for (sql, binds) in queries() {
        let steps = plan(&sql, &binds).await;
        let bad = |step: &&String| {
            let whole = ["AUTOMATIC", "item_of_period", "item_of_state", "item_of_property"];
            // What the query has made itself, and the few meter points that are there no more.
            let own = ["SCAN serving", "SCAN held"].contains(&step.as_str())
                || step.ends_with("INDEX meter_point_removed");
            (step.starts_with("SCAN") && !own) || whole.iter().any(|it| step.contains(it))
        };
        let bad: Vec<_> = steps.iter().filter(bad).collect();
        assert!(bad.is_empty(), "{bad:?} in {steps:#?} of {sql}");
    }
}

mod postgres {
    use super::*;
    use crate::database::explain::postgres::Postgres;

    #[tokio::test]
    #[ignore = "needs TEST_POSTGRES_URL"]
    async fn a_period_is_counted_and_listed_without_reading_a_whole_table() {
        let postgres = Postgres::new().await;
        let (sql, binds) = &queries()[0];
        let counted = postgres.plan(sql, binds).await;
        counted.assert_uses("item_official_of_period");
        counted.assert_uses("meter_of_property");
        for (sql, binds) in queries() {
            let plan = postgres.plan(&sql, &binds).await;
            plan.assert_reads_no_whole_table(&["meter_point_removed"]);
            plan.assert_avoids(&["item_of_property", "item_of_period"]);
        }
    }
}
