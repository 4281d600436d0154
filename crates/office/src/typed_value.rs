//! A value as somebody types it.

use shared::reading_value::ReadingValue;

use crate::wording::locale;

/// What was typed, as it travels. A comma parts the decimals only where the reader's language writes it so.
pub(crate) fn typed_value(text: &str) -> Option<String> {
    ReadingValue::parse(&with_point(text))
        .ok()
        .map(|value| value.to_string())
}

/// What was typed, with a point before the decimals; also what is no number.
pub(crate) fn with_point(text: &str) -> String {
    let writes_comma = locale::decimal("0.5").contains(',');
    let text = text.trim();
    if writes_comma {
        text.replace(',', ".")
    } else {
        text.to_owned()
    }
}
