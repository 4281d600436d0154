//! The audit: nothing in it can be changed, and it is read by filters, page by page, and as a file.

use serde_json::json;
use server::audit::AuditEntry;
use shared::wire::audit::{AuditPage, AuditRow};
use shared::wire::session::RoleName;

use super::contract;
use crate::util::{TestApp, TestPerson};

contract!(
    the_database_refuses_to_change_or_remove_a_row,
    pages_hang_together_newest_first,
    each_filter_narrows_the_list,
    the_file_has_every_row_that_fits_and_no_formula,
    refused_sign_ins_leave_a_few_lines_and_nothing_that_was_typed,
);

async fn admin(app: &TestApp) -> TestPerson {
    app.person("admin", RoleName::Admin, &[]).await
}

async fn add(app: &TestApp, minute: i64, actor: &str, action: &'static str, subject: &str) {
    let entry = AuditEntry {
        at: app.clock.now().plus_ms(minute * 60_000),
        actor: actor.into(),
        action,
        subject: subject.into(),
        detail: json!({ "minute": minute }),
    };
    entry.note(&app.store).await.unwrap();
}

async fn rows(person: &TestPerson, query: &str) -> Vec<AuditRow> {
    let page: AuditPage = person.get(&format!("/api/audit?{query}")).await.json();
    page.rows
}

/// Past the server's own code, as somebody with a database client would try it.
async fn try_sql(app: &TestApp, sql: &'static str) -> Result<(), String> {
    server::on!(app.store.writer(), |pool| sqlx::query(sql)
        .execute(pool)
        .await
        .map(drop)
        .map_err(|error| error.to_string()))
}

async fn the_database_refuses_to_change_or_remove_a_row(app: TestApp) {
    add(&app, 0, "rita", "label_revoke", "ABCDEFGH").await;
    let all = "SELECT CAST(seq AS TEXT) || actor || action || subject || detail FROM audit ORDER BY seq";
    let before = app.texts(all).await;
    let replace = match app.store.writer() {
        server::database::Database::Sqlite(_) => {
            "INSERT OR REPLACE INTO audit (seq, at, actor, action, subject) SELECT seq, at, 'x', action, subject FROM audit"
        }
        server::database::Database::Postgres(_) => {
            "INSERT INTO audit (seq, at, actor, action, subject) SELECT seq, at, 'x', action, subject FROM audit \
             ON CONFLICT (seq) DO UPDATE SET actor = excluded.actor"
        }
    };
    for sql in [
        "UPDATE audit SET actor = 'somebody'",
        "UPDATE audit SET detail = '{}' WHERE seq > 0",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE actor = 'rita'",
        replace,
    ] {
        let refusal = try_sql(&app, sql).await.unwrap_err();
        assert!(refusal.contains("audit is append-only"), "{sql}: {refusal}");
    }
    if matches!(app.store.writer(), server::database::Database::Postgres(_)) {
        let refusal = try_sql(&app, "TRUNCATE audit").await.unwrap_err();
        assert!(refusal.contains("audit is append-only"), "{refusal}");
    }
    assert_eq!(app.texts(all).await, before);
}

async fn pages_hang_together_newest_first(app: TestApp) {
    let admin = admin(&app).await;
    // Several in one moment, and one that is added last though it is the oldest.
    for minute in [1, 2, 2, 2, 3, 0] {
        add(&app, minute, "ben", "walking_order", "GC A").await;
    }
    let whole = rows(&admin, "actor=ben").await;
    let minutes: Vec<_> = whole
        .iter()
        .map(|row| row.detail["minute"].as_i64().unwrap())
        .collect();
    assert_eq!(minutes, [3, 2, 2, 2, 1, 0]);
    let (mut parts, mut query) = (Vec::new(), String::from("actor=ben&limit=2"));
    loop {
        let page: AuditPage = admin.get(&format!("/api/audit?{query}")).await.json();
        assert!(page.actions.contains(&"walking_order".to_owned()));
        parts.extend(page.rows);
        // What comes meanwhile is newer, and shifts nothing.
        add(&app, 9, "eva", "walking_order", "GC A").await;
        match page.next {
            Some(next) => query = format!("actor=ben&limit=2&after={next}"),
            None => break,
        }
    }
    assert_eq!(parts, whole);
    for wrong in ["limit=0", "limit=501", "after=x", "from=today"] {
        let answer = admin.get(&format!("/api/audit?{wrong}")).await;
        assert_eq!(answer.problem(), (400, "bad_request".into()), "{wrong}");
    }
}

