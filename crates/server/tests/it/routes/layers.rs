//! What holds for every answer, whatever gave it.

use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use server::security_headers::CONTENT_SECURITY_POLICY;
use shared::wire::session::RoleName;

use crate::util::TestApp;
use crate::util::app::PASSWORD;

#[tokio::test]
async fn every_kind_of_answer_carries_the_strict_policy() {
    let app = TestApp::new().await;
    let ana = app.ana().await;
    let answers = [
        app.get("/api/ping?nonce=1").await,
        app.get("/api/session").await,
        app.get("/api/nothing").await,
        app.get("/api/openapi.json").await,
        app.get("/healthz").await,
        app.get("/").await,
        app.get("/office/readings").await,
        app.get("/no-such-file.js").await,
        app.get("/demo/labels.css").await,
        app.post("/api/ping?nonce=1", &json!({})).await,
        app.post("/api/session", &json!({ "username": 1 })).await,
        ana.get("/api/readings").await,
        ana.get("/api/events").await,
    ];
    for answer in answers {
        assert_eq!(
            answer.header("content-security-policy"),
            CONTENT_SECURITY_POLICY,
            "{}",
            answer.text()
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        for allowed in [
            "camera",
            "publickey-credentials-create",
            "publickey-credentials-get",
        ] {
            let policy = answer.header("permissions-policy");
            assert!(policy.contains(&format!("{allowed}=(self)")), "{policy}");
        }
        assert!(!answer.header("referrer-policy").is_empty());
    }
}

#[tokio::test]
async fn a_foreign_origin_changes_nothing() {
    let app = TestApp::with_public_url(Some("https://meters.example.org")).await;
    app.account("ana", RoleName::Technician, &[]).await;
    for (origin, status) in [
        ("https://evil.example.org", 403),
        ("null", 403),
        ("http://meters.example.org", 403),
        ("https://meters.example.org", 200),
    ] {
        let body = json!({ "username": "ana", "password": PASSWORD }).to_string();
        let request = Request::post("/api/session")
            .header("host", "meters.example.org")
            .header("origin", origin)
            .header("content-type", "application/json")
            .body(Body::from(body))
            .unwrap();
        let answer = app.send(request).await;
        assert_eq!(answer.status, status, "{origin}");
        if status == 403 {
            assert_eq!(answer.problem().1, "foreign_origin");
        }
    }
    let read = Request::get("/api/ping?nonce=1")
        .header("origin", "https://evil.example.org")
        .body(Body::empty());
    assert_eq!(app.send(read.unwrap()).await.status, 200);
}

#[tokio::test]
async fn what_is_refused_early_is_a_problem_too() {
    let app = TestApp::new().await;
    let send = async |headers: &[(&str, &str)], body: Vec<u8>| {
        let mut request = Request::post("/api/session");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        app.send(request.body(Body::from(body)).unwrap()).await.problem()
    };
    let json = ("content-type", "application/json");
    assert_eq!(send(&[json], b"{".to_vec()).await, (400, "bad_json".into()));
    assert_eq!(
        send(&[json], b"{\"username\":\"ana\"}".to_vec()).await,
        (400, "bad_json".into())
    );
    assert_eq!(
        send(&[], b"{}".to_vec()).await,
        (415, "unsupported_media_type".into())
    );
    assert_eq!(
        send(&[json, ("content-encoding", "br")], b"x".to_vec()).await,
        (415, "unsupported_media_type".into())
    );
    assert_eq!(
        send(&[json], vec![b' '; 5 << 20]).await,
        (413, "too_large".into())
    );
    assert_eq!(app.get("/api/nothing").await.problem(), (404, "not_found".into()));
    assert_eq!(
        app.post("/api/ping", &json!({})).await.problem(),
        (405, "method_not_allowed".into())
    );
}

#[tokio::test]
async fn a_small_body_that_unpacks_to_a_large_one_is_refused() {
    use std::io::Write;
    let app = TestApp::new().await;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b' '; 64 << 20]).unwrap();
    let packed = packed.finish().unwrap();
    assert!(packed.len() < 100_000);
    let request = Request::post("/api/session")
        .header("content-type", "application/json")
        .header("content-encoding", "gzip")
        .body(Body::from(packed))
        .unwrap();
    assert_eq!(app.send(request).await.problem(), (413, "too_large".into()));
}

#[tokio::test]
async fn a_panicking_handler_answers_with_a_problem() {
    let response = server::problem::from_panic(Box::new("secret detail"));
    let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
    let text = String::from_utf8(body.to_vec()).unwrap();
    assert!(
        text.contains("\"internal\"") && !text.contains("secret"),
        "{text}"
    );
}
