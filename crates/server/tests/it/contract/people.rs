//! Accounts as admins make and change them, and passwords as people change them.

use axum::http::Method;
use serde_json::{Value, json};
use shared::wire::people::{FirstPassword, PeoplePage, PersonRow};
use shared::wire::receipt::VerdictName;
use shared::wire::session::{RoleName, Session};

use super::contract;
use crate::util::app::PASSWORD;
use crate::util::items::reading;
use crate::util::{TestApp, TestPerson};

contract!(
    somebody_new_has_to_change_the_first_password_before_anything_else,
    the_list_is_narrowed_and_cut_into_pages,
    a_change_counts_from_the_next_call_and_is_told_in_the_audit,
    whoever_is_deactivated_is_signed_out_and_keeps_what_waits,
    an_assignment_that_ends_takes_the_list_and_holds_what_is_sent,
    the_last_active_admin_stays,
    two_admins_who_demote_each_other_at_once_leave_one,
    a_reset_ends_all_sessions_and_asks_for_a_new_password,
    a_changed_password_ends_the_other_sessions_alone,
    the_present_password_may_be_tried_as_often_as_at_the_sign_in,
    what_does_not_fit_is_refused_and_changes_nothing,
);

async fn admin(app: &TestApp) -> TestPerson {
    app.person("admin", RoleName::Admin, &[]).await
}

fn members(role: &str, active: bool, properties: &[&str]) -> Value {
    json!({ "full_name": "Eva Ríos", "role": role, "active": active, "properties": properties })
}

