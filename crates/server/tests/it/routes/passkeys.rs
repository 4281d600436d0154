//! Passkeys where there are none, and the bounds of the door.

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use serde_json::{Value, json};
use shared::wire::passkeys::{PasskeyList, PasskeyOffer};
use std::net::SocketAddr;

use crate::util::TestApp;
use crate::util::app::PASSWORD;

#[tokio::test]
async fn without_a_public_address_by_https_passkeys_are_off_and_nothing_breaks() {
    for public_url in [
        None,
        Some("http://meters.example.org"),
        Some("https://192.168.1.5"),
    ] {
        let app = TestApp::with_public_url(public_url).await;
        let rita = app.rita().await;
        let offer: PasskeyOffer = app.get("/api/session/passkey").await.json();
        assert!(!offer.on);
        let off = (404, String::from("passkeys_off"));
        let begun = app.post("/api/session/passkey/begin", &json!({})).await;
        assert_eq!(begun.problem(), off);
        let body = json!({ "ceremony": "x", "credential": {} });
        assert_eq!(app.post("/api/session/passkey", &body).await.problem(), off);
        assert_eq!(
            rita.get("/api/passkeys").await.json::<PasskeyList>(),
            PasskeyList::default()
        );
        let begun = rita
            .post("/api/passkeys/begin", &json!({ "password": PASSWORD }))
            .await;
        assert_eq!(begun.problem(), off);
    }
}

#[tokio::test]
async fn one_address_begins_no_more_sign_ins_by_passkey_than_by_password() {
    let app = TestApp::with_public_url(Some("https://meters.example.org")).await;
    let mut last = None;
    for _ in 0..=60 {
        let mut request = Request::post("/api/session/passkey/begin")
            .header("x-forwarded-for", "203.0.113.7")
            .body(Body::empty())
            .unwrap();
        let proxy = SocketAddr::from(([127, 0, 0, 1], 4_000));
        request.extensions_mut().insert(ConnectInfo(proxy));
        last = Some(app.send(request).await);
    }
    let last = last.unwrap();
    assert_eq!(last.problem(), (429, "too_many_requests".into()));
    assert!(!last.header("retry-after").is_empty());
}

#[tokio::test]
async fn what_no_credential_can_be_is_too_large() {
    let app = TestApp::with_public_url(Some("https://meters.example.org")).await;
    let large: Value = "x".repeat(64 * 1_024).into();
    let body = json!({ "ceremony": "x", "credential": { "id": large } });
    let answer = app.post("/api/session/passkey", &body).await;
    assert_eq!(answer.problem(), (413, "too_large".into()));
}
