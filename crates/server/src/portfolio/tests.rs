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

#[tokio::test]
async fn properties_are_read_by_their_code() {
    for sought in [None, Some("court".to_owned())] {
        let asked = PropertiesAsked {
            sought,
            after: Some("gc a".into()),
            limit: 100,
        };
        let (sql, binds) = properties::page_query(&PropertyScope::All, &asked);
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
    for after in [None, Some(7)] {
        let asked = UnitsAsked {
            property: Some("GC A".into()),
            sought: None,
            after,
            limit: 100,
        };
        let (sql, binds) = units::page_query(&PropertyScope::All, &asked, NOW);
        let steps = plan(&sql, &binds).await;
        assert_index_backed(&steps);
        assert!(steps.iter().any(|it| it.contains("unit_in_walk")), "{steps:#?}");
        assert!(!steps.iter().any(|it| it.contains("FOR ORDER BY")), "{steps:#?}");
    }
    assert_index_backed(&plan(units::METERS, &["[1]".into()]).await);
}

#[tokio::test]
async fn what_is_searched_is_a_range_of_an_index_whichever_way() {
    let scope = PropertyScope::Some(["gc a".to_owned()].into());
    for (scope, property) in [
        (&PropertyScope::All, None),
        (&scope, None),
        (&PropertyScope::All, Some("GC A".to_owned())),
    ] {
        let asked = UnitsAsked {
            property,
            sought: Some("n 101".into()),
            after: None,
            limit: 100,
        };
        let (sql, binds) = units::page_query(scope, &asked, NOW);
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
