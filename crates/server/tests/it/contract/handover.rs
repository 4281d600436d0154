//! A closed period as billing takes it.

use std::io::Cursor;

use axum::http::{StatusCode, header};
use calamine::{Data, DataType, Reader, Xlsx};
use serde_json::{Value, json};
use shared::wire::handover::{Handover, HandoverRow};
use shared::wire::receipt::VerdictName::Accepted;

use super::contract;
use crate::util::items::{reading, with};
use crate::util::{Answer, Caller, TestApp};

contract!(
    the_same_rows_are_handed_over_as_json_csv_and_workbook,
    a_period_is_handed_over_only_when_it_is_closed,
    what_people_typed_is_no_formula_in_csv_and_text_in_a_workbook,
    a_correction_of_the_month_before_counts,
    an_exchange_and_a_move_hand_over_all_that_was_used,
    portions_follow_each_other_without_a_gap,
);

const HV: &str = "/api/periods/HV/2026-11";

fn harbour(caller: &Caller, device_seq: u64, value: u64) -> Value {
    let place = json!({
        "property_code": "HV", "unit_no": "9", "meter_serial": "E900", "read_at": "2026-11-26T23:14:03+01:00",
    });
    with(&reading(caller, device_seq, 900, value), place)
}

/// A value of the only meter point of `HV` a month ago.
async fn october(app: &TestApp, value: i64) {
    let sql = format!(
        "INSERT INTO item (receipt_seq, id, revision, hash, shape, source, state, verdict, received_at, updated_seq, \
         official_key, meter_point_id, meter_id, property_code, property_normal, unit_no, unit_normal, utility, \
         meter_serial, period, kind, value_micro, read_at, read_offset_s, corrected_at, captured_by) VALUES \
         (-1, '00000000-0000-7000-8000-000000000001', 1, '{}', 'reading', 'import', 'approved', 'accepted', 0, 0, \
         'october', 900, 900, 'HV', 'hv', '9', '9', 'electricity', 'E900', '2026-10', 'regular', {}, 1793059200000, 3600, \
         1793059200000, 'ana')",
        "0".repeat(64),
        value * 1_000_000,
    );
    app.execute(sql.leak()).await;
}

async fn close(office: &Caller, path: &str) {
    let answer = office.post(&format!("{path}/close"), b"{}".to_vec(), &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

async fn fetched(office: &Caller, path: &str, ending: &str) -> Answer {
    let answer = office.get(&format!("{path}/handover.{ending}"), &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let name = answer.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(name.ends_with(&format!("2026-11.{ending}\"")), "{name}");
    answer
}

async fn rows(office: &Caller, path: &str) -> Vec<HandoverRow> {
    fetched(office, path, "json").await.json::<Handover>().rows
}

fn sheet(answer: &Answer) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.body.clone())).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

/// Of a row of a sheet, by the name of the column.
fn cell<'a>(sheet: &'a [Vec<Data>], row: usize, name: &str) -> &'a Data {
    let column = sheet[0].iter().position(|it| it.get_string() == Some(name));
    &sheet[row][column.unwrap()]
}

