//! Every role against every endpoint. The description says whom each call serves (`security`), out of the extractor that
//! guards the route; here each call is made by everybody. A new endpoint is in the matrix as soon as it is described.

use std::collections::BTreeSet;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use serde_json::Value;
use shared::wire::session::RoleName;
use tower::ServiceExt;

use crate::util::TestApp;

const ROLES: [&str; 3] = ["technician", "reviewer", "admin"];
const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

/// A call of the description.
struct Call {
    method: String,
    path: String,
    /// Who may make it; `None`: anybody.
    roles: Option<BTreeSet<String>>,
}

/// The calls of the description; one that does not say whom it serves ends the test.
async fn calls(app: &TestApp) -> Vec<Call> {
    let api: Value = app.get("/api/openapi.json").await.json();
    let mut calls = Vec::new();
    for (path, operations) in api["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            assert!(
                METHODS.contains(&method.as_str()),
                "{path} has {method}, which this test does not know"
            );
            let alternatives = operation["security"].as_array();
            let alternatives =
                alternatives.unwrap_or_else(|| panic!("{method} {path} does not say whom it serves"));
            let roles = alternatives.iter().map(|it| {
                let [Value::String(role)] = it["session"].as_array().unwrap().as_slice() else {
                    panic!("{method} {path}: {it} is not one role");
                };
                assert!(
                    ROLES.contains(&role.as_str()),
                    "{method} {path}: unknown role {role}"
                );
                role.clone()
            });
            calls.push(Call {
                method: method.to_uppercase(),
                path: path.clone(),
                roles: (!alternatives.is_empty()).then(|| roles.collect()),
            });
        }
    }
    calls
}

