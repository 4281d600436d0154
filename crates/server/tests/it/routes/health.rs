//! `GET /healthz`, `GET /readyz`.

use crate::util::TestApp;

#[tokio::test]
async fn ready_means_that_the_database_answers() {
    let app = TestApp::sqlite().await;
    assert_eq!(app.get("/healthz").await.status, 200);
    assert_eq!(app.get("/readyz").await.status, 200);
    app.store.close().await;
    assert_eq!(app.get("/healthz").await.status, 200);
    assert_eq!(app.get("/readyz").await.problem(), (503, "unavailable".into()));
}
