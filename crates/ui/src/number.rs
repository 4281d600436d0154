//! Numbers as the browser reads them.

use wasm_bindgen::JsValue;

/// A decimal number as text. The reader of the standard library would bring ten thousand bytes of tables along.
pub fn number_of(text: &str) -> Option<f64> {
    let number = JsValue::from_str(text).unchecked_into_f64();
    (!text.trim().is_empty() && !number.is_nan()).then_some(number)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn only_a_whole_text_is_a_number() {
        assert_eq!(number_of("46211.5"), Some(46211.5));
        assert_eq!(number_of("-3"), Some(-3.0));
        for text in ["", " ", "12 kWh", "1,5", "."] {
            assert_eq!(number_of(text), None, "{text}");
        }
    }
}