async fn make(admin: &TestPerson, name: &str, role: &str, properties: &[&str]) -> FirstPassword {
    let mut body = members(role, true, properties);
    body["username"] = name.into();
    let answer = admin.post("/api/people", &body).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn change(admin: &TestPerson, id: &str, body: &Value) -> PersonRow {
    admin.put(&format!("/api/people/{id}"), body).await.json()
}

async fn find(admin: &TestPerson, name: &str) -> PersonRow {
    let page: PeoplePage = admin.get(&format!("/api/people?q={name}")).await.json();
    page.rows.into_iter().find(|row| row.username == name).unwrap()
}

async fn sign_in(app: &TestApp, name: &str, password: &str) -> (u16, String) {
    let answer = app
        .post("/api/session", &json!({ "username": name, "password": password }))
        .await;
    let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
    (answer.status.as_u16(), cookie)
}

async fn by_cookie(app: &TestApp, cookie: &str, method: Method, path: &str, body: &Value) -> (u16, Value) {
    let request = axum::http::Request::builder()
        .method(method)
        .uri(path)
        .header("cookie", cookie)
        .header("content-type", "application/json")
        .body(axum::body::Body::from(body.to_string()))
        .unwrap();
    let answer = app.send(request).await;
    let body = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
    (answer.status.as_u16(), body)
}

async fn actions(app: &TestApp, subject: &str) -> Vec<String> {
    let sql = "SELECT subject || ': ' || actor || ' ' || action FROM audit ORDER BY seq";
    let all = app.texts(sql).await;
    let start = format!("{subject}: ");
    all.iter()
        .filter_map(|it| it.strip_prefix(&start).map(str::to_owned))
        .collect()
}

async fn somebody_new_has_to_change_the_first_password_before_anything_else(app: TestApp) {
    let admin = admin(&app).await;
    let made = make(&admin, "eva", "technician", &["gc a"]).await;
    assert!(made.person.first_password && made.person.active);
    assert_eq!(made.person.properties, ["GC A"]);
    assert!(made.first_password.len() >= 14, "{}", made.first_password);
    let (status, cookie) = sign_in(&app, "eva", &made.first_password).await;
    assert_eq!(status, 200);
    let call =
        async |method: Method, path: &str, body: Value| by_cookie(&app, &cookie, method, path, &body).await;
    let session: Session =
        serde_json::from_value(call(Method::GET, "/api/session", json!({})).await.1).unwrap();
    assert!(session.must_change_password);
    for (method, path) in [
        (Method::GET, "/api/latest-tenant-readings"),
        (Method::POST, "/api/readings"),
        (Method::GET, "/api/readings"),
        (Method::GET, "/api/people"),
    ] {
        let (status, problem) = call(method, path, json!({})).await;
        assert_eq!(
            (status, problem["code"].as_str()),
            (401, Some("password_change_needed")),
            "{path}"
        );
    }
    let new =
        |password: &str, new_password: &str| json!({ "password": password, "new_password": new_password });
    let put = async |body: Value| call(Method::PUT, "/api/session/password", body).await;
    let first = made.first_password.as_str();
    for (body, code) in [
        (new(first, "short"), "password_too_short"),
        (new(first, &"x".repeat(513)), "password_too_long"),
        (new(first, first), "password_same"),
        (
            new("not-the-password", "eva-reads-meters"),
            "present_password_wrong",
        ),
    ] {
        let (status, problem) = put(body).await;
        assert_eq!((status, problem["code"].as_str()), (422, Some(code)));
    }
    assert_eq!(put(new(first, "eva-reads-meters")).await.0, 204);
    // The same session, now with all that it may.
    assert_eq!(
        call(Method::GET, "/api/latest-tenant-readings", json!({}))
            .await
            .0,
        200
    );
    assert_eq!(sign_in(&app, "eva", first).await.0, 401);
    assert_eq!(sign_in(&app, "eva", "eva-reads-meters").await.0, 200);
    assert!(!find(&admin, "eva").await.first_password);
    assert_eq!(
        actions(&app, "eva").await,
        [
            "admin account_add",
            "nobody password_check_failed",
            "eva password_change",
            "nobody sign_in_failed"
        ]
    );
}

async fn the_list_is_narrowed_and_cut_into_pages(app: TestApp) {
    let admin = admin(&app).await;
    make(&admin, "eva", "technician", &["HV"]).await;
    make(&admin, "Ben", "technician", &[]).await;
    app.account("rita", RoleName::Reviewer, &[]).await;
    let ben = find(&admin, "Ben").await;
    change(&admin, &ben.id, &members("technician", false, &[])).await;
    let names = async |query: &str| {
        let page: PeoplePage = admin.get(&format!("/api/people?{query}")).await.json();
        page.rows.into_iter().map(|row| row.username).collect::<Vec<_>>()
    };
    assert_eq!(names("").await, ["admin", "Ben", "eva", "rita"]);
    assert_eq!(names("q=E").await, ["Ben", "eva"]);
    assert_eq!(names("q=r%C3%ADos").await, ["Ben", "eva"]);
    assert_eq!(names("q=%25").await, Vec::<String>::new());
    assert_eq!(names("role=reviewer").await, ["rita"]);
    assert_eq!(names("state=inactive").await, ["Ben"]);
    assert_eq!(names("property=hv").await, ["admin", "eva", "rita"]);
    let page: PeoplePage = admin.get("/api/people?limit=3").await.json();
    assert_eq!(page.properties.len(), 2);
    let after = format!("limit=3&after={}", page.next.unwrap());
    assert_eq!(names(&after).await, ["rita"]);
    for wrong in ["role=boss", "state=gone", "limit=0"] {
        let answer = admin.get(&format!("/api/people?{wrong}")).await;
        assert_eq!(answer.problem(), (400, "bad_request".into()), "{wrong}");
    }
}

async fn a_change_counts_from_the_next_call_and_is_told_in_the_audit(app: TestApp) {
    let (admin, rita) = (admin(&app).await, app.rita().await);
    let row = find(&admin, "rita").await;
    assert!(row.all_properties);
    assert_eq!(rita.get("/api/devices").await.status, 200);
    let changed = change(&admin, &row.id, &members("technician", true, &["HV", "GC A"])).await;
    assert_eq!(
        (changed.role, changed.full_name.as_str()),
        (RoleName::Technician, "Eva Ríos")
    );
    assert_eq!(changed.properties, ["GC A", "HV"]);
    assert_eq!(rita.get("/api/devices").await.status, 403);
    // The same once more changes nothing, and says nothing.
    change(&admin, &row.id, &members("technician", true, &["GC A", "HV"])).await;
    let told = app
        .texts("SELECT detail FROM audit WHERE action = 'account_change'")
        .await;
    let [detail] = told.try_into().unwrap();
    let detail: Value = serde_json::from_str(&detail).unwrap();
    assert_eq!(
        detail,
        json!({
            "role": { "from": "reviewer", "to": "technician" },
            "full_name": { "from": "", "to": "Eva Ríos" },
            "properties": { "from": "all", "to": ["GC A", "HV"] },
        })
    );
}

async fn whoever_is_deactivated_is_signed_out_and_keeps_what_waits(app: TestApp) {
    let (admin, ana) = (admin(&app).await, app.technician("ana").await);
    ana.send_items(&[reading(&ana, 1, 101, 1_234)]).await;
    let row = find(&admin, "ana").await;
    change(&admin, &row.id, &members("technician", false, &["GC A"])).await;
    let waiting = [reading(&ana, 2, 102, 1_234)];
    let answer = ana.post("/api/readings", ana.batch(&waiting), &[]).await;
    // To the phone it is a session that ended: its queue waits.
    assert_eq!(
        (answer.status.as_u16(), answer.problem_code()),
        (401, "sign_in_needed".into())
    );
    assert_eq!(sign_in(&app, "ana", PASSWORD).await.0, 401);
    assert_eq!(app.number("SELECT COUNT(*) FROM item").await, 1);
    change(&admin, &row.id, &members("technician", true, &["GC A"])).await;
    let again = app.sign_in_on("ana", ana.device).await;
    let verdicts = again.send_items(&waiting).await;
    assert_eq!(verdicts[0].verdict, VerdictName::Accepted);
    assert_eq!(
        actions(&app, "ana").await,
        [
            "admin account_deactivate",
            "nobody sign_in_failed",
            "admin account_reactivate"
        ]
    );
}

async fn an_assignment_that_ends_takes_the_list_and_holds_what_is_sent(app: TestApp) {
    let (admin, ana) = (admin(&app).await, app.technician("ana").await);
    let cursor = ana.list(None).await.cursor;
    let row = find(&admin, "ana").await;
    change(&admin, &row.id, &members("technician", true, &["HV"])).await;
    let list = ana.list(Some(&cursor)).await;
    assert!(list.full && list.rows.len() == 1, "{} rows", list.rows.len());
    // What was read before is not lost: the office decides.
    let verdict = ana.send_item(&reading(&ana, 1, 101, 1_234)).await;
    assert_eq!(verdict.verdict, VerdictName::Held);
    assert_eq!(verdict.code.as_deref(), Some("not_assigned"));
}

async fn the_last_active_admin_stays(app: TestApp) {
    let admin = admin(&app).await;
    let own = find(&admin, "admin").await;
    let second = make(&admin, "zoe", "admin", &[]).await.person;
    change(&admin, &second.id, &members("admin", false, &[])).await;
    for body in [members("reviewer", true, &[]), members("admin", false, &[])] {
        let answer = admin.put(&format!("/api/people/{}", own.id), &body).await;
        assert_eq!(answer.problem(), (409, "last_admin".into()));
    }
    assert_eq!(find(&admin, "admin").await, own);
    // Its name and properties may change, and with another active one all of it may.
    change(&admin, &own.id, &members("admin", true, &["HV"])).await;
    change(&admin, &second.id, &members("admin", true, &[])).await;
    change(&admin, &own.id, &members("reviewer", true, &[])).await;
    assert_eq!(
        admin.get("/api/people").await.problem(),
        (403, "not_allowed".into())
    );
}

async fn two_admins_who_demote_each_other_at_once_leave_one(app: TestApp) {
    let (one, two) = (admin(&app).await, app.person("zoe", RoleName::Admin, &[]).await);
    let (of_one, of_two) = (find(&one, "admin").await.id, find(&one, "zoe").await.id);
    let demote = members("reviewer", true, &[]);
    let (path_one, path_two) = (format!("/api/people/{of_two}"), format!("/api/people/{of_one}"));
    let (first, second) = tokio::join!(one.put(&path_one, &demote), two.put(&path_two, &demote));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    // The loser may be told that it is the last admin, or that it is none any more.
    assert!(
        statuses[0] == 200 && [403, 409].contains(&statuses[1]),
        "{statuses:?}"
    );
    assert_eq!(
        app.number("SELECT COUNT(*) FROM account WHERE role = 'admin'")
            .await,
        1
    );
}

async fn a_reset_ends_all_sessions_and_asks_for_a_new_password(app: TestApp) {
    let (admin, rita) = (admin(&app).await, app.rita().await);
    let row = find(&admin, "rita").await;
    let path = format!("/api/people/{}/password", row.id);
    let told: FirstPassword = admin.post(&path, &json!({})).await.json();
    assert_eq!(
        rita.get("/api/session").await.problem(),
        (401, "sign_in_needed".into())
    );
    assert_eq!(sign_in(&app, "rita", PASSWORD).await.0, 401);
    let (status, cookie) = sign_in(&app, "rita", &told.first_password).await;
    assert_eq!(status, 200);
    let answer = by_cookie(&app, &cookie, Method::GET, "/api/devices", &json!({})).await;
    assert_eq!(answer.1["code"], "password_change_needed");
    let nobody = admin.post("/api/people/999/password", &json!({})).await;
    assert_eq!(nobody.problem(), (404, "not_found".into()));
    assert!(
        actions(&app, "rita")
            .await
            .contains(&"admin password_reset".to_owned())
    );
}

async fn a_changed_password_ends_the_other_sessions_alone(app: TestApp) {
    let rita = app.rita().await;
    let other = TestPerson::sign_in(&app.router, "rita").await;
    let body = json!({ "password": PASSWORD, "new_password": "rita-reviews-more" });
    assert_eq!(rita.put("/api/session/password", &body).await.status, 204);
    assert_eq!(rita.get("/api/session").await.status, 200);
    assert_eq!(other.get("/api/session").await.status, 401);
}

async fn the_present_password_may_be_tried_as_often_as_at_the_sign_in(app: TestApp) {
    let rita = app.rita().await;
    let wrong = json!({ "password": "not-the-password", "new_password": "rita-reviews-more" });
    // One try was the sign-in.
    for _ in 0..7 {
        let answer = rita.put("/api/session/password", &wrong).await;
        assert_eq!(answer.problem(), (422, "present_password_wrong".into()));
    }
    let right = json!({ "password": PASSWORD, "new_password": "rita-reviews-more" });
    let answer = rita.put("/api/session/password", &right).await;
    assert_eq!(answer.problem(), (429, "too_many_requests".into()));
    assert_eq!(sign_in(&app, "rita", PASSWORD).await.0, 429);
}

async fn what_does_not_fit_is_refused_and_changes_nothing(app: TestApp) {
    let admin = admin(&app).await;
    make(&admin, "eva", "technician", &[]).await;
    let people = "SELECT COUNT(*) FROM account";
    let (before, lines) = (
        app.number(people).await,
        app.number("SELECT COUNT(*) FROM audit").await,
    );
    let post = |name: &str, full_name: &str, properties: &[&str]| json!({ "username": name, "full_name": full_name, "role": "technician", "properties": properties });
    for (body, status, code) in [
        (post(" ", "", &[]), 422, "bad_name"),
        (post(&"x".repeat(41), "", &[]), 422, "bad_name"),
        (post("zoe", &"x".repeat(81), &[]), 422, "bad_full_name"),
        (post("zoe", "", &["XX"]), 422, "unknown_property"),
        (post(" EVA ", "", &[]), 409, "name_taken"),
        (json!({ "username": "zoe", "role": "boss" }), 400, "bad_json"),
    ] {
        let answer = admin.post("/api/people", &body).await;
        assert_eq!(answer.problem(), (status, code.into()));
    }
    for id in ["999", "x", "018f0000-0000-7000-8000-000000000000"] {
        let answer = admin
            .put(&format!("/api/people/{id}"), &members("technician", true, &[]))
            .await;
        assert_eq!(answer.problem(), (404, "not_found".into()));
    }
    assert_eq!(app.number(people).await, before);
    assert_eq!(app.number("SELECT COUNT(*) FROM audit").await, lines);
}
