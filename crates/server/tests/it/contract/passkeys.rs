//! Passkeys: added with the password, they let people of the office in, one answer to one question, until they are removed.

use serde_json::{Value, json};
use shared::wire::passkeys::{PasskeyCeremony, PasskeyList, PasskeyRow};
use shared::wire::people::{PeoplePage, PersonRow};
use shared::wire::session::{RoleName, Session};

use super::contract;
use crate::util::app::PASSWORD;
use crate::util::authenticator::Authenticator;
use crate::util::response::TestResponse;
use crate::util::{Caller, TestApp, TestPerson};

contract!(
    a_passkey_lets_its_person_in_without_a_name_and_opens_the_session_that_the_password_opens,
    an_answer_is_taken_once_and_not_after_five_minutes,
    what_was_asked_of_one_is_not_answered_by_another,
    answers_from_elsewhere_or_without_a_finger_or_with_another_key_are_refused_alike,
    a_copy_that_counts_behind_is_refused_and_noted_and_one_that_never_counts_is_not,
    two_answers_with_one_count_at_once_let_one_in,
    whoever_may_not_sign_in_does_not_by_passkey_either,
    a_removed_passkey_lets_nobody_in_and_ends_the_other_sessions,
    an_admin_removes_all_of_a_person_and_signs_them_out,
    a_reset_password_takes_the_passkeys_and_a_changed_one_leaves_them,
    a_passkey_that_was_begun_before_a_reset_is_not_added_after_it,
    a_passkey_is_added_with_the_present_password_alone_and_after_the_first_was_changed,
    a_passkey_has_a_name_and_one_account_and_nobody_has_more_than_ten,
    another_process_finishes_what_one_has_begun,
);

const ORIGIN: &str = "https://meters.example.org";
const MINUTE_MS: i64 = 60_000;

fn failed() -> (u16, String) {
    (401, "passkey_failed".into())
}

fn refused() -> (u16, String) {
    (422, "passkey_refused".into())
}

/// Rita, signed in, at a server with passkeys.
async fn start(app: TestApp) -> (TestApp, TestPerson) {
    let app = app.served_at(ORIGIN);
    let rita = app.rita().await;
    (app, rita)
}

async fn begin_adding(person: &TestPerson, password: &str) -> TestResponse {
    person
        .post("/api/passkeys/begin", &json!({ "password": password }))
        .await
}

async fn made(person: &TestPerson, ceremony: &str, name: &str, credential: &Value) -> TestResponse {
    let body = json!({ "ceremony": ceremony, "name": name, "credential": credential });
    person.post("/api/passkeys", &body).await
}

async fn adds(person: &TestPerson, name: &str) -> (Authenticator, PasskeyRow) {
    let mut device = Authenticator::at(ORIGIN);
    let begun: PasskeyCeremony = begin_adding(person, PASSWORD).await.json();
    let credential = device.makes(&begun.options);
    let row = made(person, &begun.ceremony, name, &credential).await.json();
    (device, row)
}

async fn begin(app: &TestApp) -> PasskeyCeremony {
    app.post("/api/session/passkey/begin", &json!({})).await.json()
}

async fn finish(app: &TestApp, begun: &PasskeyCeremony, credential: &Value) -> TestResponse {
    let body = json!({ "ceremony": begun.ceremony, "credential": credential });
    app.post("/api/session/passkey", &body).await
}

async fn signs_in(app: &TestApp, device: &mut Authenticator) -> TestResponse {
    let begun = begin(app).await;
    let credential = device.shows(&begun.options);
    finish(app, &begun, &credential).await
}

fn caller(app: &TestApp, answer: &TestResponse) -> Caller {
    let cookie = answer.header("set-cookie").split(';').next().unwrap();
    Caller::with_cookie(
        app.router.clone(),
        "rita",
        shared::id::DeviceId(uuid::Uuid::nil()),
        cookie,
    )
}

async fn own(person: &TestPerson) -> PasskeyList {
    person.get("/api/passkeys").await.json()
}

async fn row(admin: &TestPerson, name: &str) -> PersonRow {
    let page: PeoplePage = admin.get(&format!("/api/people?q={name}")).await.json();
    page.rows.into_iter().find(|it| it.username == name).unwrap()
}

async fn lines(app: &TestApp) -> Vec<String> {
    app.texts(
        "SELECT actor || ' ' || action || ' ' || subject || ' ' || detail FROM audit WHERE action LIKE 'pass%' ORDER BY seq",
    )
    .await
}

