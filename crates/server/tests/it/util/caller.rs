//! Somebody who is signed in.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shared::id::DeviceId;
use shared::wire::check::DeviceCheck;
use shared::wire::list::RoundList;
use shared::wire::receipt::{RECEIPTS_MEDIA_TYPE, Receipts, WireVerdict};
use tower::ServiceExt;
use uuid::Uuid;

use super::app::PASSWORD;

/// A person with a cookie and a phone.
#[derive(Clone)]
pub(crate) struct Caller {
    router: Router,
    cookie: String,
    pub(crate) name: String,
    pub(crate) device: DeviceId,
}

/// An answer, read whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Caller {
    pub(crate) async fn sign_in(router: Router, name: &str, device: DeviceId) -> Self {
        let mut caller = Self {
            router,
            cookie: String::new(),
            name: name.to_owned(),
            device,
        };
        let body = json!({ "username": name, "password": PASSWORD, "device_id": device });
        let answer = caller
            .post("/api/session", body.to_string().into_bytes(), &[])
            .await;
        assert_eq!(answer.status, StatusCode::OK, "sign-in: {}", answer.text());
        let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
        caller.cookie = cookie.split(';').next().unwrap().to_owned();
        caller
    }

    /// Somebody who came by this cookie in another way.
    pub(crate) fn with_cookie(router: Router, name: &str, device: DeviceId, cookie: &str) -> Self {
        Self {
            router,
            cookie: cookie.to_owned(),
            name: name.to_owned(),
            device,
        }
    }

    /// The same person with the same cookie, at another server.
    pub(crate) fn at(&self, app: &super::TestApp) -> Self {
        Self {
            router: app.router.clone(),
            ..self.clone()
        }
    }

    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(Method::GET, path, Vec::new(), headers).await
    }

    pub(crate) async fn post(&self, path: &str, body: Vec<u8>, headers: &[(&str, &str)]) -> Answer {
        self.send(Method::POST, path, body, headers).await
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        body: Vec<u8>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, &self.cookie);
        request = request.header(header::CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self
            .router
            .clone()
            .oneshot(request.body(Body::from(body)).unwrap())
            .await
            .unwrap();
        let (head, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer {
            status: head.status,
            headers: head.headers,
            body,
        }
    }

    /// The text of a batch with these items.
    pub(crate) fn batch(&self, items: &[Value]) -> Vec<u8> {
        let device_total = items
            .iter()
            .filter_map(|item| item["device_seq"].as_u64())
            .max()
            .unwrap_or(0);
        json!({
            "batch_id": Uuid::new_v4(), "device_id": self.device, "device_total": device_total, "clock_offset_ms": 0,
            "readings": items,
        })
        .to_string()
        .into_bytes()
    }

    /// Sends a batch that has to be answered by receipts.
    pub(crate) async fn send_items(&self, items: &[Value]) -> Vec<WireVerdict> {
        let answer = self.post("/api/readings", self.batch(items), &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "batch: {}", answer.text());
        assert_eq!(answer.headers[header::CONTENT_TYPE], RECEIPTS_MEDIA_TYPE);
        answer.json::<Receipts>().verdicts
    }

    /// Sends one item.
    pub(crate) async fn send_item(&self, item: &Value) -> WireVerdict {
        let mut verdicts = self.send_items(std::slice::from_ref(item)).await;
        assert_eq!(verdicts.len(), 1);
        verdicts.remove(0)
    }

    pub(crate) async fn check(&self, device_total: u64) -> DeviceCheck {
        let body = json!({ "device_total": device_total, "waiting": 2, "app_version": "0.1.0", "storage": "protected" });
        let path = format!("/api/devices/{}/check", self.device);
        let answer = self.post(&path, body.to_string().into_bytes(), &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "check: {}", answer.text());
        answer.json()
    }

    pub(crate) async fn list(&self, since: Option<&str>) -> RoundList {
        let query = since.map(|since| format!("?since={since}")).unwrap_or_default();
        let answer = self
            .get(&format!("/api/latest-tenant-readings{query}"), &[])
            .await;
        assert_eq!(answer.status, StatusCode::OK, "list: {}", answer.text());
        answer.json()
    }
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The stable code of a problem.
    pub(crate) fn problem_code(&self) -> String {
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        self.json::<Value>()["code"].as_str().unwrap().to_owned()
    }
}
