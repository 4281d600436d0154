//! `GET /api/openapi.json`: the interface, described by the code that serves it.

use std::sync::LazyLock;

use axum::Json;
use axum::http::header;
use axum::response::IntoResponse;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Api;

use crate::router;

/// What stands above the list of calls; the calls themselves are collected by the router.
#[derive(OpenApi)]
#[openapi(info(
    title = "Meterline",
    description = "Meter readings from phones to the office, each exactly once. Errors are application/problem+json \
                   with a stable code. Sign in by POST /api/session; the cookie does the rest. \
                   Each call lists as `security` the roles that may make it, one being enough."
))]
pub(crate) struct Description;

/// This description.
#[utoipa::path(get, path = "/api/openapi.json", tag = "operation", responses((status = OK, body = Object)))]
pub(crate) async fn openapi() -> impl IntoResponse {
    static API: LazyLock<Api> = LazyLock::new(router::description);
    ([(header::CACHE_CONTROL, "no-cache")], Json(&*API))
}
