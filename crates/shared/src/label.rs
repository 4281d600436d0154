//! What a label says. Text from a label is data from a stranger: bounded here, escaped where it is shown.

mod short_code;
#[cfg(test)]
mod tests;

pub use short_code::{ShortCode, check_character};

use serde_json::Value;

use crate::code::{CODE_LENGTH_MAX, Code};

/// Most characters that are kept of a text that is no label of ours.
pub const UNKNOWN_LENGTH_MAX: usize = 200;
/// Longer than any text that a QR code can hold.
const TEXT_BYTES_MAX: usize = 8 * 1024;

/// A label, or what stood in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label {
    /// The short code of a new label.
    Short(ShortCode),
    /// The unit of an old label.
    Unit {
        /// Property code; inner spaces do not matter.
        property: Code,
        /// Unit number.
        unit_no: Code,
        /// Perhaps the serial of a meter.
        meter: Option<Code>,
    },
    /// Anything else, cut to 200 characters.
    Unknown(String),
}

impl Label {
    /// Understands what was scanned or typed.
    pub fn parse(text: &str) -> Self {
        let text = text.trim_matches(|it: char| it.is_whitespace() || it == '\u{feff}');
        let known = if text.len() > TEXT_BYTES_MAX {
            None
        } else {
            let short = || ShortCode::parse(text).map(Self::Short);
            short().or_else(|| parse_bars(text)).or_else(|| parse_json(text))
        };
        known.unwrap_or_else(|| Self::Unknown(text.chars().take(UNKNOWN_LENGTH_MAX).collect()))
    }
}

// `GCA|101`, `GCA|101|M001`
fn parse_bars(text: &str) -> Option<Label> {
    let mut parts = text.split('|');
    let (property, unit_no, meter) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() {
        return None;
    }
    unit_label(property, unit_no, meter)
}

// `{"propertyId":"GCA","unitNumber":"101","meterId":"M001"}`, `{"p":"GCA","u":"101"}`
fn parse_json(text: &str) -> Option<Label> {
    if !text.starts_with('{') {
        return None;
    }
    let members: serde_json::Map<String, Value> = serde_json::from_str(text).ok()?;
    let member = |names: [&str; 2]| names.iter().find_map(|name| text_of(members.get(*name)?));
    let meter = member(["meterId", "m"]);
    unit_label(
        &member(["propertyId", "p"])?,
        &member(["unitNumber", "u"])?,
        meter.as_deref(),
    )
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn unit_label(property: &str, unit_no: &str, meter: Option<&str>) -> Option<Label> {
    let code = |text: &str| Code::parse(text, CODE_LENGTH_MAX).ok();
    Some(Label::Unit {
        property: code(property)?,
        unit_no: code(unit_no)?,
        meter: meter.and_then(code),
    })
}