/// Something that fits each kind of placeholder; whether it exists does not matter.
fn filled(path: &str) -> String {
    path.split('/')
        .map(|part| match part {
            "{id}" => "018f0000-0000-7000-8000-000000000000".to_owned(),
            "{sha256}" => "0".repeat(64),
            "{period}" => "2026-11".to_owned(),
            "{layout}" => "a4-3x8".to_owned(),
            _ if part.starts_with('{') => "00000000".to_owned(),
            _ => part.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("/")
}

/// `None` when the call was let through, whatever it came to; else the status and the code of the refusal.
async fn refusal(router: &Router, call: &Call, cookie: Option<&str>) -> Option<(u16, String)> {
    let mut request = Request::builder()
        .method(call.method.as_str())
        .uri(filled(&call.path))
        .header(header::CONTENT_TYPE, "application/json");
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    let response = router
        .clone()
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    let status = response.status();
    assert_ne!(
        status,
        StatusCode::METHOD_NOT_ALLOWED,
        "{} {}",
        call.method,
        call.path
    );
    if status != StatusCode::UNAUTHORIZED && status != StatusCode::FORBIDDEN {
        // Left unread: it may be a stream without an end.
        return None;
    }
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    let problem: Value = serde_json::from_slice(&body).unwrap();
    let code = problem["code"].as_str().unwrap().to_owned();
    // A phone that nobody knows, or no password, is refused for another reason than the role.
    matches!(
        code.as_str(),
        "sign_in_needed" | "not_allowed" | "password_change_needed"
    )
    .then(|| (status.as_u16(), code))
}

#[tokio::test]
async fn every_role_gets_what_the_description_says_at_every_endpoint() {
    let app = TestApp::new().await;
    let calls = calls(&app).await;
    let mut people = Vec::new();
    for (name, role) in ROLES
        .iter()
        .zip([RoleName::Technician, RoleName::Reviewer, RoleName::Admin])
    {
        people.push((*name, app.person(name, role, &[]).await.cookie));
    }
    let mut wrong = Vec::new();
    // Signing out comes last: nobody is anybody afterwards.
    let (ending, others): (Vec<_>, Vec<_>) = calls
        .iter()
        .partition(|call| call.path == "/api/session" && call.method == "DELETE");
    for call in others.into_iter().chain(ending) {
        let mut expect = |who: &str, got: Option<(u16, String)>, expected: Option<(u16, &str)>| {
            if got.as_ref().map(|(status, code)| (*status, code.as_str())) != expected {
                wrong.push(format!(
                    "{} {} by {who}: {got:?} instead of {expected:?}",
                    call.method, call.path
                ));
            }
        };
        let nobody = call.roles.as_ref().map(|_| (401, "sign_in_needed"));
        expect("nobody", refusal(&app.router, call, None).await, nobody);
        for (role, cookie) in &people {
            let refused = call.roles.as_ref().is_some_and(|roles| !roles.contains(*role));
            let expected = refused.then_some((403, "not_allowed"));
            expect(role, refusal(&app.router, call, Some(cookie)).await, expected);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(calls.len() >= 29, "{} calls", calls.len());
}

/// Whoever still has a first password may look who they are and change it, and nothing else.
#[tokio::test]
async fn with_a_first_password_every_endpoint_but_its_change_is_refused() {
    let app = TestApp::new().await;
    let mut people = Vec::new();
    for (name, role) in ROLES
        .iter()
        .zip([RoleName::Technician, RoleName::Reviewer, RoleName::Admin])
    {
        people.push((*name, app.person(name, role, &[]).await.cookie));
    }
    app.execute("UPDATE account SET first_password = 1").await;
    for call in calls(&app).await.iter().filter(|call| call.roles.is_some()) {
        let may = call.path.starts_with("/api/session");
        for (role, cookie) in &people {
            let got = refusal(&app.router, call, Some(cookie)).await;
            let expected = (!may).then(|| (401, "password_change_needed".to_owned()));
            assert_eq!(got, expected, "{} {} by {role}", call.method, call.path);
        }
    }
}

/// `domain.md` section 7 and `product.md` section 1 where they leave no choice, whatever the routes say.
#[tokio::test]
async fn the_description_says_what_the_rules_of_the_trade_say() {
    let app = TestApp::sqlite().await;
    for call in calls(&app).await {
        let said = call
            .roles
            .as_ref()
            .map(|roles| roles.iter().map(String::as_str).collect::<Vec<_>>());
        let admin_only = [
            "/revocation",
            "/settings/",
            "/imports",
            "/portfolio/edits",
            "/portfolio/exchanges",
            "/reopen",
            "/accounts",
            "/people",
            "/audit",
        ];
        let office_only = [
            "/decision",
            "/resolution",
            "/conflicts",
            "/labels",
            "/label-sheets",
            "/bundles",
            "/portfolio",
            "/api/passkeys",
            "/office-readings",
            "/close",
            "/handover",
        ];
        let about = |names: &[&str]| names.iter().any(|name| call.path.contains(name));
        let open = [
            "/healthz",
            "/readyz",
            "/api/ping",
            "/api/openapi.json",
            "/demo/labels",
            "/api/enrolment",
            "/api/session/passkey",
            "/api/session/passkey/begin",
        ];
        let begins_or_ends_a_session = call.path == "/api/session" && call.method != "GET";
        let is_open = open.contains(&call.path.as_str()) || call.path.ends_with(".css");
        let expected = if is_open || begins_or_ends_a_session {
            None
        } else if about(&admin_only) {
            Some(vec!["admin"])
        } else if about(&office_only) || call.path == "/api/events" {
            Some(vec!["admin", "reviewer"])
        } else if call.path == "/api/readings" && call.method == "POST" {
            Some(vec!["technician"])
        } else {
            // Nothing else is open to people who did not sign in, and an admin may what a reviewer may.
            let roles = said
                .as_ref()
                .unwrap_or_else(|| panic!("{} {} is open", call.method, call.path));
            assert!(
                !roles.contains(&"reviewer") || roles.contains(&"admin"),
                "{} {}",
                call.method,
                call.path
            );
            continue;
        };
        assert_eq!(said, expected, "{} {}", call.method, call.path);
    }
}

/// Routes are added through the described table alone: one added beside it would be in no matrix.
#[test]
fn no_route_is_added_past_the_described_table() {
    let mut folders = vec![std::path::PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src"
    ))];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files += 1;
                let text = std::fs::read_to_string(&path).unwrap();
                for call in [".route(", ".route_service(", ".nest(", ".nest_service("] {
                    assert!(!text.contains(call), "{} has {call}", path.display());
                }
                for part in text.split(".routes(").skip(1) {
                    let guarded = ["anybody(routes!", "only::<"]
                        .iter()
                        .any(|guard| part.trim_start().starts_with(guard));
                    assert!(
                        guarded,
                        "{} has a route for which nobody said whom it serves",
                        path.display()
                    );
                }
            }
        }
    }
    assert!(files > 100, "{files} files");
}
