//! Codes of labels: those that are printed already, and new ones.

use std::collections::BTreeSet;

use shared::label::ShortCode;

/// The code as it is stored, if the text is one.
pub(super) fn printed_code(text: &str) -> Option<String> {
    ShortCode::parse(text).map(|code| code.to_string())
}

/// A code that isn't in `taken`, and is from now on.
pub(super) fn new_code(taken: &mut BTreeSet<String>) -> String {
    loop {
        let code = ShortCode::from_random(rand::random()).to_string();
        if taken.insert(code.clone()) {
            return code;
        }
    }
}
