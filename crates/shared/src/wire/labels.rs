//! `GET /api/labels` and what the office does with a label.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Filters, all optional and combined by "and". `after` continues behind the last row of a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
pub struct LabelsQuery {
    /// Property code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
    /// `active`, `revoked` or `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// A whole code, or part of a unit or building.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Opaque: `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Rows a page, 1 to 500; 100 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// One page, in walking order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LabelsPage {
    /// The rows.
    pub rows: Vec<LabelRow>,
    /// How many rows fit the filters in all; anything above [`super::office::ROWS_COUNTED_MAX`]: more than that.
    pub total: i64,
    /// How many of those that were counted are labels that can be printed.
    pub active: i64,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// The properties that the caller may choose from.
    pub properties: Vec<LabelProperty>,
}

/// A property to choose from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LabelProperty {
    /// Property code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// A label with the meter point that it names, or a meter point that never had one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LabelRow {
    /// The eight characters; absent for a meter point without any label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// `active`, `revoked` or `none`.
    pub state: String,
    /// Identity of the meter point.
    pub meter_point_id: String,
    /// Property code.
    pub property_code: String,
    /// Empty where the property has no buildings.
    pub building: String,
    /// The unit's number.
    pub unit_no: String,
    /// `electricity`, `water` or `gas`.
    pub utility: String,
    /// Usually empty.
    pub point: String,
    /// When it was made, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<String>,
    /// When it was revoked, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<String>,
    /// Why it was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoke_reason: Option<String>,
}

/// `POST /api/labels/{code}/revoke` and `/reissue`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LabelRequest {
    /// Why; 1 to 500 characters.
    #[serde(default)]
    pub reason: String,
}

/// `POST /office/label-sheets`: which labels are printed on what; a form, as a page sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct LabelSheetsForm {
    /// Name of the layout.
    pub layout: String,
    /// The place on the first sheet where printing begins, from 1.
    pub first_place: Option<usize>,
    /// Language of the page: `en` or `es`.
    pub language: String,
    /// These codes, with spaces between, whatever the filters say; when empty, all active ones that fit the filters.
    pub codes: String,
    /// Property code.
    pub property: Option<String>,
    /// A whole code, or part of a unit or building.
    pub q: Option<String>,
}
