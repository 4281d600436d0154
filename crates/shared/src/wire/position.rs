//! Where a phone was, as it travels.

use serde::de::Deserializer;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// Where a phone was when an item was captured. Only with the consent of who captured it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WirePosition {
    /// Degrees north, -90 to 90, as a decimal number.
    pub latitude: String,
    /// Degrees east, -180 to 180, as a decimal number.
    pub longitude: String,
    /// It may be wrong by so many metres, as a decimal number.
    pub accuracy_m: String,
    /// When the phone found out, by its own clock, RFC 3339.
    pub fixed_at: String,
}

/// Whatever is no position is none: nobody's reading is refused for it.
pub(super) fn any_or_none<'de, D: Deserializer<'de>>(any: D) -> Result<Option<WirePosition>, D::Error> {
    let text = Box::<RawValue>::deserialize(any)?;
    Ok(serde_json::from_str(text.get()).ok())
}
