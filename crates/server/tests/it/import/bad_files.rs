//! Files that can't be taken: each is told by file, line, column and cause, and changes nothing.

mod against_the_books;
mod case;
mod encodings;
mod rows;
mod structure;
mod texts;
mod values;

use server::import::{self, ImportError, ImportFiles, Mode};
use shared::label::ShortCode;

use self::case::{Case, original};
use super::{books, take};
use crate::util::TestApp;
use crate::util::app::NOW;
use crate::util::customer;

/// The customer's books with labels, one of them revoked, a skip and a closed period.
async fn prepared() -> TestApp {
    let app = TestApp::sqlite().await;
    let mut files = customer::files();
    let labels = format!(
        "{}{},GC A,,101,water,\n{},GC A,,102,electricity,\n",
        original("labels.csv"),
        water_code(),
        revoked_code()
    );
    files.add("labels.csv", labels);
    let readings = format!(
        "{}E2,2026-09,regular,99001,2026-09-28T10:00:00,ben,\n",
        customer::READINGS
    );
    files.add("readings.csv", readings);
    take(&app.store, &files).await;
    for change in [
        "UPDATE label SET revoked_at = 1 WHERE meter_point_id IN (SELECT meter_point_id FROM meter WHERE serial = 'E2')",
        "UPDATE item SET shape = 'skip', value_micro = NULL WHERE meter_serial = 'E2' AND period = '2026-09'",
        "INSERT INTO period_state (property_id, period, state, changed_at, changed_by) \
         SELECT id, '2026-08', 'closed', 1, 'rita' FROM property WHERE code = 'GC A'",
    ] {
        app.execute(change).await;
    }
    app
}

async fn check(app: &TestApp, before: &str, case: Case) -> Vec<String> {
    let Case {
        what,
        file,
        content,
        expected,
    } = case;
    let mut files: ImportFiles = customer::files();
    files.add(file, content);
    let mut wrong = Vec::new();
    for mode in [Mode::Take, Mode::DryRun] {
        match import::run(&app.store, NOW, &files, mode).await {
            Err(ImportError::Faults(faults)) => {
                let mut found: Vec<_> = faults
                    .kept()
                    .iter()
                    .map(|fault| {
                        let name = format!("{:?}", fault.cause);
                        let name = name
                            .split(|it: char| !it.is_ascii_alphanumeric())
                            .next()
                            .unwrap_or_default();
                        (
                            fault.file.to_string(),
                            fault.line,
                            fault.column.clone(),
                            name.to_owned(),
                        )
                    })
                    .collect();
                let mut expected: Vec<_> = expected
                    .iter()
                    .map(|(line, column, cause)| (file.to_owned(), *line, column.clone(), cause.clone()))
                    .collect();
                found.sort();
                expected.sort();
                if found != expected {
                    wrong.push(format!("{what}: {found:?} instead of {expected:?}"));
                }
                // What is wrong, then what to do.
                if faults.kept().iter().any(|fault| {
                    !fault.cause.to_string().contains(": ") && !fault.cause.to_string().contains("; ")
                }) {
                    wrong.push(format!("{what}: does not say what to do: {faults}"));
                }
            }
            Err(error) => wrong.push(format!("{what}: {error}")),
            Ok(report) => wrong.push(format!("{what}: was taken\n{report}")),
        }
        if books(&app.store).await != before {
            wrong.push(format!("{what}: the books are not what they were"));
        }
    }
    wrong
}

#[tokio::test]
async fn every_bad_file_is_told_by_file_line_column_and_cause_and_changes_nothing() {
    let app = prepared().await;
    let before = books(&app.store).await;
    let cases = [
        encodings::encodings(),
        structure::structure(),
        texts::texts(),
        values::values(),
        rows::rows(),
        against_the_books::against_the_books(),
    ];
    let cases: Vec<Case> = cases.into_iter().flatten().collect();
    let count = cases.len();
    let mut wrong = Vec::new();
    for case in cases {
        wrong.extend(check(&app, &before, case).await);
    }
    assert!(
        wrong.is_empty(),
        "{} of {count}\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count >= 100, "{count} cases");
}

#[tokio::test]
async fn all_faults_of_all_files_are_told_at_once_in_the_order_of_the_files() {
    let app = TestApp::new().await;
    let mut files = customer::files();
    files.add(
        "readings.csv",
        customer::READINGS
            .replace("46211", "x")
            .replace("2026-10-29T09:00:00", "?"),
    );
    files.add(
        "tenancies.csv",
        customer::TENANCIES
            .replace("2024-08-29", "?")
            .replace("2025-02-21", "?"),
    );
    files.add("properties.csv", customer::PROPERTIES.replace("commercial", "?"));
    let error = import::run(&app.store, NOW, &files, Mode::Take)
        .await
        .unwrap_err();
    let ImportError::Faults(faults) = error else {
        panic!("{error}")
    };
    let places: Vec<_> = faults
        .kept()
        .iter()
        .map(|fault| (fault.file.as_ref(), fault.line))
        .collect();
    assert_eq!(
        places,
        [
            ("properties.csv", 3),
            ("tenancies.csv", 2),
            ("tenancies.csv", 4),
            ("readings.csv", 3),
            ("readings.csv", 4)
        ]
    );
}

/// One wrong row is one fault, not one for each row that leans on it.
#[tokio::test]
async fn a_fault_is_told_where_it_is_and_not_again_where_it_is_missed() {
    let app = TestApp::sqlite().await;
    let mut files = customer::files();
    files.add(
        "properties.csv",
        customer::PROPERTIES.replace("Pacific/Guam", "Pacific/Atlantis"),
    );
    let error = import::run(&app.store, NOW, &files, Mode::Take)
        .await
        .unwrap_err();
    let ImportError::Faults(faults) = error else {
        panic!("{error}")
    };
    assert_eq!(faults.total(), 1, "{faults}");
}

#[tokio::test]
async fn names_that_only_look_like_formulas_are_taken() {
    let app = TestApp::new().await;
    let units = format!("{}GC A,-1,-1,+1 671,4,-\n", customer::UNITS);
    let files = customer::files_with("units.csv", units);
    assert_eq!(take(&app.store, &files).await.units.added, 1);
}

fn water_code() -> ShortCode {
    ShortCode::from_random([1, 2, 3, 4, 5, 6, 7])
}

fn revoked_code() -> ShortCode {
    ShortCode::from_random([2, 2, 3, 4, 5, 6, 7])
}

fn fresh_code() -> ShortCode {
    ShortCode::from_random([3, 2, 3, 4, 5, 6, 7])
}

fn wrong_code() -> String {
    let mut code = fresh_code().to_string();
    let last = code.pop().unwrap();
    code.push(if last == '0' { '1' } else { '0' });
    code
}
