//! The calls of the page of what is missing.

use gloo_net::http::Method;
use shared::wire::missing::{EstimatesRequest, MissingAnswer, MissingPage, MissingQuery, RereadRequest};
use ui::api::{ApiError, call, done};

use super::api::{json_of, query_text};
use super::http::Outgoing;

/// `GET /api/missing`.
pub(crate) async fn missing(query: &MissingQuery) -> Result<MissingPage, ApiError> {
    let url = format!("/api/missing?{}", query_text(query));
    call(Outgoing::new(Method::GET, &url)).await
}

/// `POST /api/estimates`: what became of each.
pub(crate) async fn estimate(request: &EstimatesRequest) -> Result<MissingAnswer, ApiError> {
    call(Outgoing::new(Method::POST, "/api/estimates").with_json(&json_of(request))).await
}

/// `POST /api/reread-requests`.
pub(crate) async fn ask_for_reading(request: &RereadRequest) -> Result<(), ApiError> {
    done(Outgoing::new(Method::POST, "/api/reread-requests").with_json(&json_of(request))).await
}
