//! `POST /api/imports`.

use serde_json::{Value, json};
use shared::wire::imports::{ImportAnswer, ImportProblem};
use shared::wire::session::RoleName;

use crate::util::TestApp;
use crate::util::customer;

fn files(changes: &[(&str, String)]) -> Value {
    let mut files = json!({
        "properties.csv": customer::PROPERTIES, "units.csv": customer::UNITS, "meters.csv": customer::METERS,
        "tenancies.csv": customer::TENANCIES, "readings.csv": customer::READINGS,
    });
    for (name, content) in changes {
        files[name] = json!(content);
    }
    json!({ "files": files })
}

fn count(answer: &ImportAnswer, things: &str) -> (u64, u64, u64) {
    let counts = answer.files.iter().find(|it| it.things == things).unwrap();
    (counts.added, counts.changed, counts.unchanged)
}

#[tokio::test]
async fn a_dry_run_tells_and_the_import_does_the_same() {
    let app = TestApp::sqlite().await;
    let admin = app.person("admin", RoleName::Admin, &[]).await;
    let told: ImportAnswer = admin.post("/api/imports?dry_run=true", &files(&[])).await.json();
    assert!(told.dry_run);
    assert_eq!(count(&told, "units"), (3, 0, 0));
    assert_eq!(app.number("SELECT COUNT(*) FROM unit").await, 0);
    let done: ImportAnswer = admin.post("/api/imports", &files(&[])).await.json();
    assert_eq!((done.dry_run, &done.files), (false, &told.files));
    assert_eq!(app.number("SELECT COUNT(*) FROM unit").await, 3);
    let by_admin = "SELECT COUNT(*) FROM audit WHERE action = 'import' AND actor = 'admin'";
    assert_eq!(app.number(by_admin).await, 1);
    let noted = customer::UNITS.replace("Studio,1,", "Studio,1,Ring twice");
    let again = files(&[("units.csv", noted)]);
    let again: ImportAnswer = admin.post("/api/imports?dry_run=true", &again).await.json();
    assert_eq!(count(&again, "units"), (0, 1, 2));
    assert_eq!(again.differences[0].name, "gc a, 101");
    assert_eq!(again.differences[0].changes[0].after, "Ring twice");
}

#[tokio::test]
async fn every_fault_is_told_and_nothing_is_changed() {
    let app = TestApp::sqlite().await;
    let admin = app.person("admin", RoleName::Admin, &[]).await;
    let readings = customer::READINGS.replace("46211", "146211");
    let units = customer::UNITS.replace("Meter behind", "=Meter behind");
    let body = files(&[("readings.csv", readings), ("units.csv", units)]);
    let response = admin.post("/api/imports", &body).await;
    assert_eq!(response.problem(), (422, "import_faults".into()));
    let problem: ImportProblem = serde_json::from_slice(&response.body).unwrap();
    let told: Vec<_> = problem
        .faults
        .iter()
        .map(|it| (&*it.file, it.line, &*it.column, &*it.code))
        .collect();
    let expected = [
        ("units.csv", 3, "access_note", "formula"),
        ("readings.csv", 3, "value", "more_digits"),
    ];
    assert_eq!((told.as_slice(), problem.faults_total), (expected.as_slice(), 2));
    assert_eq!(app.number("SELECT COUNT(*) FROM property").await, 0);
    assert_eq!(
        app.number("SELECT COUNT(*) FROM audit WHERE action = 'import'")
            .await,
        0
    );
}

#[tokio::test]
async fn what_is_no_import_is_told_what_would_be_right() {
    let app = TestApp::sqlite().await;
    let admin = app.person("admin", RoleName::Admin, &[]).await;
    let nothing = admin.post("/api/imports", &json!({ "files": {} })).await;
    assert_eq!(nothing.problem(), (400, "bad_request".into()));
    assert!(nothing.text().contains("properties.csv"), "{}", nothing.text());
    let strange = json!({ "files": { "Units.csv": customer::UNITS } });
    let strange = admin.post("/api/imports", &strange).await;
    assert_eq!(strange.problem(), (422, "import_faults".into()));
    assert!(strange.text().contains("unknown_file"), "{}", strange.text());
    // What a browser makes of bytes that are not UTF-8.
    let broken = files(&[(
        "tenancies.csv",
        customer::TENANCIES.replace("Ines", "In\u{fffd}s"),
    )]);
    let broken = admin.post("/api/imports", &broken).await;
    assert!(broken.text().contains("not_utf8"), "{}", broken.text());
    // Larger than other bodies may be: it is read, and refused for what is in it.
    let large = json!({ "files": { "units.csv": "x".repeat(3 << 20) } });
    assert_eq!(admin.post("/api/imports", &large).await.problem().0, 422);
    let huge = json!({ "files": { "units.csv": "x".repeat(5 << 20) } });
    assert_eq!(
        admin.post("/api/imports", &huge).await.problem(),
        (413, "too_large".into())
    );
}
