//! `POST /api/imports`.

use serde_json::{Value, json};
use shared::wire::imports::{ImportAnswer, ImportProblem, ImportVerb};
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
async fn exactly_what_was_looked_at_is_taken_or_nothing() {
    let app = TestApp::new().await;
    let admin = app.person("admin", RoleName::Admin, &[]).await;
    let new_unit = format!(
        "{}WHS,,W-2,Shop,2,\n",
        customer::UNITS.replace("Studio,1,", "Studio,1,Ring twice")
    );
    let body = files(&[("units.csv", new_unit)]);
    let told: ImportAnswer = admin.post("/api/imports?dry_run=true", &body).await.json();
    let told_of: Vec<_> = told.differences.iter().map(|it| (it.what, &*it.name)).collect();
    assert_eq!(
        told_of,
        [
            (ImportVerb::Changed, "gc a, 101"),
            (ImportVerb::Added, "whs, w-2")
        ]
    );
    let again: ImportAnswer = admin.post("/api/imports?dry_run=true", &body).await.json();
    assert_eq!(again.plan, told.plan, "the same is told alike");
    // Somebody else was quicker: what the file changes is another content now.
    app.execute("UPDATE unit SET access_note = 'Ask the caretaker' WHERE unit_no = '101'")
        .await;
    let take = format!("/api/imports?plan={}", told.plan);
    let refused = admin.post(&take, &body).await;
    assert_eq!(refused.problem(), (409, "books_changed".into()));
    assert_eq!(app.number("SELECT COUNT(*) FROM unit").await, 3);
    let told: ImportAnswer = admin.post("/api/imports?dry_run=true", &body).await.json();
    let other = files(&[("units.csv", customer::UNITS.to_owned())]);
    let take = format!("/api/imports?plan={}", told.plan);
    assert_eq!(admin.post(&take, &other).await.problem().1, "books_changed");
    let taken: ImportAnswer = admin.post(&take, &body).await.json();
    assert_eq!((taken.dry_run, count(&taken, "units")), (false, (1, 1, 2)));
    assert_eq!(app.number("SELECT COUNT(*) FROM unit").await, 4);
}

/// The office says each cause in the reader's language; English is the server's own.
#[test]
fn every_cause_of_a_fault_has_a_spanish_sentence() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let read = |path: &str| std::fs::read_to_string(format!("{folder}/{path}")).unwrap();
    let causes = read("server/src/import/cause.rs");
    let sentences = read("office/src/wording/import_faults.rs");
    let members = causes
        .split("pub enum Cause {")
        .nth(1)
        .unwrap()
        .split("\n}\n")
        .next()
        .unwrap();
    let names = members.lines().filter_map(|line| {
        let name = line.strip_prefix("    ")?.split([' ', '{', ',']).next()?;
        name.starts_with(|it: char| it.is_ascii_uppercase())
            .then_some(name)
    });
    let mut count = 0;
    for name in names {
        let mut code = String::new();
        for character in name.chars() {
            if character.is_ascii_uppercase() && !code.is_empty() {
                code.push('_');
            }
            code.push(character.to_ascii_lowercase());
        }
        assert!(sentences.contains(&format!("\"{code}\",")), "{code} has none");
        count += 1;
    }
    assert!(count > 45, "{count} causes");
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
    assert_eq!(problem.faults[1].details["dials"], "5");
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
