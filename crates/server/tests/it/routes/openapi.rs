//! `GET /api/openapi.json`.

use serde_json::Value;
use server::router;

use crate::util::TestApp;

/// The calls of `protocol.md` section 3 that the server has so far.
const CALLS: [(&str, &str); 77] = [
    ("get", "/api/ping"),
    ("post", "/api/session"),
    ("get", "/api/portfolio/properties"),
    ("get", "/api/portfolio/units"),
    ("get", "/api/portfolio/units/{id}"),
    ("post", "/api/office-readings"),
    ("post", "/api/portfolio/edits"),
    ("post", "/api/portfolio/exchanges"),
    ("get", "/api/session"),
    ("delete", "/api/session"),
    ("get", "/api/latest-tenant-readings"),
    ("put", "/api/properties/{code}/walking-order"),
    ("post", "/api/readings"),
    ("get", "/api/readings"),
    ("post", "/api/readings/{id}/decision"),
    ("post", "/api/readings/decisions"),
    ("get", "/api/conflicts"),
    ("post", "/api/conflicts/{receipt_seq}/resolution"),
    ("get", "/api/inbox"),
    ("post", "/api/inbox/{receipt_seq}/decision"),
    ("get", "/api/open-decisions"),
    ("get", "/api/meter-points"),
    ("get", "/api/missing"),
    ("post", "/api/estimates"),
    ("post", "/api/reread-requests"),
    ("get", "/api/periods"),
    ("get", "/api/periods/{property}/{period}"),
    ("get", "/api/periods/{property}/{period}/late"),
    ("post", "/api/periods/{property}/{period}/close"),
    ("post", "/api/periods/{property}/{period}/reopen"),
    ("put", "/api/settings/periods"),
    ("get", "/api/periods/{property}/{period}/handover.csv"),
    ("get", "/api/periods/{property}/{period}/handover.xlsx"),
    ("get", "/api/periods/{property}/{period}/handover.json"),
    ("post", "/api/periods/{property}/{period}/handover/send"),
    ("get", "/api/readings/{id}"),
    ("get", "/api/readings/{id}/photos"),
    ("put", "/api/photos/{sha256}"),
    ("get", "/api/photos/{sha256}"),
    ("post", "/api/devices/{id}/check"),
    ("get", "/api/devices"),
    ("put", "/api/devices/{id}/revocation"),
    ("delete", "/api/devices/{id}/revocation"),
    ("put", "/api/settings/devices"),
    ("post", "/api/bundles"),
    ("post", "/api/imports"),
    ("get", "/api/labels"),
    ("post", "/api/labels/{code}/revoke"),
    ("post", "/api/labels/{code}/reissue"),
    ("post", "/office/label-sheets"),
    ("get", "/office/label-sheets/{layout}/style.css"),
    ("get", "/api/consumption"),
    ("get", "/api/consumption/chart.svg"),
    ("get", "/api/arrivals"),
    ("get", "/api/people"),
    ("post", "/api/people"),
    ("put", "/api/people/{id}"),
    ("post", "/api/people/{id}/password"),
    ("post", "/api/people/{id}/enrolment"),
    ("delete", "/api/people/{id}/enrolment"),
    ("post", "/api/enrolment"),
    ("put", "/api/session/password"),
    ("get", "/api/session/passkey"),
    ("post", "/api/session/passkey"),
    ("post", "/api/session/passkey/begin"),
    ("get", "/api/passkeys"),
    ("post", "/api/passkeys"),
    ("post", "/api/passkeys/begin"),
    ("delete", "/api/passkeys/{id}"),
    ("delete", "/api/people/{id}/passkeys"),
    ("get", "/api/audit"),
    ("get", "/api/audit.csv"),
    ("get", "/api/events"),
    ("get", "/api/openapi.json"),
    ("get", "/healthz"),
    ("get", "/readyz"),
    ("get", "/demo/labels"),
];

#[tokio::test]
async fn every_call_is_described_and_no_other() {
    let app = TestApp::sqlite().await;
    let api: Value = app.get("/api/openapi.json").await.json();
    assert!(api["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut described: Vec<(String, String)> = Vec::new();
    for (path, methods) in api["paths"].as_object().unwrap() {
        described.extend(
            methods
                .as_object()
                .unwrap()
                .keys()
                .map(|method| (method.clone(), path.clone())),
        );
    }
    let mut expected: Vec<_> = CALLS
        .iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect();
    described.sort();
    expected.sort();
    assert_eq!(described, expected);
}

#[tokio::test]
async fn what_is_described_is_served() {
    // With a public address, as there are no passkeys without one.
    let app = TestApp::with_public_url(Some("https://meters.example.org")).await;
    for (method, path) in CALLS {
        let path = path
            .replace("{id}", "018f0000-0000-7000-8000-000000000000")
            .replace("{layout}", "a4-3x8")
            .replace("{receipt_seq}", "1");
        let request = axum::http::Request::builder()
            .method(method.to_uppercase().as_str())
            .uri(&path)
            .body(axum::body::Body::empty())
            .unwrap();
        let status = app.send(request).await.status;
        // The demo's pages hide where no demo is loaded.
        let hidden = path == "/demo/labels";
        assert!(
            status != 405 && (hidden || status != 404),
            "{method} {path}: {status}"
        );
    }
}

#[tokio::test]
async fn every_schema_that_is_named_is_there() {
    let text = serde_json::to_string(&router::description()).unwrap();
    let api: Value = serde_json::from_str(&text).unwrap();
    let schemas = api["components"]["schemas"].as_object().unwrap();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(schemas.contains_key(name), "{name}");
    }
}
