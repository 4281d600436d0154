//! Codes as people write them: one normaliser decides which two are the same.

/// Longest property code.
pub const PROPERTY_CODE_LENGTH_MAX: usize = 10;
/// Longest of all other codes: building, unit number, point, serial, tenant code, account name.
pub const CODE_LENGTH_MAX: usize = 64;

/// The form in which codes are compared and stored beside the shown one: trimmed, inner white space folded to one
/// space, lower case.
pub fn normal(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        push_lower(&mut normal, word);
    }
    normal
}

/// The normal form without any space: how property codes on old labels are compared (`GCA` is `GC A`).
pub fn squeezed(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        push_lower(&mut squeezed, word);
    }
    squeezed
}

/// A code that is within its bounds. Two codes are equal when their normal forms are.
#[derive(Debug, Clone, Default)]
pub struct Code {
    shown: String,
    normal: String,
}

impl Code {
    /// Reads a code of at most `length_max` characters that may not be empty.
    pub fn parse(text: &str, length_max: usize) -> Result<Self, CodeError> {
        let code = Self::parse_or_empty(text, length_max)?;
        if code.is_empty() {
            Err(CodeError::Empty)
        } else {
            Ok(code)
        }
    }

    /// Reads a code of at most `length_max` characters that may be empty, as a building or point may.
    pub fn parse_or_empty(text: &str, length_max: usize) -> Result<Self, CodeError> {
        if text.len() <= length_max && is_plain(text) {
            return Ok(Self {
                shown: text.to_owned(),
                normal: text.to_ascii_lowercase(),
            });
        }
        let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if shown.chars().count() > length_max {
            return Err(CodeError::TooLong { length_max });
        }
        if shown.chars().any(char::is_control) {
            return Err(CodeError::ControlCharacter);
        }
        Ok(Self {
            normal: normal(&shown),
            shown,
        })
    }

    /// As it was written, trimmed and with single spaces.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// As it is compared.
    pub fn normal(&self) -> &str {
        &self.normal
    }

    /// No character at all.
    pub fn is_empty(&self) -> bool {
        self.normal.is_empty()
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.normal == other.normal
    }
}

impl Eq for Code {}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.normal.cmp(&other.normal)
    }
}

impl std::hash::Hash for Code {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.normal.hash(state);
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown)
    }
}

/// Why a text is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeError {
    /// Nothing but white space.
    Empty,
    /// Longer than this many characters.
    TooLong {
        /// The most that is allowed.
        length_max: usize,
    },
    /// Holds a character that can't be printed.
    ControlCharacter,
}

// Character by character: the lower case of a whole word would depend on its end (Greek sigma).
fn push_lower(normal: &mut String, word: &str) {
    if word.is_ascii() {
        normal.extend(word.chars().map(|it| it.to_ascii_lowercase()));
    } else {
        normal.extend(word.chars().flat_map(char::to_lowercase));
    }
}

// Printable ASCII without spaces: the usual code, whose normal form is only a change of case.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_normal(text: &str, expected: &str) {
        assert_eq!(normal(text), expected);
        assert_eq!(normal(expected), expected, "normalising twice changes nothing");
    }

    #[test]
    fn case_and_white_space_do_not_tell_codes_apart() {
        check_normal("  GC   A ", "gc a");
        check_normal("GC\u{a0}A", "gc a");
        check_normal("ΟΔΟΣ", "οδοσ");
        check_normal("", "");
        assert_eq!(Code::parse(" gc  a", 10), Code::parse("GC A", 10));
    }

    #[test]
    fn a_code_keeps_what_was_written() {
        let code = Code::parse("  GC  A ", PROPERTY_CODE_LENGTH_MAX).unwrap();
        assert_eq!((code.shown(), code.normal()), ("GC A", "gc a"));
        let plain = Code::parse("E764-X", CODE_LENGTH_MAX).unwrap();
        assert_eq!((plain.shown(), plain.normal()), ("E764-X", "e764-x"));
    }

    #[test]
    fn labels_may_write_a_property_code_without_its_space() {
        assert_eq!(squeezed("GC A"), squeezed("gca"));
    }

    #[test]
    fn bounds_count_characters() {
        assert!(Code::parse("Ábcdefghij", 10).is_ok());
        assert_eq!(
            Code::parse("abcdefghijk", 10),
            Err(CodeError::TooLong { length_max: 10 })
        );
        assert_eq!(Code::parse(" \t", 10), Err(CodeError::Empty));
        assert_eq!(Code::parse("a\u{7}", 10), Err(CodeError::ControlCharacter));
        assert!(Code::parse_or_empty("", 10).unwrap().is_empty());
    }
}
