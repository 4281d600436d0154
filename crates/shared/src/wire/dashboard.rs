//! `GET /api/consumption` and `GET /api/arrivals`: what the office's first page shows beside the periods and phones.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::office::ROWS_COUNTED_MAX;

/// Months that are looked at: one, the twelve before it, and so the same month of last year.
pub const CONSUMPTION_MONTHS: usize = 13;

/// Arrivals beyond which nobody needs to know how many there were.
pub const ARRIVALS_COUNTED_MAX: i64 = ROWS_COUNTED_MAX;

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
pub struct ConsumptionQuery {
    /// Property code.
    pub property: String,
    /// The last of the months, `2026-11`.
    pub period: String,
}

/// One utility's chart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
pub struct ConsumptionChartQuery {
    /// Property code.
    pub property: String,
    /// The last of the months, `2026-11`.
    pub period: String,
    /// `electricity`, `water`, `gas`.
    pub utility: String,
    /// `light`, `dark` or `sunlight`; light when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub look: Option<String>,
}

/// What a property used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Consumption {
    /// Property code.
    pub property: String,
    /// The last of the months.
    pub period: String,
    /// Those of which the months have anything, by name.
    pub utilities: Vec<UtilityConsumption>,
}

/// What a property used of one utility.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UtilityConsumption {
    /// `electricity`, `water`, `gas`.
    pub utility: String,
    /// Thirteen, the earliest first; a month without values is there too.
    pub months: Vec<MonthConsumption>,
}

/// One month of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MonthConsumption {
    /// `2026-11`.
    pub period: String,
    /// The sum of the official values' consumptions, a decimal number as text; absent where there are none. It may be negative:
    /// the office has to see that too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consumption: Option<String>,
    /// How many values it is the sum of.
    pub values: i64,
}

/// What is asked of the arrivals.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
pub struct ArrivalsQuery {
    /// From when on, RFC 3339: when the caller's day began.
    pub since: String,
}

/// What arrived from phones: as many as `GET /api/readings` has with `source=phone` and that moment as `arrived_from`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Arrivals {
    /// How many rows; anything above [`ARRIVALS_COUNTED_MAX`]: more than that.
    pub count: i64,
}
