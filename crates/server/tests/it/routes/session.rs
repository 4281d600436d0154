//! `/api/session`.

use serde_json::json;
use server::accounts;
use shared::id::DeviceId;
use shared::wire::session::{RoleName, Session};

use crate::util::app::{NOW, PASSWORD};
use crate::util::{TestApp, TestPerson};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

fn sign_in(name: &str, password: &str) -> serde_json::Value {
    json!({ "username": name, "password": password })
}

#[tokio::test]
async fn a_phone_enrols_itself_and_keeps_its_id() {
    let app = TestApp::new().await;
    let ana = app.ana().await;
    let device_id = ana.device_id();
    assert_eq!(device_id.0.get_version_num(), 7);
    assert_eq!(ana.get("/api/session").await.json::<Session>(), ana.session);
    let again = json!({ "username": " ANA ", "password": PASSWORD, "device_id": device_id });
    let session: Session = app.post("/api/session", &again).await.json();
    assert_eq!(
        (session.username.as_str(), session.device_id),
        ("ana", Some(device_id))
    );
    assert_eq!(app.number("SELECT CAST(COUNT(*) AS BIGINT) FROM device").await, 1);
}

#[tokio::test]
async fn a_revoked_phone_is_told_so() {
    let app = TestApp::new().await;
    let device_id = app.ana().await.device_id();
    app.execute("UPDATE device SET revoked_at = 1").await;
    let body = json!({ "username": "ana", "password": PASSWORD, "device_id": device_id });
    assert_eq!(
        app.post("/api/session", &body).await.problem(),
        (403, "device_revoked".into())
    );
}

#[tokio::test]
async fn the_office_has_no_phone() {
    let app = TestApp::new().await;
    assert_eq!(app.rita().await.session.device_id, None::<DeviceId>);
}