async fn a_passkey_lets_its_person_in_without_a_name_and_opens_the_session_that_the_password_opens(
    app: TestApp,
) {
    let (app, rita) = start(app).await;
    let (mut device, added) = adds(&rita, " Laptop ").await;
    assert_eq!(
        (added.name.as_str(), added.last_used_at.as_deref()),
        ("Laptop", None)
    );
    app.clock.set(app.clock.now().plus_ms(MINUTE_MS));
    let begun = begin(&app).await;
    assert_eq!(begun.options["allowCredentials"], json!([]), "{}", begun.options);
    let credential = device.shows(&begun.options);
    let answer = finish(&app, &begun, &credential).await;
    let cookie = answer.header("set-cookie").to_owned();
    for part in [
        "meterline_session=",
        "HttpOnly",
        "SameSite=Lax",
        "Secure",
        "Path=/",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert_eq!(answer.json::<Session>(), rita.session);
    let by_passkey = caller(&app, &answer);
    assert_eq!(by_passkey.get("/api/conflicts", &[]).await.status, 200);
    assert_eq!(by_passkey.get("/api/people", &[]).await.status, 403);
    // It ends after half a day, as any of the office.
    let used = own(&rita).await;
    assert!(used.on);
    assert_eq!(used.rows[0].last_used_at, Some(app.clock.now().to_rfc3339()));
    app.clock.set(app.clock.now().plus_ms(12 * 60 * MINUTE_MS + 1));
    assert_eq!(by_passkey.get("/api/conflicts", &[]).await.status, 401);
    assert_eq!(
        lines(&app).await,
        [r#"rita passkey_add rita {"passkey":"Laptop"}"#]
    );
}

async fn an_answer_is_taken_once_and_not_after_five_minutes(app: TestApp) {
    let (app, rita) = start(app).await;
    let begun: PasskeyCeremony = begin_adding(&rita, PASSWORD).await.json();
    let mut device = Authenticator::at(ORIGIN);
    let credential = device.makes(&begun.options);
    made(&rita, &begun.ceremony, "Laptop", &credential)
        .await
        .json::<PasskeyRow>();
    assert_eq!(
        made(&rita, &begun.ceremony, "Again", &credential).await.problem(),
        refused()
    );

    let begun = begin(&app).await;
    let shown = device.shows(&begun.options);
    assert_eq!(finish(&app, &begun, &shown).await.status, 200);
    assert_eq!(finish(&app, &begun, &shown).await.problem(), failed());
    // Nor is one that failed tried again.
    let begun = begin(&app).await;
    let shown = device.shows(&begun.options);
    assert_eq!(
        finish(&app, &begun, &json!({ "id": "x" })).await.problem(),
        failed()
    );
    assert_eq!(finish(&app, &begun, &shown).await.problem(), failed());

    let late = begin(&app).await;
    let late_adding: PasskeyCeremony = begin_adding(&rita, PASSWORD).await.json();
    app.clock.set(app.clock.now().plus_ms(5 * MINUTE_MS));
    let shown = device.shows(&late.options);
    assert_eq!(finish(&app, &late, &shown).await.problem(), failed());
    let credential = Authenticator::at(ORIGIN).makes(&late_adding.options);
    assert_eq!(
        made(&rita, &late_adding.ceremony, "Late", &credential)
            .await
            .problem(),
        refused()
    );
    // What has run out is gone with the next that begins.
    begin(&app).await;
    assert_eq!(app.number("SELECT COUNT(*) FROM passkey_ceremony").await, 1);
}

async fn what_was_asked_of_one_is_not_answered_by_another(app: TestApp) {
    let (app, rita) = start(app).await;
    let zoe = app.person("zoe", RoleName::Admin, &[]).await;
    let older: PasskeyCeremony = begin_adding(&rita, PASSWORD).await.json();
    let begun: PasskeyCeremony = begin_adding(&rita, PASSWORD).await.json();
    let credential = Authenticator::at(ORIGIN).makes(&begun.options);
    assert_eq!(
        made(&zoe, &begun.ceremony, "Mine", &credential).await.problem(),
        refused()
    );
    assert_eq!(
        made(&rita, &older.ceremony, "Older", &credential).await.problem(),
        refused()
    );
    // A question of adding is none of signing in, and the other way round.
    let asked = begin(&app).await;
    assert_eq!(
        made(&rita, &asked.ceremony, "Odd", &credential).await.problem(),
        refused()
    );
    assert_eq!(finish(&app, &begun, &credential).await.problem(), failed());
    // An answer to another question of the same kind.
    let (mut device, _) = adds(&rita, "Laptop").await;
    let (one, other) = (begin(&app).await, begin(&app).await);
    let shown = device.shows(&one.options);
    assert_eq!(finish(&app, &other, &shown).await.problem(), failed());
    // Somebody's key under somebody else's name.
    let (of_zoe, _) = adds(&zoe, "Hers").await;
    device.claims(&of_zoe);
    assert_eq!(signs_in(&app, &mut device).await.problem(), failed());
}

async fn answers_from_elsewhere_or_without_a_finger_or_with_another_key_are_refused_alike(app: TestApp) {
    let (app, rita) = start(app).await;
    let (device, _) = adds(&rita, "Laptop").await;
    let spoils: [fn(&mut Authenticator); 4] = [
        |device| device.origin = "https://meters.example.com".into(),
        |device| device.origin = "https://meters.example.org:8443".into(),
        |device| device.verified = false,
        |device| *device = Authenticator::at(ORIGIN),
    ];
    for spoil in spoils {
        let mut spoiled = device.clone();
        spoil(&mut spoiled);
        assert_eq!(signs_in(&app, &mut spoiled).await.problem(), failed());
        let begun: PasskeyCeremony = begin_adding(&rita, PASSWORD).await.json();
        let mut fresh = Authenticator::at(ORIGIN);
        (fresh.origin, fresh.verified) = (spoiled.origin.clone(), spoiled.verified);
        let credential = fresh.makes(&begun.options);
        let answer = made(&rita, &begun.ceremony, "Spoiled", &credential).await;
        let is_fine = spoiled.origin == ORIGIN && spoiled.verified;
        assert_eq!(answer.status.is_success(), is_fine, "{}", answer.text());
    }
    // Another site's key, for the same page.
    let begun = begin(&app).await;
    let mut elsewhere = device.clone();
    let mut options = begun.options.clone();
    (elsewhere.host, options["rpId"]) = ("example.com".into(), "example.com".into());
    let shown = elsewhere.shows(&options);
    assert_eq!(finish(&app, &begun, &shown).await.problem(), failed());
    // What was kept lets in all the same.
    assert_eq!(signs_in(&app, &mut device.clone()).await.status, 200);
}

async fn a_copy_that_counts_behind_is_refused_and_noted_and_one_that_never_counts_is_not(app: TestApp) {
    let (app, rita) = start(app).await;
    let (mut device, _) = adds(&rita, "Key").await;
    let mut copy = device.clone();
    for _ in 0..3 {
        assert_eq!(signs_in(&app, &mut device).await.status, 200);
    }
    assert_eq!(signs_in(&app, &mut copy).await.problem(), failed());
    assert_eq!(signs_in(&app, &mut device).await.status, 200);
    let last = lines(&app).await.pop().unwrap();
    assert!(last.starts_with("nobody passkey_copied rita"), "{last}");
    // Those that are kept in step between devices say 0 for ever.
    let begun: PasskeyCeremony = begin_adding(&rita, PASSWORD).await.json();
    let mut synced = Authenticator::at(ORIGIN);
    synced.counter = 0;
    let credential = synced.makes(&begun.options);
    made(&rita, &begun.ceremony, "Synced", &credential)
        .await
        .json::<PasskeyRow>();
    for _ in 0..2 {
        assert_eq!(signs_in(&app, &mut synced).await.status, 200);
    }
}

async fn two_answers_with_one_count_at_once_let_one_in(app: TestApp) {
    let (app, rita) = start(app).await;
    let (device, _) = adds(&rita, "Key").await;
    let (mut one, mut other) = (device.clone(), device);
    let (first, second) = tokio::join!(signs_in(&app, &mut one), signs_in(&app, &mut other));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401]);
}

