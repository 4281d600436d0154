use shared::timestamp::Timestamp;

use super::{PropertiesAsked, UnitsAsked, properties, unit, units};
use crate::auth::PropertyScope;
use crate::database::explain::plan;

const NOW: Timestamp = Timestamp::from_ms(1_795_737_600_000);

fn assert_index_backed(steps: &[String]) {
    // What was found, and lists that callers send, are gone through: they are bounded.
    let bounded = [
        "SCAN way",
        "SCAN found",
        "SCAN f",
        "SCAN list",
        "SCAN hit",
        "json_each",
    ];
    let bad = |step: &&String| {
        let scans = step.starts_with("SCAN") && !bounded.iter().any(|it| step.contains(it));
        scans || step.contains("AUTOMATIC")
    };
    let bad: Vec<_> = steps.iter().filter(bad).collect();
    assert!(bad.is_empty(), "{bad:?} in {steps:#?}");
}

type Query = (String, Vec<String>);

fn property_pages() -> [Query; 2] {
    [None, Some("court".to_owned())].map(|sought| {
        let asked = PropertiesAsked {
            sought,
            after: Some("gc a".into()),
            limit: 100,
        };
        properties::page_query(&PropertyScope::All, &asked)
    })
}

fn unit_pages() -> [Query; 2] {
    [None, Some(7)].map(|after| {
        let asked = UnitsAsked {
            property: Some("GC A".into()),
            sought: None,
            after,
            limit: 100,
        };
        units::page_query(&PropertyScope::All, &asked, NOW)
    })
}

/// Of everything, of what somebody may see, and of one property.
fn searches() -> [Query; 3] {
    let scope = PropertyScope::Some(["gc a".to_owned()].into());
    [
        (&PropertyScope::All, None),
        (&scope, None),
        (&PropertyScope::All, Some("GC A".to_owned())),
    ]
    .map(|(scope, property)| {
        let asked = UnitsAsked {
            property,
            sought: Some("n 101".into()),
            after: None,
            limit: 100,
        };
        units::page_query(scope, &asked, NOW)
    })
}

#[tokio::test]
async fn properties_are_read_by_their_code() {
    for (sql, binds) in property_pages() {
        let steps = plan(&sql, &binds).await;
        assert!(
            steps[0].contains("SEARCH p USING INDEX property_code_once")
                || steps[0].contains("sqlite_autoindex_property_1 (code_normal>?)"),
            "{steps:#?}"
        );
        assert_index_backed(&steps);
    }
}

#[tokio::test]
async fn units_are_read_in_walking_order_without_sorting() {
    for (sql, binds) in unit_pages() {
        let steps = plan(&sql, &binds).await;
        assert_index_backed(&steps);
        assert!(steps.iter().any(|it| it.contains("unit_in_walk")), "{steps:#?}");
        assert!(!steps.iter().any(|it| it.contains("FOR ORDER BY")), "{steps:#?}");
    }
    assert_index_backed(&plan(units::METERS, &["[1]".into()]).await);
}

#[tokio::test]
async fn what_is_searched_is_a_range_of_an_index_whichever_way() {
    for (sql, binds) in searches() {
        let steps = plan(&sql, &binds).await;
        assert_index_backed(&steps);
        // What was found is sorted, never what is gone through.
        let sorts = steps.iter().filter(|it| it.contains("FOR ORDER BY"));
        assert!(sorts.count() <= 1, "{steps:#?}");
        for index in [
            "unit_by_number",
            "(serial_normal>? AND serial_normal<?)",
            "(code>? AND code<?)",
            "(word>? AND word<?)",
        ] {
            assert!(steps.iter().any(|it| it.contains(index)), "{index} in {steps:#?}");
        }
    }
}

#[tokio::test]
async fn the_inbox_looks_a_meter_point_up_in_the_same_way() {
    let (sql, binds) = crate::meter_points::search_query(&PropertyScope::All, "n 101", NOW);
    assert_index_backed(&plan(&sql, &binds).await);
}

#[tokio::test]
async fn a_unit_is_read_by_its_indexes() {
    for sql in [unit::UNIT, unit::POINTS, unit::METERS, unit::TENANCIES] {
        assert_index_backed(&plan(sql, &["1".into()]).await);
    }
}

mod postgres {
    use super::*;
    use crate::database::explain::postgres::Postgres;

    #[tokio::test]
    #[ignore = "needs TEST_POSTGRES_URL"]
    async fn units_are_read_in_walking_order_without_sorting() {
        let postgres = Postgres::new().await;
        for (sql, binds) in unit_pages() {
            let plan = postgres.ordered_plan(&sql, &binds).await;
            plan.assert_reads_no_whole_table(&[]);
            plan.assert_uses("unit_in_walk");
            plan.assert_sorts(0);
        }
        for (sql, binds) in property_pages() {
            let plan = postgres.plan(&sql, &binds).await;
            plan.assert_reads_no_whole_table(&[]);
            plan.assert_uses("property_code_once");
        }
        let plan = postgres.plan(units::METERS, &["[1]".into()]).await;
        plan.assert_reads_no_whole_table(&[]);
    }

    #[tokio::test]
    #[ignore = "needs TEST_POSTGRES_URL"]
    async fn what_is_searched_is_a_range_of_an_index_whichever_way() {
        let postgres = Postgres::new().await;
        let inbox = crate::meter_points::search_query(&PropertyScope::All, "n 101", NOW);
        for (sql, binds) in searches().into_iter().chain([inbox]) {
            let plan = postgres.plan(&sql, &binds).await;
            plan.assert_reads_no_whole_table(&[]);
        }
        for sql in [unit::UNIT, unit::POINTS, unit::METERS, unit::TENANCIES] {
            let plan = postgres.plan(sql, &["1".into()]).await;
            plan.assert_reads_no_whole_table(&[]);
        }
    }
}
