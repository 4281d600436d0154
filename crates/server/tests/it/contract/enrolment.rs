//! Codes that enrol a phone: good once, for a short time, for one person.

use serde_json::{Value, json};
use shared::id::DeviceId;
use shared::wire::people::EnrolmentCode;
use shared::wire::receipt::VerdictName;
use shared::wire::session::{RoleName, Session};
use uuid::Uuid;

use super::contract;
use crate::util::items::reading;
use crate::util::response::TestResponse;
use crate::util::{Caller, TestApp, TestPerson};

contract!(
    a_phone_that_reads_a_code_is_signed_in_as_its_person_and_may_all_that_a_technician_may,
    a_code_is_good_once,
    two_phones_that_show_one_code_at_once_enrol_one,
    a_code_runs_out,
    a_newer_code_a_taken_back_one_and_one_of_somebody_inactive_are_no_good,
    a_revoked_phone_is_told_so_and_the_code_stays_good_for_another,
    codes_are_for_active_technicians_alone,
    a_code_is_kept_as_its_hash_and_each_step_is_in_the_audit,
    a_phone_with_another_persons_queue_keeps_it_for_that_person,
);

const MINUTE_MS: i64 = 60_000;

async fn admin(app: &TestApp) -> TestPerson {
    app.person("admin", RoleName::Admin, &[]).await
}

async fn id_of(app: &TestApp, name: &'static str) -> i64 {
    let rows = app
        .texts("SELECT name || ' ' || CAST(id AS TEXT) FROM account")
        .await;
    let row = rows.iter().find_map(|row| row.strip_prefix(&format!("{name} ")));
    row.unwrap().parse().unwrap()
}

async fn show(app: &TestApp, admin: &TestPerson, name: &'static str) -> EnrolmentCode {
    let path = format!("/api/people/{}/enrolment", id_of(app, name).await);
    admin.post(&path, &json!({})).await.json()
}

fn token(code: &EnrolmentCode) -> String {
    code.link.split_once("/enrol#").unwrap().1.to_owned()
}

async fn redeem(app: &TestApp, token: &str, device: DeviceId) -> TestResponse {
    app.post("/api/enrolment", &json!({ "token": token, "device_id": device }))
        .await
}

fn phone() -> DeviceId {
    DeviceId(Uuid::now_v7())
}

async fn a_phone_that_reads_a_code_is_signed_in_as_its_person_and_may_all_that_a_technician_may(
    app: TestApp,
) {
    let admin = admin(&app).await;
    // With a first password that she never learns: the code stands in its place.
    let body = json!({ "username": "eva", "role": "technician", "properties": ["GC A"] });
    assert_eq!(admin.post("/api/people", &body).await.status, 200);
    let code = show(&app, &admin, "eva").await;
    assert_eq!(code.username, "eva");
    assert!(code.svg.starts_with("<svg"), "{}", code.svg);
    assert_eq!(
        code.expires_at,
        app.clock.now().plus_ms(15 * MINUTE_MS).to_rfc3339()
    );
    let device = phone();
    let answer = redeem(&app, &token(&code), device).await;
    let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
    let session: Session = answer.json();
    assert_eq!(
        (session.username.as_str(), session.device_id),
        ("eva", Some(device))
    );
    assert!(!session.must_change_password);
    let eva = Caller::with_cookie(app.router.clone(), "eva", device, &cookie);
    assert_eq!(eva.list(None).await.rows.len(), 60);
    let verdict = eva.send_item(&reading(&eva, 1, 101, 1_234)).await;
    assert_eq!(verdict.verdict, VerdictName::Accepted);
}

async fn a_code_is_good_once(app: TestApp) {
    let admin = admin(&app).await;
    app.account("ana", RoleName::Technician, &[]).await;
    let token = token(&show(&app, &admin, "ana").await);
    let device = phone();
    assert_eq!(redeem(&app, &token, device).await.status, 200);
    for device in [device, phone()] {
        assert_eq!(
            redeem(&app, &token, device).await.problem(),
            (410, "code_not_good".into())
        );
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM device").await, 1);
    for strange in ["", "x", &"0".repeat(32), &"u".repeat(32)] {
        assert_eq!(
            redeem(&app, strange, phone()).await.problem(),
            (410, "code_not_good".into())
        );
    }
}

async fn two_phones_that_show_one_code_at_once_enrol_one(app: TestApp) {
    let admin = admin(&app).await;
    app.account("ana", RoleName::Technician, &[]).await;
    let token = token(&show(&app, &admin, "ana").await);
    let (first, second) = tokio::join!(redeem(&app, &token, phone()), redeem(&app, &token, phone()));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410]);
    assert_eq!(app.number("SELECT COUNT(*) FROM device").await, 1);
}

async fn a_code_runs_out(app: TestApp) {
    let admin = admin(&app).await;
    app.account("ana", RoleName::Technician, &[]).await;
    let made = app.clock.now();
    let (one, other) = (
        token(&show(&app, &admin, "ana").await),
        made.plus_ms(15 * MINUTE_MS),
    );
    app.clock.set(other);
    assert_eq!(
        redeem(&app, &one, phone()).await.problem(),
        (410, "code_not_good".into())
    );
    app.clock.set(other.plus_ms(-1));
    assert_eq!(redeem(&app, &one, phone()).await.status, 200);
}

