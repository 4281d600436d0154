//! `meterline demo` and its page of labels.

use server::demo::{self, DemoError, Loaded};
use shared::label::ShortCode;
use shared::wire::office::ReadingsPage;
use shared::wire::session::{RoleName, Session};

use crate::util::TestApp;

#[tokio::test]
async fn the_demo_is_loaded_once_and_everybody_can_sign_in() {
    let app = TestApp::sqlite().await;
    assert_eq!(demo::load(&app.store, &app.clock).await.unwrap(), Loaded::Fresh);
    assert_eq!(demo::load(&app.store, &app.clock).await.unwrap(), Loaded::Already);
    for account in demo::ACCOUNTS {
        assert!(account.password.len() >= 10);
        let body = serde_json::json!({ "username": account.name, "password": account.password });
        let session: Session = app.post("/api/session", &body).await.json();
        assert_eq!(session.username, account.name);
    }
}

#[tokio::test]
async fn the_present_month_is_the_open_one() {
    let app = TestApp::sqlite().await;
    demo::load(&app.store, &app.clock).await.unwrap();
    let rita = app.person("eva", RoleName::Reviewer, &[]).await;
    let now: ReadingsPage = rita.get("/api/readings?period=2026-11").await.json();
    let before: ReadingsPage = rita.get("/api/readings?period=2026-10&limit=500").await.json();
    assert_eq!(now.total, 0);
    assert!(before.total > 140, "{}", before.total);
}

#[tokio::test]
async fn real_data_are_not_mixed_with_the_demo() {
    let app = TestApp::new().await;
    assert!(matches!(
        demo::load(&app.store, &app.clock).await,
        Err(DemoError::RealData)
    ));
    assert_eq!(app.get("/demo/labels").await.problem(), (404, "not_found".into()));
}

#[tokio::test]
async fn the_page_shows_a_scannable_label_for_each_meter_point() {
    let app = TestApp::sqlite().await;
    demo::load(&app.store, &app.clock).await.unwrap();
    let page = app.get("/demo/labels").await.text();
    assert_eq!(page.matches("<svg").count(), 156);
    assert!(!page.contains("style=") && !page.contains("<script"));
    let codes = page
        .split("<code>")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap());
    assert!(codes.clone().count() == 156 && codes.clone().all(|code| ShortCode::parse(code).is_some()));
}
