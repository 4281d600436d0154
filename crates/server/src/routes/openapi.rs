//! `GET /api/openapi.json`: the interface, described by the code that serves it.

use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::OpenApi;

/// What stands above the list of calls; the calls themselves are collected by the router.
#[derive(OpenApi)]
#[openapi(info(
    title = "Meterline",
    description = "Meter readings from phones to the office, each exactly once. Errors are application/problem+json \
                   with a stable code. Sign in by POST /api/session; the cookie does the rest."
))]
pub(crate) struct Description;

/// Answers with the finished description.
pub(crate) fn answer(api: &utoipa::openapi::OpenApi) -> Response {
    ([(header::CACHE_CONTROL, "no-cache")], Json(api)).into_response()
}
