//! What an import finds in the books, and that it leaves them alone when a file is wrong.

use server::import::{self, Cause, ImportError, ImportFiles, ImportReport, Mode};

use crate::util::TestApp;
use crate::util::app::NOW;

/// Empty books: other contracts begin with rows whose ids are given, which an import does not know of.
macro_rules! contract {
    ($($claim:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test] async fn $claim() { super::$claim(crate::util::TestApp::sqlite().await).await; })+
        }
        mod postgres {
            $(#[tokio::test]
            #[ignore = "needs TEST_POSTGRES_URL"]
            async fn $claim() { super::$claim(crate::util::TestApp::postgres().await).await; })+
        }
    };
}

contract!(
    files_taken_again_change_nothing_check_readings_included,
    what_the_books_hold_otherwise_is_a_fault_and_nothing_is_changed,
);

const READINGS: &str = "serial,period,kind,value,read_at\n\
I1,2026-09,regular,150,2026-09-28T10:00:00\n\
I1,2026-10,regular,200,2026-10-28T10:00:00\n\
I1,2026-10,check,210,2026-10-30T10:00:00\n";

fn files(readings: &str) -> ImportFiles {
    let mut files = ImportFiles::default();
    files.add(
        "properties.csv",
        "property_code,name,timezone\nIMP,Imported,Pacific/Guam\n",
    );
    files.add("units.csv", "property_code,unit_no\nIMP,1\n");
    files.add(
        "meters.csv",
        "serial,property_code,unit_no,utility,dials,installed_on,initial_value\nI1,IMP,1,gas,5,2024-01-01,100\n",
    );
    files.add(
        "tenancies.csv",
        "tenant_code,tenant_name,property_code,unit_no,move_in\nI-T1,Ines O'Dowd,IMP,1,2024-01-01\n",
    );
    files.add("readings.csv", readings);
    files
}

async fn run(app: &TestApp, readings: &str, mode: Mode) -> Result<ImportReport, ImportError> {
    import::run_as(&app.store, NOW, "admin", &files(readings), mode).await
}

async fn files_taken_again_change_nothing_check_readings_included(app: TestApp) {
    let told = run(&app, READINGS, Mode::DryRun).await.unwrap();
    assert_eq!(
        app.number("SELECT COUNT(*) FROM property WHERE code = 'IMP'")
            .await,
        0
    );
    let first = run(&app, READINGS, Mode::Take).await.unwrap();
    assert_eq!((told.readings.added, told.readings), (3, first.readings));
    let again = run(&app, READINGS, Mode::Take).await.unwrap();
    assert!(again.is_unchanged(), "{again}");
    assert_eq!(again.readings.unchanged, 3);
    assert_eq!(
        app.number("SELECT COUNT(*) FROM audit WHERE actor = 'admin' AND action = 'import'")
            .await,
        1
    );
}

async fn what_the_books_hold_otherwise_is_a_fault_and_nothing_is_changed(app: TestApp) {
    run(&app, READINGS, Mode::Take).await.unwrap();
    for change in [
        "UPDATE item SET shape = 'skip', value_micro = NULL WHERE meter_serial = 'I1' AND period = '2026-09'",
        "INSERT INTO period_state (property_id, period, state, changed_at, changed_by) \
         SELECT id, '2026-08', 'closed', 1, 'rita' FROM property WHERE code = 'IMP'",
    ] {
        app.execute(change).await;
    }
    let items = app.number("SELECT COUNT(*) FROM item").await;
    let changes = app
        .number("SELECT value FROM counter WHERE name = 'change'")
        .await;
    let readings = READINGS.replace(",200,", ",201,").replace(",210,", ",211,");
    let readings = format!("{readings}I1,2026-08,regular,120,2026-08-28T10:00:00\n");
    let ImportError::Faults(faults) = run(&app, &readings, Mode::Take).await.unwrap_err() else {
        panic!("the files are at fault")
    };
    let causes: Vec<_> = faults.kept().iter().map(|fault| fault.cause.clone()).collect();
    assert_eq!(
        causes,
        [
            Cause::SkipInBooks,
            Cause::OtherValueInBooks,
            Cause::OtherValueInBooks,
            Cause::PeriodClosed
        ]
    );
    assert_eq!(app.number("SELECT COUNT(*) FROM item").await, items);
    assert_eq!(
        app.number("SELECT value FROM counter WHERE name = 'change'")
            .await,
        changes
    );
}
