//! The calls of the office's pages.

use gloo_net::http::Method;
use serde::Serialize;
use shared::device_warning::DeviceRules;
use shared::id::{DeviceId, ItemId};
use shared::wire::bundle::BundleAnswer;
use shared::wire::devices::{DeviceList, DeviceSettings};
use shared::wire::office::{
    DecisionRequest, DecisionsAnswer, DecisionsRequest, ReadingRow, ReadingsPage, ReadingsQuery,
};
use shared::wire::photo::NamedPhoto;
use shared::wire::session::Session;
use ui::address::encode;
use ui::api::{ApiError, call, done};

use super::http::Outgoing;

/// `GET /api/session`.
pub(crate) async fn session() -> Result<Session, ApiError> {
    call(Outgoing::new(Method::GET, "/api/session")).await
}

/// `GET /api/readings`.
pub(crate) async fn readings(query: &ReadingsQuery) -> Result<ReadingsPage, ApiError> {
    let url = format!("/api/readings?{}", query_text(query));
    call(Outgoing::new(Method::GET, &url)).await
}

/// `GET /api/readings/{id}`: every revision, the highest first.
pub(crate) async fn reading(item: ItemId) -> Result<Vec<ReadingRow>, ApiError> {
    call(Outgoing::new(Method::GET, &format!("/api/readings/{item}"))).await
}

/// `POST /api/readings/{id}/decision`: every revision as it stands then.
pub(crate) async fn decide(item: ItemId, request: &DecisionRequest) -> Result<Vec<ReadingRow>, ApiError> {
    let url = format!("/api/readings/{item}/decision");
    call(Outgoing::new(Method::POST, &url).with_json(&json_of(request))).await
}

/// `POST /api/readings/decisions`: one decision about many readings.
pub(crate) async fn decide_all(request: &DecisionsRequest) -> Result<DecisionsAnswer, ApiError> {
    call(Outgoing::new(Method::POST, "/api/readings/decisions").with_json(&json_of(request))).await
}

/// `GET /api/readings/{id}/photos`.
pub(crate) async fn photos(item: ItemId) -> Result<Vec<NamedPhoto>, ApiError> {
    call(Outgoing::new(
        Method::GET,
        &format!("/api/readings/{item}/photos"),
    ))
    .await
}

/// `GET /api/devices`.
pub(crate) async fn devices() -> Result<DeviceList, ApiError> {
    call(Outgoing::new(Method::GET, "/api/devices")).await
}

/// `PUT /api/devices/{id}/revocation`.
pub(crate) async fn revoke(device: DeviceId) -> Result<(), ApiError> {
    done(Outgoing::new(Method::PUT, &revocation(device))).await
}

/// `DELETE /api/devices/{id}/revocation`.
pub(crate) async fn readmit(device: DeviceId) -> Result<(), ApiError> {
    done(Outgoing::new(Method::DELETE, &revocation(device))).await
}

/// `PUT /api/settings/devices`.
pub(crate) async fn set_device_rules(rules: DeviceRules) -> Result<(), ApiError> {
    let settings = DeviceSettings {
        old_after_hours: rules.old_after_hours,
    };
    done(Outgoing::new(Method::PUT, "/api/settings/devices").with_json(&json_of(&settings))).await
}

/// `POST /api/bundles`.
pub(crate) async fn bundle(text: &str) -> Result<BundleAnswer, ApiError> {
    call(Outgoing::new(Method::POST, "/api/bundles").with_json(text)).await
}

fn revocation(device: DeviceId) -> String {
    format!("/api/devices/{device}/revocation")
}

// Structs of names and numbers: that can't fail.
pub(super) fn json_of(body: &impl Serialize) -> String {
    serde_json::to_string(body).unwrap_or_default()
}

/// The members of a flat struct as a query; absent ones are left out.
pub(super) fn query_text(query: &impl Serialize) -> String {
    let Ok(serde_json::Value::Object(members)) = serde_json::to_value(query) else {
        return String::new();
    };
    let pairs = members.iter().filter_map(|(name, value)| {
        let text = match value {
            serde_json::Value::Null => return None,
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        Some(format!("{name}={}", encode(&text)))
    });
    pairs.collect::<Vec<_>>().join("&")
}
