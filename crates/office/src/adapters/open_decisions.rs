//! The calls about what waits for the office.

use gloo_net::http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::wire::office::ReadingRow;
use shared::wire::open_decisions::{
    ConflictsPage, InboxPage, InboxRequest, MeterPointHit, OpenDecisions, OpenDecisionsQuery,
    ResolutionRequest,
};
use ui::address::encode;
use ui::api::{ApiError, call};

use super::api::query_text;
use super::http::Outgoing;

/// `GET /api/open-decisions`.
pub(crate) async fn counts() -> Result<OpenDecisions, ApiError> {
    call(Outgoing::new(Method::GET, "/api/open-decisions")).await
}

/// `GET /api/conflicts`.
pub(crate) async fn conflicts(query: &OpenDecisionsQuery) -> Result<ConflictsPage, ApiError> {
    let url = format!("/api/conflicts?{}", query_text(query));
    call(Outgoing::new(Method::GET, &url)).await
}

/// `POST /api/conflicts/{receipt_seq}/resolution`: every revision of the second value's item.
pub(crate) async fn resolve(
    receipt_seq: i64,
    request: &ResolutionRequest,
) -> Result<Vec<ReadingRow>, ApiError> {
    post(&format!("/api/conflicts/{receipt_seq}/resolution"), request).await
}

/// `GET /api/inbox`.
pub(crate) async fn inbox(query: &OpenDecisionsQuery) -> Result<InboxPage, ApiError> {
    let url = format!("/api/inbox?{}", query_text(query));
    call(Outgoing::new(Method::GET, &url)).await
}

/// `POST /api/inbox/{receipt_seq}/decision`: every revision of its item.
pub(crate) async fn decide_held(
    receipt_seq: i64,
    request: &InboxRequest,
) -> Result<Vec<ReadingRow>, ApiError> {
    post(&format!("/api/inbox/{receipt_seq}/decision"), request).await
}

/// `GET /api/meter-points`.
pub(crate) async fn meter_points(text: &str) -> Result<Vec<MeterPointHit>, ApiError> {
    let url = format!("/api/meter-points?q={}", encode(text));
    call(Outgoing::new(Method::GET, &url)).await
}

async fn post<T: DeserializeOwned>(url: &str, request: &impl Serialize) -> Result<T, ApiError> {
    // Structs of names and numbers: that can't fail.
    let body = serde_json::to_string(request).unwrap_or_default();
    call(Outgoing::new(Method::POST, url).with_json(&body)).await
}
