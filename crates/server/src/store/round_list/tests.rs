use super::*;
use crate::database::explain::plan;

/// The texts, and the index that each is for.
const QUERIES: [(&str, &str); 2] = [(DECISIONS, "item_decided"), (DECISIONS_SINCE, "item_updated")];

fn binds() -> Vec<String> {
    vec!["ana".into(), "1795737600000".into()]
}

#[tokio::test]
async fn decisions_are_found_without_looking_through_all_that_a_person_read() {
    for (sql, index) in QUERIES {
        let steps = plan(sql, &binds()).await;
        let used = steps
            .iter()
            .any(|it| it.starts_with(&format!("SEARCH item USING INDEX {index} ")));
        assert!(used, "{steps:#?} of {sql}");
    }
}

mod postgres {
    use super::*;
    use crate::database::explain::postgres::Postgres;

    #[tokio::test]
    #[ignore = "needs TEST_POSTGRES_URL"]
    async fn decisions_are_found_without_looking_through_all_that_a_person_read() {
        let postgres = Postgres::new().await;
        for (sql, index) in QUERIES {
            postgres.plan(sql, &binds()).await.assert_uses(index);
        }
    }
}
