//! Texts in CSV files that spreadsheets open: what somebody typed must not become a formula there.

use std::borrow::Cow;

/// What a spreadsheet takes for the beginning of a formula, in its plain and its full-width form; control characters come
/// first where one is hidden behind them.
const BEGINS_FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The text as it may stand in a cell: behind an apostrophe if it could be a formula. Spreadsheets show what follows it as
/// text. Numbers that the server writes itself need none of this, and a negative one would be spoilt by it.
pub(crate) fn csv_cell(text: &str) -> Cow<'_, str> {
    if text.trim_start_matches(' ').starts_with(BEGINS_FORMULA) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_a_formula() {
        for text in [
            "=HYPERLINK(\"http://evil\")",
            "+1+cmd|' /C calc'!A0",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "  =1",
            "＝1",
        ] {
            assert_eq!(csv_cell(text), format!("'{text}"));
        }
    }

    #[test]
    fn other_texts_stay_as_they_are() {
        for text in [
            "",
            "Ines O'Dowd",
            "GC A 101",
            "46211.0",
            "a=b",
            "{\"a\":1}",
            "1-2",
        ] {
            assert!(matches!(csv_cell(text), Cow::Borrowed(same) if same == text));
        }
    }
}
