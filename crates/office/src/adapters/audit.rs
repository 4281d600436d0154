//! The calls of the page of the audit.

use gloo_net::http::Method;
use shared::wire::audit::{AuditPage, AuditQuery};
use ui::api::{ApiError, call};

use super::api::query_text;
use super::http::Outgoing;

/// `GET /api/audit`.
pub(crate) async fn audit(query: &AuditQuery) -> Result<AuditPage, ApiError> {
    let url = format!("/api/audit?{}", query_text(query));
    call(Outgoing::new(Method::GET, &url)).await
}

/// Where the same is to be had as a file.
pub(crate) fn file_address(query: &AuditQuery) -> String {
    format!("/api/audit.csv?{}", query_text(query))
}
