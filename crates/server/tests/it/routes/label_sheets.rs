//! `POST /office/label-sheets`: pages for the printer.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use shared::label::ShortCode;
use shared::label_sheet::SHEET_LAYOUTS;
use shared::wire::labels::LabelsPage;

use crate::util::response::TestResponse;
use crate::util::{TestApp, TestPerson};

async fn print(person: &TestPerson, form: &str) -> TestResponse {
    let request = Request::post("/office/label-sheets")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()))
        .unwrap();
    person.send(request).await
}

/// The codes on a page, in their order.
fn codes(page: &TestResponse) -> Vec<String> {
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let text = page.text();
    let codes = text.split("<code>").skip(1);
    codes
        .map(|rest| rest.split('<').next().unwrap().replace(' ', ""))
        .collect()
}

#[tokio::test]
async fn labels_are_printed_in_walking_order_and_revoked_ones_are_not() {
    let app = TestApp::new().await;
    let rita = app.rita().await;
    let list: LabelsPage = rita.get("/api/labels?limit=500").await.json();
    let all: Vec<String> = list.rows.iter().filter_map(|row| row.code.clone()).collect();
    assert!(all.len() > 2);
    assert_eq!(codes(&print(&rita, "layout=a4-3x8").await), all);
    let reason = serde_json::json!({ "reason": "torn" });
    rita.post(&format!("/api/labels/{}/revoke", all[0]), &reason)
        .await;
    assert_eq!(codes(&print(&rita, "layout=a4-3x8").await), all[1..]);
    // A selection that holds a revoked one, in another order.
    let form = format!(
        "layout=roll-62x29&q=nothing&property=none&codes={}+{}+{}",
        all[2],
        all[0],
        all[1].to_lowercase()
    );
    assert_eq!(codes(&print(&rita, &form).await), all[1..3]);
}

#[tokio::test]
async fn a_page_holds_no_tenant_and_nothing_that_its_policy_forbids() {
    let app = TestApp::new().await;
    let rita = app.rita().await;
    let page = print(&rita, "layout=letter-3x10&language=es&first_place=3").await;
    let text = page.text();
    for tenant in app.texts("SELECT tenant_name FROM tenancy").await {
        assert!(!text.contains(&tenant), "{tenant}");
    }
    assert!(!text.contains("style=") && !text.contains("<script") && text.contains("lang=\"es\""));
    assert_eq!(text.matches("<div></div>").count(), 2);
    assert!(
        page.header("content-security-policy")
            .contains("style-src 'self'")
    );
    for layout in &SHEET_LAYOUTS {
        let style = format!("/office/label-sheets/{}/style.css", layout.name);
        let answer = app.get(&style).await;
        assert!(answer.header("content-type").starts_with("text/css"), "{style}");
    }
    let other = app.get("/office/label-sheets/a5/style.css").await;
    assert_eq!(other.problem(), (404, "not_found".into()));
}

#[tokio::test]
async fn a_reviewer_prints_labels_of_their_own_properties_only() {
    let app = TestApp::sqlite().await.with_portfolio().await;
    let code = ShortCode::from_random([1; 7]).to_string();
    let insert = "INSERT INTO label (code, meter_point_id, issued_at) VALUES ($1, 101, 0)";
    server::on!(app.store.writer(), |pool| sqlx::query(insert)
        .bind(&code)
        .execute(pool)
        .await
        .map(drop))
    .unwrap();
    let eva = app
        .person("eva", shared::wire::session::RoleName::Reviewer, &["HV"])
        .await;
    for form in ["layout=a4-3x8", "layout=a4-3x8&property=GC%20A"] {
        // The property's own labels are none that a printer could have made.
        assert!(codes(&print(&eva, form).await).is_empty(), "{form}");
    }
    let form = format!("layout=a4-3x8&codes={code}");
    assert!(codes(&print(&eva, &form).await).is_empty());
    assert_eq!(codes(&print(&app.rita().await, &form).await), [code]);
}

#[tokio::test]
async fn what_can_not_be_printed_is_refused_with_what_would_be_right() {
    let app = TestApp::sqlite().await.with_portfolio().await;
    let rita = app.rita().await;
    app.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
        INSERT INTO label (code, meter_point_id, issued_at) SELECT 'X' || i, 101, 0 FROM n",
    )
    .await;
    let many = "00000000+".repeat(5_001);
    for form in [
        "layout=a4-3x8".to_owned(),
        format!("layout=a4-3x8&codes={many}"),
        "layout=a4-3x8&codes=hello".to_owned(),
        "layout=a5".to_owned(),
        "layout=a4-3x8&first_place=x".to_owned(),
    ] {
        let refused = print(&rita, &form).await.problem();
        assert_eq!(
            refused,
            (400, "bad_request".into()),
            "{}",
            &form[..form.len().min(60)]
        );
    }
}