#[tokio::test]
async fn unknown_names_and_wrong_passwords_get_the_same_answer() {
    let app = TestApp::new().await;
    app.account("ana", RoleName::Technician, &[]).await;
    let known = app
        .post("/api/session", &sign_in("ana", "not-the-password"))
        .await;
    let unknown = app
        .post("/api/session", &sign_in("nobody-at-all", "not-the-password"))
        .await;
    assert_eq!(known.problem(), (401, "sign_in_failed".into()));
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
    let names = |answer: &crate::util::response::TestResponse| {
        answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(names(&known), names(&unknown));
}

#[tokio::test]
async fn too_many_tries_for_a_name_have_to_wait_whether_it_exists_or_not() {
    let app = TestApp::new().await;
    app.account("ana", RoleName::Technician, &[]).await;
    for name in ["ana", "nobody-at-all"] {
        for _ in 0..8 {
            assert_eq!(
                app.post("/api/session", &sign_in(name, "not-the-password"))
                    .await
                    .status,
                401
            );
        }
        let refused = app.post("/api/session", &sign_in(name, PASSWORD)).await;
        assert_eq!(refused.problem(), (429, "too_many_requests".into()));
        assert!((1..=31).contains(&refused.header("retry-after").parse::<u64>().unwrap()));
    }
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    let app = TestApp::with_public_url(Some("https://meters.example.org")).await;
    app.account("rita", RoleName::Reviewer, &[]).await;
    let cookie = app
        .post("/api/session", &sign_in("rita", PASSWORD))
        .await
        .header("set-cookie")
        .to_owned();
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let plain = TestApp::sqlite().await;
    plain.account("rita", RoleName::Reviewer, &[]).await;
    let cookie = plain
        .post("/api/session", &sign_in("rita", PASSWORD))
        .await
        .header("set-cookie")
        .to_owned();
    assert!(
        cookie.contains("HttpOnly") && !cookie.contains("Secure"),
        "{cookie}"
    );
}

#[tokio::test]
async fn signing_in_renews_the_session_id() {
    let app = TestApp::new().await;
    let ana = app.ana().await;
    let again = ana.post("/api/session", &sign_in("ana", PASSWORD)).await;
    let cookie = again.header("set-cookie").split(';').next().unwrap().to_owned();
    assert_ne!(cookie, ana.cookie);
    assert_eq!(ana.get("/api/session").await.status, 401);
}

#[tokio::test]
async fn a_technician_stays_signed_in_for_90_days_from_the_last_contact() {
    let app = TestApp::new().await;
    let ana = app.ana().await;
    for days in [80, 160, 240] {
        app.clock.set(NOW.plus_ms(days * DAY_MS));
        // The same cookie all the time: answers that get lost change nothing.
        assert_eq!(ana.get("/api/session").await.status, 200, "{days}");
    }
    app.clock.set(NOW.plus_ms((240 + 91) * DAY_MS));
    assert_eq!(ana.get("/api/session").await.status, 401);
}

#[tokio::test]
async fn plain_requests_neither_renew_the_id_nor_write() {
    let app = TestApp::new().await;
    let ana = app.ana().await;
    app.clock.set(NOW.plus_ms(DAY_MS / 2));
    assert_eq!(ana.get("/api/session").await.header("set-cookie"), "");
    app.clock.set(NOW.plus_ms(2 * DAY_MS));
    let renewed = ana.get("/api/session").await;
    assert_eq!(
        renewed.header("set-cookie").split(';').next().unwrap(),
        ana.cookie
    );
}

#[tokio::test]
async fn the_office_is_signed_out_after_12_hours() {
    let app = TestApp::new().await;
    let rita = app.rita().await;
    app.clock.set(NOW.plus_ms(DAY_MS / 2 - 1_000));
    assert_eq!(rita.get("/api/session").await.status, 200);
    app.clock.set(NOW.plus_ms(DAY_MS / 2 + 1_000));
    assert_eq!(rita.get("/api/session").await.status, 401);
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let app = TestApp::new().await;
    let ana = app.ana().await;
    let other_phone = TestPerson::sign_in(&app.router, "ana").await;
    assert_eq!(ana.delete("/api/session").await.status, 204);
    assert_eq!(ana.get("/api/session").await.status, 401);
    assert_eq!(ana.delete("/api/session").await.status, 204);
    assert_eq!(other_phone.get("/api/session").await.status, 200);
}

#[tokio::test]
async fn a_new_password_ends_all_sessions() {
    let app = TestApp::new().await;
    let ana = app.ana().await;
    accounts::set_password(&app.store, NOW, "ana", "another-long-password")
        .await
        .unwrap();
    assert_eq!(ana.get("/api/session").await.status, 401);
    assert_eq!(
        app.post("/api/session", &sign_in("ana", PASSWORD)).await.status,
        401
    );
    assert_eq!(
        app.post("/api/session", &sign_in("ana", "another-long-password"))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_session_survives_a_restart() {
    let app = TestApp::new().await;
    let ana = app.ana().await;
    let restarted = app.restarted().await;
    let request = axum::http::Request::get("/api/session")
        .header("cookie", &ana.cookie)
        .body(axum::body::Body::empty())
        .unwrap();
    assert_eq!(restarted.send(request).await.json::<Session>(), ana.session);
}

#[tokio::test]
async fn an_account_that_exists_is_not_made_again() {
    let app = TestApp::new().await;
    app.account("ana", RoleName::Technician, &["GC A"]).await;
    let account = |name, codes| accounts::NewAccount {
        name,
        role: RoleName::Technician,
        property_codes: codes,
        password: PASSWORD,
    };
    let taken = accounts::add(&app.store, NOW, account("Ana", None))
        .await
        .unwrap_err()
        .to_string();
    assert!(taken.contains("set-password"), "{taken}");
    let codes = ["XX".to_owned()];
    let unknown = accounts::add(&app.store, NOW, account("eva", Some(&codes)))
        .await
        .unwrap_err()
        .to_string();
    assert!(unknown.contains("known are: GC A, WHS"), "{unknown}");
}
