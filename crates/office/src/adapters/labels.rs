//! The calls of the page of labels.

use gloo_net::http::Method;
use shared::wire::labels::{LabelRequest, LabelRow, LabelsPage, LabelsQuery};
use ui::address::encode;
use ui::api::{ApiError, call};

use super::api::query_text;
use super::http::Outgoing;

/// What is done with a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LabelVerb {
    /// It names nothing any more.
    Revoke,
    /// The same, and its meter gets a new one.
    Reissue,
}

/// `GET /api/labels`.
pub(crate) async fn labels(query: &LabelsQuery) -> Result<LabelsPage, ApiError> {
    let url = format!("/api/labels?{}", query_text(query));
    call(Outgoing::new(Method::GET, &url)).await
}

/// `POST /api/labels/{code}/revoke` and `/reissue`: the label as it is then, or the new one.
pub(crate) async fn change_label(code: &str, verb: LabelVerb, reason: &str) -> Result<LabelRow, ApiError> {
    let verb = match verb {
        LabelVerb::Revoke => "revoke",
        LabelVerb::Reissue => "reissue",
    };
    let request = LabelRequest {
        reason: reason.to_owned(),
    };
    let url = format!("/api/labels/{}/{verb}", encode(code));
    // A text in a struct: it can't fail to be written.
    let body = serde_json::to_string(&request).unwrap_or_default();
    call(Outgoing::new(Method::POST, &url).with_json(&body)).await
}
