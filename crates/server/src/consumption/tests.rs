use super::*;
use crate::database::explain::plan;

#[tokio::test]
async fn thirteen_months_of_a_property_are_summed_from_one_index_without_sorting() {
    let binds = ["gc a", "2025-11", "2026-11"].map(String::from);
    let steps = plan(MONTHS, &binds).await;
    assert!(
        steps.len() == 1 && steps[0].contains("COVERING INDEX item_official_of_period"),
        "{steps:#?}"
    );
}

mod postgres {
    use super::*;
    use crate::database::explain::postgres::Postgres;

    #[tokio::test]
    #[ignore = "needs TEST_POSTGRES_URL"]
    async fn thirteen_months_of_a_property_are_summed_from_one_index() {
        let binds = ["gc a", "2025-11", "2026-11"].map(String::from);
        let plan = Postgres::new().await.plan(MONTHS, &binds).await;
        plan.assert_reads_no_whole_table(&[]);
        plan.assert_uses("item_official_of_period");
    }
}

fn utility(last: &str) -> UtilityConsumption {
    let month = |(place, period): (usize, Period)| MonthConsumption {
        period: period.to_string(),
        consumption: (place > 0).then(|| last.to_owned()),
        values: 1,
    };
    UtilityConsumption {
        utility: "water".into(),
        months: months_until(Period::new(2026, 11).unwrap())
            .into_iter()
            .enumerate()
            .map(month)
            .collect(),
    }
}

#[test]
fn a_chart_names_its_months_and_is_drawn_without_styles_or_scripts() {
    for look in [ChartLook::Light, ChartLook::Dark, ChartLook::Sunlight] {
        let svg = draw(&utility("1234.5"), look).unwrap();
        assert!(svg.contains("2025-11") && svg.contains("2026-11"), "{svg}");
        assert!(
            !svg.contains("style=") && !svg.contains("<style") && !svg.contains("<script"),
            "{svg}"
        );
    }
}

#[test]
fn a_chart_of_nothing_or_of_less_than_nothing_is_drawn() {
    for sum in ["0", "-120.75", "0.000001", "999999999999999999"] {
        assert!(draw(&utility(sum), ChartLook::Light).unwrap().contains("<svg"));
    }
    assert!(draw(&UtilityConsumption::default(), ChartLook::Light).is_ok());
}
