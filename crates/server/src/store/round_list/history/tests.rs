use super::*;
use crate::database::explain::plan;

fn binds() -> Vec<String> {
    vec!["[1]".into(), "2025-09".into(), "2026-09".into()]
}

#[tokio::test]
async fn statistics_are_read_from_an_index_alone() {
    let steps = plan(HISTORY, &binds()).await;
    let of = |beginning: &str| steps.iter().filter(|it| it.starts_with(beginning)).count();
    assert_eq!(of("SEARCH i USING INDEX item_of_meter_point"), 1, "{steps:#?}");
    assert_eq!(
        of("SEARCH i USING COVERING INDEX item_of_meter_point"),
        1,
        "{steps:#?}"
    );
    assert_eq!(of("SCAN i"), 0, "{steps:#?}");
}

mod postgres {
    use super::*;
    use crate::database::explain::postgres::Postgres;

    #[tokio::test]
    #[ignore = "needs TEST_POSTGRES_URL"]
    async fn a_history_is_read_by_the_index_of_its_meter_point() {
        let plan = Postgres::new().await.plan(HISTORY, &binds()).await;
        plan.assert_uses("item_of_meter_point");
        plan.assert_reads_no_whole_table(&[]);
    }
}
