//! Who may call what.

use axum::http::Method;
use serde_json::json;
use shared::wire::session::RoleName;

use crate::util::TestApp;

const ID: &str = "018f0000-0000-7000-8000-000000000000";

#[tokio::test]
async fn each_role_gets_what_it_may_and_nothing_else() {
    let app = TestApp::new().await;
    let ana = app.ana().await;
    let rita = app.rita().await;
    let admin = app.person("admin", RoleName::Admin, &[]).await;
    let reading = format!("/api/readings/{ID}");
    let decision = format!("{reading}/decision");
    let check = format!("/api/devices/{}/check", ana.device_id());
    let revocation = format!("/api/devices/{ID}/revocation");
    // Nobody, technician, reviewer, admin.
    for (method, path, expected) in [
        ("GET", "/api/session", [401, 200, 200, 200]),
        ("GET", "/api/readings", [401, 200, 200, 200]),
        ("GET", &reading, [401, 404, 404, 404]),
        ("POST", &decision, [401, 403, 400, 400]),
        ("POST", "/api/readings/decisions", [401, 403, 400, 400]),
        ("GET", "/api/conflicts", [401, 403, 200, 200]),
        ("GET", "/api/inbox", [401, 403, 200, 200]),
        ("GET", "/api/open-decisions", [401, 403, 200, 200]),
        ("GET", "/api/meter-points?q=1", [401, 403, 200, 200]),
        ("POST", "/api/conflicts/1/resolution", [401, 403, 400, 400]),
        ("POST", "/api/inbox/1/decision", [401, 403, 400, 400]),
        ("GET", "/api/latest-tenant-readings", [401, 200, 200, 200]),
        (
            "PUT",
            "/api/properties/GC%20A/walking-order",
            [401, 400, 400, 400],
        ),
        ("POST", "/api/readings", [401, 400, 403, 403]),
        ("POST", &check, [401, 200, 403, 403]),
        ("GET", "/api/devices", [401, 403, 200, 200]),
        ("PUT", &revocation, [401, 403, 403, 404]),
        ("DELETE", &revocation, [401, 403, 403, 404]),
        ("PUT", "/api/settings/devices", [401, 403, 403, 400]),
        ("POST", "/api/bundles", [401, 403, 400, 400]),
        ("GET", "/api/missing", [401, 403, 200, 200]),
        ("POST", "/api/estimates", [401, 403, 400, 400]),
        ("POST", "/api/reread-requests", [401, 403, 400, 400]),
        ("GET", "/api/labels", [401, 403, 200, 200]),
        ("POST", "/api/labels/00000000/revoke", [401, 403, 404, 404]),
        ("POST", "/api/labels/00000000/reissue", [401, 403, 404, 404]),
        ("POST", "/office/label-sheets", [401, 403, 415, 415]),
        ("GET", "/api/people", [401, 403, 403, 200]),
        ("POST", "/api/people", [401, 403, 403, 400]),
        ("PUT", "/api/people/1", [401, 403, 403, 400]),
        ("POST", "/api/people/x/password", [401, 403, 403, 404]),
        ("POST", "/api/people/x/enrolment", [401, 403, 403, 404]),
        ("DELETE", "/api/people/x/enrolment", [401, 403, 403, 404]),
        ("POST", "/api/enrolment", [400, 400, 400, 400]),
        ("PUT", "/api/session/password", [401, 400, 400, 400]),
        ("GET", "/api/session/passkey", [200, 200, 200, 200]),
        ("POST", "/api/session/passkey", [400, 400, 400, 400]),
        ("POST", "/api/session/passkey/begin", [404, 404, 404, 404]),
        ("GET", "/api/passkeys", [401, 403, 200, 200]),
        ("POST", "/api/passkeys", [401, 403, 400, 400]),
        ("POST", "/api/passkeys/begin", [401, 403, 400, 400]),
        ("DELETE", "/api/passkeys/x", [401, 403, 404, 404]),
        ("DELETE", "/api/people/x/passkeys", [401, 403, 403, 404]),
        ("GET", "/api/audit", [401, 403, 403, 200]),
        ("GET", "/api/audit.csv", [401, 403, 403, 200]),
        ("GET", "/api/events", [401, 403, 0, 0]),
    ] {
        let body = json!({ "device_total": 0, "waiting": 0 });
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let body = (method != Method::GET && method != Method::DELETE).then_some(&body);
        let mut statuses = [0; 4];
        statuses[0] = app.request(&method, path, body).await.status.as_u16();
        for (index, person) in [&ana, &rita, &admin].into_iter().enumerate() {
            // A stream has no end to wait for.
            if expected[index + 1] != 0 {
                statuses[index + 1] = person.request(method.clone(), path, body).await.status.as_u16();
            }
        }
        assert_eq!(statuses, expected, "{method} {path}");
    }
    assert_eq!(rita.open("/api/events").await.status(), 200);
}

#[tokio::test]
async fn a_changed_role_counts_from_the_next_call() {
    let app = TestApp::new().await;
    let rita = app.rita().await;
    assert_eq!(rita.open("/api/events").await.status(), 200);
    app.execute("UPDATE account SET role = 'technician' WHERE name = 'rita'")
        .await;
    assert_eq!(rita.open("/api/events").await.status(), 403);
    app.execute("UPDATE account SET disabled_at = 1 WHERE name = 'rita'")
        .await;
    assert_eq!(
        rita.get("/api/session").await.problem(),
        (401, "sign_in_needed".into())
    );
}
