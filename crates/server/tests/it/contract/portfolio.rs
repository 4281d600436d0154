//! The portfolio as the office looks at it: properties, units by page or by search, and one unit.

use axum::http::StatusCode;
use shared::wire::open_decisions::MeterPointHit;
use shared::wire::portfolio::{PropertiesPage, UnitDetail, UnitsPage};
use shared::wire::session::RoleName;

use super::contract;
use crate::util::{Caller, TestApp};

contract!(
    properties_are_listed_by_code_with_how_many_units_they_have,
    the_units_of_a_property_go_on_where_the_page_ended,
    a_unit_is_found_by_the_beginning_of_whatever_names_it,
    a_new_tenant_is_found_and_one_who_was_renamed_by_the_new_name_only,
    a_unit_tells_its_meters_and_tenants_past_ones_too,
    what_somebody_may_not_see_is_not_there,
);

async fn units(office: &Caller, query: &str) -> UnitsPage {
    let answer = office.get(&format!("/api/portfolio/units?{query}"), &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

fn numbers(page: &UnitsPage) -> Vec<&str> {
    page.rows.iter().map(|it| it.unit_no.as_str()).collect()
}

async fn properties_are_listed_by_code_with_how_many_units_they_have(app: TestApp) {
    let rita = app.reviewer("rita").await;
    let page: PropertiesPage = rita.get("/api/portfolio/properties?limit=1", &[]).await.json();
    let told: Vec<_> = page
        .rows
        .iter()
        .map(|it| (&*it.code, &*it.name, it.units))
        .collect();
    assert_eq!(told, [("GC A", "Garden Court, Block A", 60)]);
    let path = format!(
        "/api/portfolio/properties?limit=1&after={}",
        page.next.unwrap().replace(' ', "+")
    );
    let page: PropertiesPage = rita.get(&path, &[]).await.json();
    assert_eq!(
        (&*page.rows[0].code, &*page.rows[0].time_zone, page.next),
        ("HV", "Europe/Berlin", None)
    );
    let found: PropertiesPage = rita.get("/api/portfolio/properties?q=harbour", &[]).await.json();
    assert_eq!((found.rows.len(), &*found.rows[0].code), (1, "HV"));
}

async fn the_units_of_a_property_go_on_where_the_page_ended(app: TestApp) {
    let rita = app.reviewer("rita").await;
    let first = units(&rita, "property=gc+a&limit=50").await;
    assert_eq!(
        (
            first.rows.len(),
            numbers(&first)[0],
            first.property.as_ref().unwrap().units
        ),
        (50, "101", 60)
    );
    let unit = &first.rows[0];
    assert_eq!(
        (&*unit.tenant, &*unit.meters[0].serial, unit.meters.len()),
        ("Tenant of 101", "E101", 1)
    );
    let next = first.next.unwrap();
    let second = units(&rita, &format!("property=gc+a&limit=50&after={next}")).await;
    assert_eq!(
        (numbers(&second)[0], second.rows.len(), second.next.clone()),
        ("151", 10, None)
    );
    for query in ["", "limit=10", "property=gc+a&after=x", "property=gc+a&limit=0"] {
        let answer = rita.get(&format!("/api/portfolio/units?{query}"), &[]).await;
        assert_eq!(answer.problem_code(), "bad_request", "{query}");
    }
}

async fn a_unit_is_found_by_the_beginning_of_whatever_names_it(app: TestApp) {
    let rita = app.reviewer("rita").await;
    for sql in [
        "UPDATE unit SET building = 'N', building_normal = 'n' WHERE id = 105",
        "UPDATE tenancy SET tenant_name = 'Ines O''Dowd' WHERE id = 106",
        "DELETE FROM tenant_word WHERE tenancy_id = 106",
        "INSERT INTO label (code, meter_point_id, issued_at) VALUES ('7KQ2M9XA', 107, 0)",
        "INSERT INTO meter (id, meter_point_id, serial, serial_normal, dials, installed_on, removed_on, final_micro) \
         VALUES (990, 108, 'OLD-8', 'old-8', 5, '2020-01-01', '2024-07-28', 5000000)",
    ] {
        app.execute(sql).await;
    }
    server::tenant_words::complete(app.store.writer()).await.unwrap();
    for (typed, unit) in [
        ("103", "103"),
        ("e104", "104"),
        ("n+105", "105"),
        ("dowd", "106"),
        ("o%27d+ine", "106"),
        ("m%3A7kq2-m9", "107"),
        ("old", "108"),
    ] {
        assert_eq!(
            numbers(&units(&rita, &format!("q={typed}")).await),
            [unit],
            "{typed}"
        );
        let hits: Vec<MeterPointHit> = rita
            .get(&format!("/api/meter-points?q={typed}"), &[])
            .await
            .json();
        let hits: Vec<_> = hits.iter().map(|it| it.unit_no.as_str()).collect();
        assert_eq!(hits, [unit], "{typed} in the inbox");
    }
    let all = units(&rita, "q=1").await;
    assert_eq!((all.rows.len(), all.more_fit, all.next), (60, false, None));
    let some = units(&rita, "q=1&limit=10").await;
    assert_eq!((some.rows.len(), some.more_fit), (10, true));
    assert!(units(&rita, "property=hv&q=103").await.rows.is_empty());
    assert_eq!(
        numbers(&units(&rita, "q=%25_").await),
        [""; 0],
        "nothing in it is a pattern"
    );
}

async fn a_new_tenant_is_found_and_one_who_was_renamed_by_the_new_name_only(app: TestApp) {
    use server::import::{self, ImportFiles, Mode};
    let rita = app.reviewer("rita").await;
    for (name, missing) in [("Viktor Okafor", "Chidi"), ("Chidi Nguyen", "Viktor")] {
        let mut files = ImportFiles::default();
        let row =
            format!("tenant_code,tenant_name,property_code,unit_no,move_in\nNEW,{name},HV,9,2030-01-01\n");
        app.execute("UPDATE tenancy SET move_out = '2029-12-31' WHERE id = 900")
            .await;
        files.add("tenancies.csv", row);
        import::run(&app.store, crate::util::app::NOW, &files, Mode::Take)
            .await
            .unwrap();
        let word = name.split(' ').next().unwrap();
        assert_eq!(numbers(&units(&rita, &format!("q={word}")).await), ["9"]);
        assert!(units(&rita, &format!("q={missing}")).await.rows.is_empty());
    }
}

async fn a_unit_tells_its_meters_and_tenants_past_ones_too(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    for sql in [
        "INSERT INTO meter (id, meter_point_id, serial, serial_normal, dials, installed_on, removed_on, final_micro) \
         VALUES (990, 101, 'OLD', 'old', 5, '2020-01-01', '2024-07-28', 5000000)",
        "INSERT INTO tenancy (id, unit_id, tenant_code, tenant_normal, tenant_name, move_in, move_out) \
         VALUES (990, 101, 'T0', 't0', 'Before', '2024-01-01', '2024-11-30')",
    ] {
        app.execute(sql).await;
    }
    ana.send_item(&crate::util::items::reading(&ana, 1, 101, 1234))
        .await;
    let unit: UnitDetail = rita.get("/api/portfolio/units/101", &[]).await.json();
    assert_eq!(
        (&*unit.property.code, &*unit.unit_no, &*unit.today, &*unit.time),
        ("GC A", "101", "2026-11-27", "10:00")
    );
    let point = &unit.points[0];
    let meters: Vec<_> = point
        .meters
        .iter()
        .map(|it| (&*it.serial, it.removed_on.as_deref()))
        .collect();
    assert_eq!(meters, [("E101", None), ("OLD", Some("2024-07-28"))]);
    assert_eq!(point.meters[0].initial_value, "1000");
    let last = point.last.as_ref().unwrap();
    assert_eq!((&*last.value, &*last.period), ("1234", "2026-11"));
    let tenants: Vec<_> = unit
        .tenancies
        .iter()
        .map(|it| (&*it.tenant_name, it.move_out.as_deref()))
        .collect();
    assert_eq!(tenants, [("Tenant of 101", None), ("Before", Some("2024-11-30"))]);
    assert_eq!(
        rita.get("/api/portfolio/units/7", &[]).await.problem_code(),
        "not_found"
    );
}

async fn what_somebody_may_not_see_is_not_there(app: TestApp) {
    app.account("hugo", RoleName::Reviewer, &["HV"]).await;
    let hugo = app.sign_in("hugo").await;
    let page: PropertiesPage = hugo.get("/api/portfolio/properties", &[]).await.json();
    assert_eq!(page.rows.len(), 1);
    for path in ["/api/portfolio/units?property=gc+a", "/api/portfolio/units/101"] {
        assert_eq!(hugo.get(path, &[]).await.problem_code(), "not_found", "{path}");
    }
    assert!(units(&hugo, "q=101").await.rows.is_empty());
    assert_eq!(numbers(&units(&hugo, "q=9").await), ["9"]);
}
