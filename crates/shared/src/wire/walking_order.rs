//! `PUT /api/properties/{code}/walking-order`: the order in which the units of a property are walked.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// At most this many units in one request.
pub const WALKING_ORDER_UNITS_MAX: usize = 20_000;

/// The whole order: sent again, it changes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WalkingOrder {
    /// From the first to the last. Units that are not named stay behind the one that they followed.
    pub units: Vec<WalkedUnit>,
}

/// The answer: the order is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WalkingOrderKept {
    /// Property code.
    pub property_code: String,
    /// Units that stand elsewhere than before; 0 when it was sent again.
    pub moved: usize,
}

/// A unit of the property.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct WalkedUnit {
    /// Empty where the property has no buildings.
    #[serde(default)]
    pub building: String,
    /// The unit's number.
    pub unit_no: String,
}
