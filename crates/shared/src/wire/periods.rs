//! `GET /api/periods` and what is asked about one period of one property: how complete it is, what is in the way of closing it,
//! what came too late.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::office::ReadingRow;
use super::problem::Problem;

/// What is asked for. `after` continues behind the last row of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
pub struct PeriodsQuery {
    /// `2026-11`; the present month of the first property when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// Opaque: `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Rows a page, 1 to 200; 50 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// One page of properties in the order of their codes, each as that period stands there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PeriodsPage {
    /// The period that was looked at.
    pub period: String,
    /// The rows.
    pub rows: Vec<PeriodSummary>,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Days of a month in which readings may still belong to the month before.
    pub late_days: u32,
    /// Last days of a month in which its meters are read.
    #[serde(default)]
    pub reading_window_days: u32,
}

/// How one period of one property stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PeriodSummary {
    /// Property code.
    pub property: String,
    /// Name of the property.
    pub name: String,
    /// `2026-11`.
    pub period: String,
    /// `open` or `closed`.
    pub state: String,
    /// Nothing is in the way: it can be closed.
    pub can_close: bool,
    /// How many of what.
    pub counts: PeriodCounts,
    /// When its meters are read; absent from servers that do not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowRow>,
}

/// The reading window of one period of one property. It says when to go, and keeps nothing out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WindowRow {
    /// `2026-11-26`, a day of the property's zone.
    pub first_day: String,
    /// The last day of the month.
    pub last_day: String,
    /// `not_yet`, `open` or `over`, by the day that it is there.
    pub state: String,
}

/// Meter points in service by what the period has of them, and what waits for somebody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PeriodCounts {
    /// Meter points in service: the sum of the next four.
    pub points: u64,
    /// Somebody has read.
    pub read: u64,
    /// An estimate stands there.
    pub estimated: u64,
    /// A skip stands there, accepted or not.
    pub skipped: u64,
    /// Nothing is there.
    pub missing: u64,
    /// Items that closing approves.
    pub clean: u64,
    /// Values in conflict.
    pub conflict: u64,
    /// Items that are held.
    pub held: u64,
    /// Readings with a flag that nobody has decided about.
    pub flagged: u64,
    /// Skips that nobody has accepted.
    pub skips_open: u64,
}

/// One period of one property.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PeriodDetail {
    /// As in the list.
    pub summary: PeriodSummary,
    /// The month in which it is billed.
    pub billing_period: String,
    /// What is in the way of closing it, in the order of dealing with it; empty when nothing is, and when it is closed.
    pub in_the_way: Vec<InTheWayGroup>,
    /// Held items of this month that belong to no property yet, as those of unknown labels: they may be of any.
    pub unplaced: i64,
    /// What arrived after it was closed.
    pub late: LateCounts,
    /// Who closed and reopened it, the first step first, the last hundred.
    pub steps: Vec<PeriodStepRow>,
    /// Billing is told by a webhook.
    #[serde(default)]
    pub webhook: bool,
    /// How far billing has been told that the period is closed, or open again; absent where there is nothing to tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<HandoverDelivery>,
}

/// How far billing has been told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HandoverDelivery {
    /// What is told: `closed` or `reopened`.
    pub kind: String,
    /// `waiting`, `delivered` or `given_up`.
    pub state: String,
    /// How often it was tried; counted anew when somebody sends it again.
    pub tries: u32,
    /// When billing took it, RFC 3339; absent until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<String>,
    /// When it is tried next, RFC 3339; absent unless it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_try_at: Option<String>,
    /// Why the last try came to nothing: `answer`, `timeout`, `no_connection`, `broke_off`, `not_made`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// What the answer's status was, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
}

/// How much arrived after a period was closed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LateCounts {
    /// In all.
    pub total: i64,
    /// Of those: nobody has decided yet.
    pub waiting: i64,
}

/// One kind of what is in the way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InTheWayGroup {
    /// `conflict`, `held`, `flagged`, `skip` or `missing`.
    pub kind: String,
    /// How many there are in all.
    pub total: u64,
    /// The first fifty.
    pub rows: Vec<InTheWayRow>,
}

/// One thing that is in the way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InTheWayRow {
    /// The item, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Number of its receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt_seq: Option<i64>,
    /// Empty where the property has no buildings.
    pub building: String,
    /// The unit's number; empty where the item names none.
    pub unit_no: String,
    /// `electricity`, `water`, `gas`.
    pub utility: String,
    /// Usually empty.
    pub point: String,
    /// Why: names of the flags, the code of what is held, or the reason of a skip.
    pub why: Vec<String>,
    /// A decimal number as text; absent for a skip and where nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Who read; empty where nobody did.
    pub by: String,
}

/// Somebody closed or reopened a period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PeriodStepRow {
    /// `close` or `reopen`.
    pub step: String,
    /// Who.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// Why; empty for closing.
    pub reason: String,
    /// How many readings closing approved.
    pub approved: u64,
}

/// `POST /api/periods/{property}/{period}/reopen`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReopenRequest {
    /// Why; 1 to 500 characters.
    pub reason: String,
}

/// `PUT /api/settings/periods`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PeriodSettings {
    /// Days of a month in which readings may still belong to the month before; 0 to 27.
    pub late_days: u32,
    /// Last days of a month in which its meters are read; 1 to 31. Absent: as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading_window_days: Option<u32>,
}

/// What is asked of the late list. `after` continues behind the last row of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
pub struct LateQuery {
    /// Opaque: `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Rows a page, 1 to 200; 50 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// One page of what arrived for a closed period, the newest first. `state` and `decision` of a row tell what became of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LatePage {
    /// The rows.
    pub rows: Vec<ReadingRow>,
    /// How many there are.
    pub counts: LateCounts,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A problem with code `period_in_the_way`: the period stays open and nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PeriodProblem {
    /// As in every error.
    #[serde(flatten)]
    pub problem: Problem,
    /// What is in the way.
    pub in_the_way: Vec<InTheWayGroup>,
}
