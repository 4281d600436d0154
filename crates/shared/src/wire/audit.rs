//! `GET /api/audit`: who did what and when.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Filters, all optional and combined by "and". `after` continues behind the last row of a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
pub struct AuditQuery {
    /// Who: the whole name, upper or lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// What was done, by its stable name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// To what: all of it, upper or lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Not before this moment, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Before this moment, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Opaque: `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Rows a page, 1 to 500; 100 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// One page, newest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AuditPage {
    /// The rows.
    pub rows: Vec<AuditRow>,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Every action that there is in the audit, to choose from.
    pub actions: Vec<String>,
}

/// One thing that was done.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AuditRow {
    /// Its number in the audit.
    pub seq: i64,
    /// When, RFC 3339.
    pub at: String,
    /// Who: a person's name, or `command line`.
    pub actor: String,
    /// What was done, as a stable name.
    pub action: String,
    /// To what.
    pub subject: String,
    /// The rest, by name.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub detail: serde_json::Value,
}