async fn a_newer_code_a_taken_back_one_and_one_of_somebody_inactive_are_no_good(app: TestApp) {
    let admin = admin(&app).await;
    app.account("ana", RoleName::Technician, &[]).await;
    let path = format!("/api/people/{}", id_of(&app, "ana").await);
    let older = token(&show(&app, &admin, "ana").await);
    let newer = token(&show(&app, &admin, "ana").await);
    let not_good = (410, String::from("code_not_good"));
    assert_eq!(redeem(&app, &older, phone()).await.problem(), not_good);
    for _ in 0..2 {
        assert_eq!(admin.delete(&format!("{path}/enrolment")).await.status, 204);
    }
    assert_eq!(redeem(&app, &newer, phone()).await.problem(), not_good);
    let of_inactive = token(&show(&app, &admin, "ana").await);
    let set = async |active: bool, role: &str| {
        let body = json!({ "role": role, "active": active, "all_properties": true });
        assert_eq!(admin.put(&path, &body).await.status, 200);
    };
    set(false, "technician").await;
    assert_eq!(redeem(&app, &of_inactive, phone()).await.problem(), not_good);
    // Active again, the code of before is gone all the same.
    set(true, "technician").await;
    assert_eq!(redeem(&app, &of_inactive, phone()).await.problem(), not_good);
    // Nor does a code open the office.
    let of_technician = token(&show(&app, &admin, "ana").await);
    set(true, "admin").await;
    assert_eq!(redeem(&app, &of_technician, phone()).await.problem(), not_good);
    assert_eq!(app.number("SELECT COUNT(*) FROM device").await, 0);
}

async fn a_revoked_phone_is_told_so_and_the_code_stays_good_for_another(app: TestApp) {
    let (admin, ana) = (admin(&app).await, app.technician("ana").await);
    let revocation = format!("/api/devices/{}/revocation", ana.device);
    assert_eq!(admin.put(&revocation, &json!({})).await.status, 204);
    let token = token(&show(&app, &admin, "ana").await);
    assert_eq!(
        redeem(&app, &token, ana.device).await.problem(),
        (403, "device_revoked".into())
    );
    assert_eq!(redeem(&app, &token, phone()).await.status, 200);
}

async fn codes_are_for_active_technicians_alone(app: TestApp) {
    let admin = admin(&app).await;
    app.account("rita", RoleName::Reviewer, &[]).await;
    app.account("ana", RoleName::Technician, &[]).await;
    app.execute("UPDATE account SET disabled_at = 1 WHERE name = 'ana'")
        .await;
    for (name, code) in [("rita", "not_technician"), ("ana", "not_active")] {
        let path = format!("/api/people/{}/enrolment", id_of(&app, name).await);
        let answer = admin.post(&path, &json!({})).await;
        assert_eq!(answer.problem(), (409, code.into()));
    }
    let answer = admin.post("/api/people/999/enrolment", &json!({})).await;
    assert_eq!(answer.problem(), (404, "not_found".into()));
    assert_eq!(app.number("SELECT COUNT(*) FROM enrolment").await, 0);
}

async fn a_code_is_kept_as_its_hash_and_each_step_is_in_the_audit(app: TestApp) {
    let admin = admin(&app).await;
    app.account("ana", RoleName::Technician, &[]).await;
    let one = token(&show(&app, &admin, "ana").await);
    let stored = app.texts("SELECT token_hash FROM enrolment").await;
    assert!(stored.len() == 1 && stored[0].len() == 64 && !stored[0].contains(&one));
    redeem(&app, &one, phone()).await;
    redeem(&app, &one, phone()).await;
    let another = show(&app, &admin, "ana").await;
    admin
        .delete(&format!("/api/people/{}/enrolment", id_of(&app, "ana").await))
        .await;
    let lines = app
        .texts("SELECT actor || ' ' || action FROM audit WHERE action LIKE '%enrol%' ORDER BY seq")
        .await;
    assert_eq!(
        lines,
        [
            "admin enrolment_code",
            "ana enrolment_use",
            "nobody enrolment_failed",
            "admin enrolment_code",
            "admin enrolment_take_back",
        ]
    );
    let all = app
        .texts("SELECT actor || subject || detail FROM audit")
        .await
        .join(" ");
    assert!(!all.contains(&one) && !all.contains(&token(&another)));
}

async fn a_phone_with_another_persons_queue_keeps_it_for_that_person(app: TestApp) {
    let (admin, ana) = (admin(&app).await, app.technician("ana").await);
    app.account("ben", RoleName::Technician, &[]).await;
    let of_ana = [reading(&ana, 1, 101, 1_234)];
    let token = token(&show(&app, &admin, "ben").await);
    let answer = redeem(&app, &token, ana.device).await;
    let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
    let ben = Caller::with_cookie(app.router.clone(), "ben", ana.device, &cookie);
    let refused = ben.post("/api/readings", ben.batch(&of_ana), &[]).await;
    assert_eq!(
        (refused.status.as_u16(), refused.problem_code()),
        (403, "wrong_person".into())
    );
    let again = app.sign_in_on("ana", ana.device).await;
    assert_eq!(again.send_items(&of_ana).await[0].verdict, VerdictName::Accepted);
    let _: Value = answer.json();
}
