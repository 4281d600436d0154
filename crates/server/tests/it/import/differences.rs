//! What a dry run tells.

use server::import::{self, Mode};

use super::{books, take};
use crate::util::TestApp;
use crate::util::app::NOW;
use crate::util::customer::{self, files_with};

#[tokio::test]
async fn a_dry_run_tells_file_by_file_what_would_change_and_that_nothing_is_deleted() {
    let app = TestApp::new().await;
    let before = books(&app.store).await;
    let mut files = files_with(
        "units.csv",
        customer::UNITS.replace("Studio,1,", "Studio,1,Ring twice"),
    );
    let meters = customer::METERS
        .replace("2024-07-28,99000,,", "2024-07-28,99000,2026-11-20,99990")
        .replace("W1,GC A,,101,water,5,3,1,2024-07-28,10.5,,\n", "");
    files.add("meters.csv", meters);
    let tenancies = customer::TENANCIES.replace("T2,Viktor Okafor,GC A,,101", "T2,Viktor Okafor,WHS,,W-1");
    files.add("tenancies.csv", tenancies);
    let report = import::run(&app.store, NOW, &files, Mode::DryRun).await.unwrap();
    let text = report.to_string();
    for line in [
        "units.csv      units                  0         1         0         2",
        "meters.csv     meters                 0         1         1         2",
        "readings.csv   readings               0         0         0         4",
        "  units.csv, gc a, 101: access_note `` -> `Ring twice`",
        "  meters.csv, e2: removed_on `` -> `2026-11-20`, final_value `` -> `99990`",
        "  tenancies.csv, t2: property_code `gc a` -> `whs`, unit_no `101` -> `w-1`",
        "What the files don't name stays as it is: an import never deletes.",
        "A dry run: nothing was changed.",
    ] {
        assert!(text.lines().any(|it| it == line), "{line}\n{text}");
    }
    assert_eq!(books(&app.store).await, before);
    // The meter that the file leaves out is still there after the import.
    take(&app.store, &files).await;
    assert!(books(&app.store).await.contains("|W1|"));
}

#[tokio::test]
async fn a_flood_of_changes_is_told_by_the_first_hundred() {
    let app = TestApp::new().await;
    let unit = |number: i32, note: &str| format!("GC A,N,{number},Studio,1,{note}\n");
    let units =
        |note: &str| customer::UNITS.to_owned() + &(0..150).map(|n| unit(n, note)).collect::<String>();
    take(&app.store, &files_with("units.csv", units(""))).await;
    let files = files_with("units.csv", units("Ring twice"));
    let report = import::run(&app.store, NOW, &files, Mode::DryRun).await.unwrap();
    assert_eq!((report.units.changed, report.differences.len()), (150, 100));
    assert!(report.to_string().contains("and 50 more that change"), "{report}");
}

#[tokio::test]
async fn check_readings_are_taken_once_however_often_they_come() {
    let app = TestApp::new().await;
    let readings = format!(
        "{}E1,2026-10,check,46200,2026-10-30T10:00:00,ben,\n",
        customer::READINGS
    );
    let files = files_with("readings.csv", readings);
    assert_eq!(take(&app.store, &files).await.readings.added, 1);
    let again = take(&app.store, &files).await;
    assert!(again.is_unchanged(), "{again}");
}