async fn each_filter_narrows_the_list(app: TestApp) {
    let admin = admin(&app).await;
    add(&app, 10, "Rita", "label_revoke", "ABCDEFGH").await;
    add(&app, 20, "rita", "label_reissue", "ABCDEFGH").await;
    add(&app, 30, "ben", "walking_order", "GC A").await;
    let count = async |query: &str| rows(&admin, query).await.len();
    assert_eq!(count("actor=%20RITA%20").await, 2);
    assert_eq!(count("actor=rit").await, 0);
    assert_eq!(count("action=label_revoke").await, 1);
    assert_eq!(count("subject=abcdefgh").await, 2);
    assert_eq!(count("subject=gc%20a&actor=ben").await, 1);
    assert_eq!(count("subject=gc%20a&actor=rita").await, 0);
    let at = |minute: i64| app.clock.now().plus_ms(minute * 60_000).to_rfc3339();
    let between = format!("from={}&to={}", at(10), at(30)).replace('+', "%2B");
    let found = rows(&admin, &between).await;
    let found: Vec<_> = found.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(found, ["label_reissue", "label_revoke"]);
}

async fn the_file_has_every_row_that_fits_and_no_formula(app: TestApp) {
    let admin = admin(&app).await;
    // More than are read at a time.
    for minute in 0..1_001 {
        add(&app, minute, "ben", "walking_order", "GC A").await;
    }
    add(&app, 2_000, "ben", "label_revoke", "=HYPERLINK(\"http://evil\")").await;
    let answer = admin.get("/api/audit.csv?actor=ben&limit=1&after=1.1").await;
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\"audit.csv\""
    );
    let text = answer.text();
    let mut lines = text.strip_prefix('\u{feff}').unwrap().split("\r\n");
    assert_eq!(lines.next(), Some("seq,at,actor,action,subject,detail"));
    let first = lines.next().unwrap();
    assert!(
        first.contains(",label_revoke,\"'=HYPERLINK(\"\"http://evil\"\")\","),
        "{first}"
    );
    let rest: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
    assert_eq!(rest.len(), 1_001);
    assert!(rest[0].ends_with("\"{\"\"minute\"\":1000}\""), "{}", rest[0]);
    assert!(rest[1_000].ends_with("\"{\"\"minute\"\":0}\""));
}

async fn refused_sign_ins_leave_a_few_lines_and_nothing_that_was_typed(app: TestApp) {
    let admin = admin(&app).await;
    app.account("Ana", RoleName::Technician, &[]).await;
    let sign_in = async |name: &str| {
        let body = json!({ "username": name, "password": "my-secret-password" });
        app.post("/api/session", &body).await.status.as_u16()
    };
    assert_eq!(sign_in("ana").await, 401);
    let noted = rows(&admin, "subject=ana&action=sign_in_failed").await;
    assert_eq!((noted.len(), noted[0].actor.as_str()), (1, "nobody"));
    for _ in 0..20 {
        sign_in("ana").await;
    }
    assert_eq!(rows(&admin, "subject=ana&action=sign_in_failed").await.len(), 4);
    assert_eq!(rows(&admin, "subject=ana&action=sign_in_limited").await.len(), 4);
    // However many names are tried.
    for name in ["my-secret-password", "x2", "x3", "x4", "x5", "x6"] {
        assert_eq!(sign_in(name).await, 401);
    }
    assert_eq!(rows(&admin, "subject=unknown%20name").await.len(), 4);
    let written = app
        .texts("SELECT actor || subject || detail FROM audit WHERE action LIKE 'sign_in%'")
        .await;
    assert!(!written.iter().any(|it| it.contains("secret")), "{written:?}");
    // Somebody who is no longer active is known by name.
    app.account("zoe", RoleName::Technician, &[]).await;
    app.execute("UPDATE account SET disabled_at = 1 WHERE name = 'zoe'")
        .await;
    assert_eq!(sign_in("zoe").await, 401);
    assert_eq!(rows(&admin, "subject=zoe&action=sign_in_failed").await.len(), 1);
    assert_eq!(app.number("SELECT COUNT(*) FROM audit").await, 13);
}
