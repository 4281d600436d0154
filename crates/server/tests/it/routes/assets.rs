//! The client's files.

use axum::body::Body;
use axum::http::Request;

use crate::util::TestApp;

#[tokio::test]
async fn screens_get_the_start_page_or_are_told_how_to_build_it() {
    let app = TestApp::sqlite().await;
    let request = |path: &str| {
        Request::get(path)
            .header("accept", "text/html")
            .body(Body::empty())
            .unwrap()
    };
    for path in ["/", "/round", "/office/readings"] {
        let answer = app.send(request(path)).await;
        assert!(answer.header("content-type").starts_with("text/html"), "{path}");
        match answer.status.as_u16() {
            200 => assert_eq!(answer.header("cache-control"), "no-cache"),
            503 => assert!(answer.text().contains("cargo xtask run")),
            status => panic!("{path}: {status}"),
        }
    }
}

#[tokio::test]
async fn an_old_address_of_the_office_leads_to_the_new_one_with_its_filters() {
    let app = TestApp::sqlite().await;
    for (before, now) in [
        (
            "/readings?technician=ana&flag=high",
            "/office/readings?technician=ana&flag=high",
        ),
        ("/phones", "/office/phones"),
    ] {
        let request = Request::get(before)
            .header("accept", "text/html")
            .body(Body::empty())
            .unwrap();
        let answer = app.send(request).await;
        assert_eq!(answer.status.as_u16(), 308, "{before}");
        assert_eq!(answer.header("location"), now);
    }
}

#[tokio::test]
async fn files_that_are_gone_are_not_answered_with_a_page() {
    let app = TestApp::sqlite().await;
    for path in [
        "/client-0123456789abcdef.js",
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/api",
        "/api/x",
    ] {
        assert_eq!(app.get(path).await.problem(), (404, "not_found".into()), "{path}");
    }
}