async fn whoever_may_not_sign_in_does_not_by_passkey_either(app: TestApp) {
    let (app, rita) = start(app).await;
    let admin = app.person("admin", RoleName::Admin, &[]).await;
    let (mut device, _) = adds(&rita, "Laptop").await;
    let path = format!("/api/people/{}", row(&admin, "rita").await.id);
    let set = async |active: bool, role: &str| {
        let body = json!({ "role": role, "active": active, "all_properties": true });
        assert_eq!(admin.put(&path, &body).await.status, 200);
    };
    set(false, "reviewer").await;
    let of_inactive = signs_in(&app, &mut device).await;
    let of_nobody = signs_in(&app, &mut Authenticator::at(ORIGIN)).await;
    assert_eq!(of_inactive.problem(), failed());
    // Nothing tells an account that is there from one that never was.
    assert_eq!(of_inactive.text(), of_nobody.text());
    set(true, "technician").await;
    assert_eq!(signs_in(&app, &mut device).await.problem(), failed());
    set(true, "admin").await;
    assert_eq!(
        signs_in(&app, &mut device).await.json::<Session>().role,
        RoleName::Admin
    );
}

async fn a_removed_passkey_lets_nobody_in_and_ends_the_other_sessions(app: TestApp) {
    let (app, rita) = start(app).await;
    let zoe = app.person("zoe", RoleName::Admin, &[]).await;
    let (mut lost, lost_row) = adds(&rita, "Lost laptop").await;
    let (mut kept, _) = adds(&rita, "Desk").await;
    let of_lost = caller(&app, &signs_in(&app, &mut lost).await);
    let path = format!("/api/passkeys/{}", lost_row.id);
    assert_eq!(zoe.delete(&path).await.problem(), (404, "not_found".into()));
    assert_eq!(rita.delete(&path).await.status, 204);
    assert_eq!(rita.delete(&path).await.problem(), (404, "not_found".into()));
    assert_eq!(signs_in(&app, &mut lost).await.problem(), failed());
    assert_eq!(of_lost.get("/api/session", &[]).await.status, 401);
    let names: Vec<String> = own(&rita).await.rows.into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["Desk"]);
    assert_eq!(signs_in(&app, &mut kept).await.status, 200);
    assert!(
        lines(&app)
            .await
            .contains(&r#"rita passkey_remove rita {"passkey":"Lost laptop"}"#.to_owned())
    );
}

