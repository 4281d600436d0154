//! Somebody who signed in through the public route.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use shared::id::DeviceId;
use shared::wire::session::Session;
use tower::ServiceExt;

use super::app::PASSWORD;
use super::response::TestResponse;

/// A person with a session.
#[derive(Clone)]
pub(crate) struct TestPerson {
    router: Router,
    /// As the browser would send it.
    pub(crate) cookie: String,
    /// What the sign-in told.
    pub(crate) session: Session,
}

impl TestPerson {
    /// Signs in with the password of everybody in tests.
    pub(crate) async fn sign_in(router: &Router, name: &str) -> Self {
        let body = serde_json::json!({ "username": name, "password": PASSWORD });
        let request = Request::post("/api/session")
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        let response = TestResponse::read(router.clone().oneshot(request).await.unwrap()).await;
        let cookie = response
            .header("set-cookie")
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        assert_eq!(response.status, StatusCode::OK, "{}", response.text());
        Self {
            router: router.clone(),
            cookie,
            session: response.json(),
        }
    }

    /// The phone that the sign-in enrolled.
    pub(crate) fn device_id(&self) -> DeviceId {
        self.session.device_id.unwrap()
    }

    /// `GET`.
    pub(crate) async fn get(&self, path: &str) -> TestResponse {
        self.request(Method::GET, path, None).await
    }

    /// `POST` with a JSON body.
    pub(crate) async fn post(&self, path: &str, body: &serde_json::Value) -> TestResponse {
        self.request(Method::POST, path, Some(body)).await
    }

    /// `PUT` with a JSON body.
    pub(crate) async fn put(&self, path: &str, body: &serde_json::Value) -> TestResponse {
        self.request(Method::PUT, path, Some(body)).await
    }

    /// `DELETE`.
    pub(crate) async fn delete(&self, path: &str) -> TestResponse {
        self.request(Method::DELETE, path, None).await
    }

    /// Any request, with the cookie added.
    pub(crate) async fn send(&self, mut request: Request<Body>) -> TestResponse {
        request
            .headers_mut()
            .insert("cookie", self.cookie.parse().unwrap());
        TestResponse::read(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// A request whose answer is left unread, for streams.
    pub(crate) async fn open(&self, path: &str) -> axum::http::Response<Body> {
        let request = Request::get(path)
            .header("cookie", &self.cookie)
            .body(Body::empty())
            .unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Any method, with or without a JSON body.
    pub(crate) async fn request(
        &self,
        method: Method,
        path: &str,
        body: Option<&serde_json::Value>,
    ) -> TestResponse {
        let mut request = Request::builder().method(method).uri(path);
        let body = match body {
            Some(body) => {
                request = request.header("content-type", "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        self.send(request.body(body).unwrap()).await
    }
}