async fn the_same_rows_are_handed_over_as_json_csv_and_workbook(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    october(&app, 1000).await;
    app.execute("UPDATE meter SET decimals = 1, multiplier_micro = 2500000 WHERE id = 900")
        .await;
    let value = json!({ "value": "1234.5" });
    ana.send_item(&with(&harbour(&ana, 1, 0), value)).await;
    close(&rita, HV).await;
    let told: Handover = fetched(&rita, HV, "json").await.json();
    assert_eq!(
        (
            told.name.as_str(),
            told.billing_period.as_str(),
            told.closed_by.as_str()
        ),
        ("Harbour View", "2026-12", "rita")
    );
    let expected = HandoverRow {
        period: "2026-11".into(),
        billing_period: "2026-12".into(),
        property: "HV".into(),
        unit_no: "9".into(),
        utility: "electricity".into(),
        meter_serial: "E900".into(),
        tenant_code: "T900".into(),
        tenant: "Tenant of 9".into(),
        kind: "regular".into(),
        source: "read".into(),
        previous_value: Some("1000.0".into()),
        value: Some("1234.5".into()),
        consumption: Some("586.25".into()),
        read_at: "2026-11-26T23:14:03+01:00".into(),
        ..HandoverRow::default()
    };
    assert_eq!(told.rows, [expected]);
    let csv = fetched(&rita, HV, "csv").await.text();
    assert_eq!(
        csv,
        "period,billing_period,property,building,unit_no,utility,point,meter_serial,tenant_code,tenant,kind,source,detail,\
         previous_value,value,consumption,read_at,flags\r\n\
         2026-11,2026-12,HV,,9,electricity,,E900,T900,Tenant of 9,regular,read,,1000.0,1234.5,586.25,\
         2026-11-26T23:14:03+01:00,\r\n"
    );
    let book = sheet(&fetched(&rita, HV, "xlsx").await);
    assert_eq!(book.len(), 2);
    for (name, number) in [
        ("previous_value", 1000.0),
        ("value", 1234.5),
        ("consumption", 586.25),
    ] {
        assert_eq!(cell(&book, 1, name), &Data::Float(number), "{name}");
    }
    assert_eq!(cell(&book, 1, "unit_no"), &Data::String("9".into()));
    let Data::DateTime(month) = cell(&book, 1, "billing_period") else {
        panic!("{:?}", cell(&book, 1, "billing_period"));
    };
    assert_eq!(month.to_ymd_hms_milli(), (2026, 12, 1, 0, 0, 0, 0));
    let Data::DateTime(moment) = cell(&book, 1, "read_at") else {
        panic!("{:?}", cell(&book, 1, "read_at"));
    };
    assert_eq!(moment.to_ymd_hms_milli(), (2026, 11, 26, 23, 14, 3, 0));
}

async fn a_period_is_handed_over_only_when_it_is_closed(app: TestApp) {
    let rita = app.reviewer("rita").await;
    for ending in ["csv", "xlsx", "json"] {
        let answer = rita.get(&format!("{HV}/handover.{ending}"), &[]).await;
        assert_eq!(
            (answer.status, answer.problem_code().as_str()),
            (StatusCode::CONFLICT, "period_open")
        );
    }
}

async fn what_people_typed_is_no_formula_in_csv_and_text_in_a_workbook(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    october(&app, 2000).await;
    app.execute(
        "UPDATE tenancy SET tenant_name = '=HYPERLINK(\"http://x\")', tenant_code = '@T' WHERE id = 900",
    )
    .await;
    let fell = json!({ "flags": ["lower"], "answers": ["verified"] });
    ana.send_item(&with(&harbour(&ana, 1, 1990), fell)).await;
    let open: Value = rita.get("/api/readings?state=received", &[]).await.json();
    let id = open["rows"][0]["id"].as_str().unwrap();
    let body = json!({ "revision": 1, "decision": "approve", "reason": "" }).to_string();
    rita.post(&format!("/api/readings/{id}/decision"), body.into_bytes(), &[])
        .await;
    close(&rita, HV).await;
    let csv = fetched(&rita, HV, "csv").await.text();
    assert!(csv.contains(",'@T,\"'=HYPERLINK(\"\"http://x\"\")\","), "{csv}");
    assert!(csv.contains(",2000,1990,-10,"), "a number stays one: {csv}");
    let book = sheet(&fetched(&rita, HV, "xlsx").await);
    let tenant = Data::String("=HYPERLINK(\"http://x\")".into());
    assert_eq!(cell(&book, 1, "tenant"), &tenant);
    assert_eq!(cell(&book, 1, "consumption"), &Data::Float(-10.0));
}

async fn a_correction_of_the_month_before_counts(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    october(&app, 1000).await;
    ana.send_item(&harbour(&ana, 1, 1234)).await;
    app.execute("UPDATE item SET value_micro = 1100000000 WHERE period = '2026-10'")
        .await;
    close(&rita, HV).await;
    let row = &rows(&rita, HV).await[0];
    assert_eq!(
        (row.previous_value.as_deref(), row.consumption.as_deref()),
        (Some("1100"), Some("134"))
    );
}