async fn an_admin_removes_all_of_a_person_and_signs_them_out(app: TestApp) {
    let (app, rita) = start(app).await;
    let admin = app.person("admin", RoleName::Admin, &[]).await;
    let (mut one, _) = adds(&rita, "One").await;
    let (mut two, _) = adds(&rita, "Two").await;
    let (mut of_admin, _) = adds(&admin, "Mine").await;
    let before = row(&admin, "rita").await;
    assert_eq!(before.passkeys, 2);
    let path = format!("/api/people/{}/passkeys", before.id);
    for _ in 0..2 {
        assert_eq!(admin.delete(&path).await.status, 204);
    }
    assert_eq!(row(&admin, "rita").await.passkeys, 0);
    for device in [&mut one, &mut two] {
        assert_eq!(signs_in(&app, device).await.problem(), failed());
    }
    assert_eq!(rita.get("/api/session").await.status, 401);
    assert_eq!(signs_in(&app, &mut of_admin).await.status, 200);
    let removed = r#"admin passkey_remove rita {"passkeys":2}"#;
    assert_eq!(lines(&app).await.iter().filter(|it| *it == removed).count(), 1);
    let answer = admin.delete("/api/people/999/passkeys").await;
    assert_eq!(answer.problem(), (404, "not_found".into()));
}

