//! `GET /api/ping`.

use shared::wire::ping::Ping;

use crate::util::TestApp;

#[tokio::test]
async fn a_ping_gives_the_nonce_back_and_is_never_cached() {
    let app = TestApp::sqlite().await;
    let response = app.get("/api/ping?nonce=018f-abc_DEF").await;
    assert_eq!(response.header("cache-control"), "no-store");
    let ping: Ping = response.json();
    assert_eq!(
        (ping.service.as_str(), ping.nonce.as_str()),
        ("meterline", "018f-abc_DEF")
    );
    assert_eq!(ping.server_id, app.store.identity().server_id);
    assert_eq!(ping.time, "2026-11-27T00:00:00.000Z");
}

#[tokio::test]
async fn a_ping_asks_no_database() {
    let app = TestApp::sqlite().await;
    app.store.close().await;
    assert_eq!(app.get("/api/ping?nonce=1").await.status, 200);
}

#[tokio::test]
async fn a_nonce_is_bounded() {
    let app = TestApp::sqlite().await;
    let long = "n".repeat(65);
    for query in ["", "?nonce=", "?nonce=%3Cscript%3E", &format!("?nonce={long}")] {
        let response = app.get(&format!("/api/ping{query}")).await;
        assert_eq!(response.problem(), (400, "bad_request".into()), "{query}");
    }
}