async fn an_exchange_and_a_move_hand_over_all_that_was_used(app: TestApp) {
    let (ana, rita) = (app.technician("ana").await, app.reviewer("rita").await);
    october(&app, 1000).await;
    app.execute("UPDATE tenancy SET move_out = '2026-11-20' WHERE id = 900")
        .await;
    app.execute(
        "INSERT INTO tenancy (id, unit_id, tenant_code, tenant_normal, tenant_name, move_in) \
         VALUES (901, 900, 'T901', 't901', 'The next one', '2026-11-21')",
    )
    .await;
    let moved = json!({ "kind": "move_out", "read_at": "2026-11-20T12:00:00+01:00" });
    assert_eq!(
        ana.send_item(&with(&harbour(&ana, 1, 1040), moved)).await.verdict,
        Accepted
    );
    let parts = json!([
        { "kind": "meter_removed", "meter_serial": "E900", "value": "1050" },
        { "kind": "meter_installed", "meter_serial": "N1", "value": "5", "dials": 5, "decimals": 0, "multiplier": "1" },
    ]);
    let exchange = json!({
        "value": null, "kind": null, "exchange": parts, "read_at": "2026-11-22T12:00:00+01:00",
    });
    assert_eq!(
        ana.send_item(&with(&harbour(&ana, 2, 0), exchange)).await.verdict,
        Accepted
    );
    let last = with(&harbour(&ana, 3, 25), json!({ "meter_serial": "N1" }));
    assert_eq!(ana.send_item(&last).await.verdict, Accepted);
    close(&rita, HV).await;
    let told: Vec<_> = rows(&rita, HV)
        .await
        .into_iter()
        .map(|it| (it.kind, it.meter_serial, it.tenant, it.consumption.unwrap()))
        .collect();
    let row = |kind: &str, serial: &str, tenant: &str, used: &str| {
        (
            kind.to_owned(),
            serial.to_owned(),
            tenant.to_owned(),
            used.to_owned(),
        )
    };
    assert_eq!(
        told,
        [
            row("move_out", "E900", "Tenant of 9", "40"),
            row("regular", "N1", "The next one", "30"),
        ]
    );
}

async fn portions_follow_each_other_without_a_gap(app: TestApp) {
    let rita = app.reviewer("rita").await;
    // A larger property whose readings are all in the books: a unit more than two portions.
    for sql in [
        "INSERT INTO property (id, code, code_normal, name, time_zone) VALUES (3, 'BIG', 'big', 'Big', 'Europe/Berlin')",
        "WITH RECURSIVE n(i) AS (SELECT 10000 UNION ALL SELECT i + 1 FROM n WHERE i < 11000)
        INSERT INTO unit (id, property_id, building, building_normal, unit_no, unit_normal, route_seq)
        SELECT i, 3, '', '', CAST(i AS TEXT), CAST(i AS TEXT), i FROM n",
        "INSERT INTO meter_point (id, unit_id, utility) SELECT id, id, 'water' FROM unit WHERE property_id = 3",
        "INSERT INTO meter (id, meter_point_id, serial, serial_normal, dials, installed_on)
        SELECT id, id, 'B' || id, 'b' || id, 5, '2024-07-28' FROM unit WHERE property_id = 3",
        "INSERT INTO item (receipt_seq, id, revision, hash, shape, source, state, verdict, received_at, updated_seq,
            official_key, meter_point_id, meter_id, property_code, property_normal, unit_no, unit_normal, utility,
            meter_serial, period, kind, value_micro, read_at, read_offset_s, corrected_at, captured_by)
        SELECT -id, 'item ' || id, 1, 'hash', 'reading', 'import', 'received', 'accepted', 0, 0, 'big ' || id, id, id, 'BIG',
            'big', unit_no, unit_normal, 'water', 'B' || id, '2026-11', 'regular', id * 1000000, 1795000000000, 3600,
            1795000000000, 'ana' FROM unit WHERE property_id = 3",
    ] {
        app.execute(sql).await;
    }
    let path = "/api/periods/big/2026-11";
    close(&rita, path).await;
    let told: Vec<String> = rows(&rita, path).await.into_iter().map(|it| it.unit_no).collect();
    let expected: Vec<String> = (10_000..=11_000).map(|it: u32| it.to_string()).collect();
    assert_eq!(told, expected);
    assert_eq!(fetched(&rita, path, "csv").await.text().lines().count(), 1_002);
    let book = sheet(&fetched(&rita, path, "xlsx").await);
    assert_eq!(cell(&book, 1_001, "value"), &Data::Float(11_000.0));
}
