//! `meterline import`.

mod bad_files;
mod bad_folders;
mod differences;

use server::import::{self, Counts, ImportError, ImportReport, Mode};
use server::store::Store;
use server::walking_order;
use shared::walking_order::UnitKey;
use shared::wire::list::RoundList;
use shared::wire::office::ReadingsPage;

use crate::util::TestApp;
use crate::util::app::NOW;
use crate::util::customer::{self, files_with};

pub(crate) async fn take(store: &Store, files: &import::ImportFiles) -> ImportReport {
    import::run(store, NOW, files, Mode::Take)
        .await
        .unwrap_or_else(|error| panic!("{error}"))
}

/// What the books hold, as text: equal texts, equal books.
async fn books(store: &Store) -> String {
    let server::database::Database::Sqlite(pool) = store.reader() else {
        unreachable!()
    };
    let mut text = String::new();
    for table in [
        "property",
        "unit",
        "meter_point",
        "meter",
        "tenancy",
        "label",
        "period_state",
        "item",
        "counter",
        "audit",
    ] {
        let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info($1) ORDER BY cid")
            .bind(table)
            .fetch_all(pool)
            .await
            .unwrap();
        let values = columns
            .iter()
            .map(|name| format!("COALESCE({name}, '-')"))
            .collect::<Vec<_>>()
            .join(" || '|' || ");
        let sql = format!("SELECT {values} FROM {table} ORDER BY 1");
        let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .fetch_all(pool)
            .await
            .unwrap();
        text.push_str(&format!("{table}\n{}\n", rows.join("\n")));
    }
    text
}

#[tokio::test]
async fn the_first_import_adds_everything_and_labels_every_meter_point() {
    let app = TestApp::sqlite().await;
    let report = take(&app.store, &customer::files()).await;
    let added = |added| Counts {
        added,
        ..Counts::default()
    };
    assert_eq!(report.properties, added(2));
    assert_eq!(report.units, added(3));
    assert_eq!(report.meter_points, added(4));
    assert_eq!(report.meters, added(4));
    assert_eq!(report.tenancies, added(3));
    assert_eq!(report.readings, added(4));
    assert_eq!(report.labels, added(4));
}

#[tokio::test]
async fn the_same_files_twice_change_nothing() {
    let app = TestApp::new().await;
    let before = books(&app.store).await;
    let report = take(&app.store, &customer::files()).await;
    assert!(report.is_unchanged(), "{report}");
    assert_eq!(books(&app.store).await, before);
}

#[tokio::test]
async fn a_dry_run_tells_what_would_be_and_changes_nothing() {
    let app = TestApp::new().await;
    let before = books(&app.store).await;
    let tenancies = customer::TENANCIES.replace(
        "T3,Chidi Nguyễn,GC A,,102,2025-02-21,",
        "T3,Chidi Nguyen,GC A,,102,2025-02-21,2026-11-20",
    ) + "T4,Rosa Sablan,WHS,,W-1,2026-11-01,\n";
    let files = files_with("tenancies.csv", tenancies);
    let report = import::run(&app.store, NOW, &files, Mode::DryRun).await.unwrap();
    assert_eq!(
        report.tenancies,
        Counts {
            added: 1,
            changed: 1,
            unchanged: 2,
            ended: 1
        }
    );
    assert_eq!(books(&app.store).await, before);
    assert_eq!(take(&app.store, &files).await.tenancies, report.tenancies);
}

#[tokio::test]
async fn semicolons_a_bom_and_another_order_of_columns_are_read_alike() {
    let app = TestApp::new().await;
    let units = "\u{feff}UNIT_NO;Property_Code;route_seq\r\n101;gc  a;1\r\n W-1 ;WHS;1\r\n";
    let report = take(&app.store, &files_with("units.csv", units)).await;
    // Types and notes that the file leaves out are empty now; the units are the same ones.
    assert_eq!(
        report.units,
        Counts {
            added: 0,
            changed: 2,
            ..Counts::default()
        }
    );
    assert_eq!(report.meter_points.added, 0);
}

#[tokio::test]
async fn one_faulty_row_keeps_everything_out() {
    let app = TestApp::sqlite().await;
    let before = books(&app.store).await;
    let readings = format!(
        "{}E9,2026-10,regular,1,2026-10-30T10:00:00,ben,\n",
        customer::READINGS
    );
    let error = import::run(&app.store, NOW, &files_with("readings.csv", readings), Mode::Take)
        .await
        .unwrap_err();
    assert!(matches!(error, ImportError::Faults(_)), "{error}");
    assert_eq!(books(&app.store).await, before);
}

#[tokio::test]
async fn all_faults_are_told_and_a_flood_of_them_is_bounded() {
    let app = TestApp::sqlite().await;
    let rows: String = (0..1_000)
        .map(|n| format!("X{n},2026-10,regular,1,2026-10-30T10:00:00,ben,\n"))
        .collect();
    let readings = format!("{}{rows}", customer::READINGS);
    let error = import::run(&app.store, NOW, &files_with("readings.csv", readings), Mode::Take)
        .await
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("1000 to put right") && text.contains("and 900 more in readings.csv"),
        "{text}"
    );
}