async fn a_reset_password_takes_the_passkeys_and_a_changed_one_leaves_them(app: TestApp) {
    let (app, rita) = start(app).await;
    let admin = app.person("admin", RoleName::Admin, &[]).await;
    let (mut device, _) = adds(&rita, "Laptop").await;
    let change = json!({ "password": PASSWORD, "new_password": "another-battery" });
    assert_eq!(rita.put("/api/session/password", &change).await.status, 204);
    assert_eq!(signs_in(&app, &mut device).await.status, 200);
    let path = format!("/api/people/{}/password", row(&admin, "rita").await.id);
    assert_eq!(admin.post(&path, &json!({})).await.status, 200);
    assert_eq!(signs_in(&app, &mut device).await.problem(), failed());
    assert!(
        lines(&app)
            .await
            .contains(&r#"admin password_reset rita {"passkeys":1}"#.to_owned())
    );
}

async fn a_passkey_that_was_begun_before_a_reset_is_not_added_after_it(app: TestApp) {
    let (app, rita) = start(app).await;
    let admin = app.person("admin", RoleName::Admin, &[]).await;
    let begun: PasskeyCeremony = begin_adding(&rita, PASSWORD).await.json();
    let credential = Authenticator::at(ORIGIN).makes(&begun.options);
    let path = format!("/api/people/{}/password", row(&admin, "rita").await.id);
    let told: Value = admin.post(&path, &json!({})).await.json();
    assert_eq!(
        made(&rita, &begun.ceremony, "Late", &credential).await.status,
        401
    );
    // Nor by the session that the new password opens.
    let body = json!({ "username": "rita", "password": told["first_password"] });
    let cookie = app.post("/api/session", &body).await;
    let mut again = rita.clone();
    cookie
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .clone_into(&mut again.cookie);
    let change = json!({ "password": told["first_password"], "new_password": "another-battery" });
    assert_eq!(again.put("/api/session/password", &change).await.status, 204);
    assert_eq!(
        made(&again, &begun.ceremony, "Late", &credential).await.problem(),
        refused()
    );
    assert_eq!(app.number("SELECT COUNT(*) FROM passkey").await, 0);
}

async fn a_passkey_is_added_with_the_present_password_alone_and_after_the_first_was_changed(app: TestApp) {
    let (app, rita) = start(app).await;
    let wrong = (422, String::from("present_password_wrong"));
    assert_eq!(begin_adding(&rita, "not-the-password").await.problem(), wrong);
    assert_eq!(app.number("SELECT COUNT(*) FROM passkey_ceremony").await, 0);
    let (mut device, _) = adds(&rita, "Laptop").await;
    // A passkey says nothing about a password that has to be changed: it does not stand in its place.
    app.execute("UPDATE account SET first_password = 1 WHERE name = 'rita'")
        .await;
    let needed = (401, String::from("password_change_needed"));
    assert_eq!(begin_adding(&rita, PASSWORD).await.problem(), needed);
    let answer = signs_in(&app, &mut device).await;
    let by_passkey = caller(&app, &answer);
    assert!(answer.json::<Session>().must_change_password);
    assert_eq!(
        by_passkey.get("/api/conflicts", &[]).await.problem_code(),
        needed.1
    );
    // Too many tries of the password count as they do at the sign-in.
    app.execute("UPDATE account SET first_password = 0 WHERE name = 'rita'")
        .await;
    let mut last = 422;
    for _ in 0..10 {
        last = begin_adding(&rita, "not-the-password").await.problem().0;
    }
    assert_eq!(last, 429);
}

async fn a_passkey_has_a_name_and_one_account_and_nobody_has_more_than_ten(app: TestApp) {
    let (app, rita) = start(app).await;
    for name in ["", "  ", &"x".repeat(41), "a\nb"] {
        let begun: PasskeyCeremony = begin_adding(&rita, PASSWORD).await.json();
        let credential = Authenticator::at(ORIGIN).makes(&begun.options);
        let answer = made(&rita, &begun.ceremony, name, &credential).await;
        assert_eq!(answer.problem(), (422, "bad_passkey_name".into()), "{name:?}");
    }
    let zoe = app.person("zoe", RoleName::Reviewer, &[]).await;
    let (mut device, _) = adds(&zoe, "Zoe's").await;
    let begun: PasskeyCeremony = begin_adding(&zoe, PASSWORD).await.json();
    assert_eq!(begun.options["excludeCredentials"].as_array().unwrap().len(), 1);
    let again = device.makes(&begun.options);
    assert!(
        !made(&zoe, &begun.ceremony, "Twice", &again)
            .await
            .status
            .is_success()
    );
    let ada = app.person("ada", RoleName::Admin, &[]).await;
    let begun: PasskeyCeremony = begin_adding(&ada, PASSWORD).await.json();
    let of_zoe = device.makes(&begun.options);
    let answer = made(&ada, &begun.ceremony, "Taken", &of_zoe).await;
    assert_eq!(answer.problem(), (409, "passkey_known".into()));

    app.execute(
        "INSERT INTO passkey (id, account_id, credential_id, user_handle, state, name, created_at) \
         SELECT 'p' || CAST(a.id AS TEXT), z.account_id, 'c' || CAST(a.id AS TEXT), z.user_handle, z.state, 'n', 1 \
         FROM passkey z, (SELECT 1 AS id UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 \
         UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) AS a",
    )
    .await;
    let answer = begin_adding(&zoe, PASSWORD).await;
    assert_eq!(answer.problem(), (409, "passkeys_enough".into()));
}

async fn another_process_finishes_what_one_has_begun(app: TestApp) {
    let (app, rita) = start(app).await;
    let (mut device, _) = adds(&rita, "Laptop").await;
    let begun = begin(&app).await;
    let restarted = app.restarted().await.served_at(ORIGIN);
    let shown = device.shows(&begun.options);
    assert_eq!(finish(&restarted, &begun, &shown).await.status, 200);
    assert_eq!(finish(&app, &begun, &shown).await.problem(), failed());
}