#[tokio::test]
async fn printed_labels_are_taken_and_stay() {
    let app = TestApp::sqlite().await;
    let mut files = customer::files();
    let code = shared::label::ShortCode::from_random([1, 2, 3, 4, 5, 6, 7]);
    files.add(
        "labels.csv",
        format!(
            "code,property_code,building,unit_no,utility,point\n{},GC A,,101,water,\n",
            code.qr_text()
        ),
    );
    assert_eq!(take(&app.store, &files).await.labels.added, 4);
    assert!(take(&app.store, &files).await.is_unchanged());
    let books = books(&app.store).await;
    assert!(books.contains(&code.to_string()), "{books}");
}

#[tokio::test]
async fn a_local_time_is_the_clock_of_the_property() {
    let app = TestApp::new().await;
    let page: ReadingsPage = app
        .rita()
        .await
        .get("/api/readings?unit=101&period=2026-10")
        .await
        .json();
    // Guam is ten hours ahead of UTC: the last evening of October there.
    assert_eq!(page.rows[0].read_at, "2026-10-31T23:30:00+10:00");
    assert_eq!(page.rows[0].previous_value.as_deref(), Some("46074"));
    assert_eq!(page.rows[0].consumption.as_deref(), Some("137"));
    assert_eq!(page.rows[0].tenant, "Ines O'Dowd");
}

#[tokio::test]
async fn consumption_counts_the_multiplier_and_starts_at_the_initial_value() {
    let app = TestApp::new().await;
    let page: ReadingsPage = app.rita().await.get("/api/readings?property=whs").await.json();
    assert_eq!(page.rows[0].previous_value.as_deref(), Some("0"));
    assert_eq!(page.rows[0].consumption.as_deref(), Some("1000"));
}

#[tokio::test]
async fn a_value_that_the_books_hold_otherwise_is_a_fault() {
    let app = TestApp::new().await;
    let files = files_with("readings.csv", customer::READINGS.replace("46211", "46212"));
    let error = import::run(&app.store, NOW, &files, Mode::Take)
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("line 3, column value: the books hold another value"),
        "{error}"
    );
}

async fn places(store: &Store) -> Vec<(String, Option<i64>)> {
    let server::database::Database::Sqlite(pool) = store.reader() else {
        unreachable!()
    };
    let places = "SELECT unit_no, walk_seq FROM unit ORDER BY COALESCE(walk_seq, route_seq), id";
    sqlx::query_as(places).fetch_all(pool).await.unwrap()
}

#[tokio::test]
async fn the_order_of_the_field_outlives_an_import_that_does_not_know_it() {
    let app = TestApp::new().await;
    let wanted = ["102", "101"].map(|unit_no| UnitKey::new("", unit_no));
    let kept = walking_order::set(&app.store, NOW, "ana", "gc a", &wanted).await;
    assert_eq!(kept.unwrap().map(|it| it.moved), Some(2));
    let order = |places: Vec<(String, Option<i64>)>| places.into_iter().map(|it| it.0).collect::<Vec<_>>();
    assert_eq!(order(places(&app.store).await), ["102", "W-1", "101"]);
    let noted = customer::UNITS.replace("101,Studio,1,", "101,Studio,1,Ring twice");
    let report = take(&app.store, &files_with("units.csv", noted.clone())).await;
    assert_eq!(report.units.changed, 1);
    assert_eq!(order(places(&app.store).await), ["102", "W-1", "101"]);
    // The portfolio says anew where the unit is: that is the last word.
    let moved = noted
        .replace("101,Studio,1,", "101,Studio,9,")
        .replace("102,1 BR,2,", "102,1 BR,8,");
    take(&app.store, &files_with("units.csv", moved)).await;
    assert_eq!(order(places(&app.store).await), ["W-1", "102", "101"]);
    assert!(places(&app.store).await.iter().all(|it| it.1.is_none()));
}

#[tokio::test]
async fn a_hazard_is_imported_and_travels_to_the_phones() {
    let app = TestApp::new().await;
    let units = customer::UNITS
        .replace("access_note\n", "access_note,hazard\n")
        .replace("Studio,1,\n", "Studio,1,,Dog in the yard\n")
        .replace("stairs\n", "stairs,\n")
        .replace("Shop,1,\n", "Shop,1,,\n");
    take(&app.store, &files_with("units.csv", units)).await;
    let list: RoundList = app.ana().await.get("/api/latest-tenant-readings").await.json();
    let hazards: Vec<_> = list
        .rows
        .iter()
        .map(|row| (row.unit_no.as_str(), row.hazard.as_str()))
        .collect();
    assert!(
        hazards.contains(&("101", "Dog in the yard")) && hazards.contains(&("102", "")),
        "{hazards:?}"
    );
}
