//! The fields of one row, each read as what it has to be.

use csv::ByteRecord;
use jiff::civil::Date;
use shared::code::{Code, CodeError};
use shared::reading_value::ReadingValue;

use super::cause::Cause;
use super::fault::Faults;

/// One row; each reader notes what is wrong and gives nothing then.
pub(super) struct Row<'a> {
    pub(super) file: &'static str,
    pub(super) line: u64,
    pub(super) header: &'a [String],
    pub(super) record: &'a ByteRecord,
    pub(super) faults: &'a mut Faults,
}

impl<'a> Row<'a> {
    /// Notes a fault of this row.
    pub(super) fn fault(&mut self, column: &str, cause: Cause) {
        self.faults.add(self.file, self.line, column, cause);
    }

    /// Text that may be empty, trimmed.
    pub(super) fn text(&mut self, column: &'static str, characters_max: usize) -> Option<String> {
        self.bounded(column, characters_max).map(str::to_owned)
    }

    /// Text that may not be empty.
    pub(super) fn name(&mut self, column: &'static str, characters_max: usize) -> Option<String> {
        let text = self.text(column, characters_max)?;
        if text.is_empty() {
            self.fault(column, Cause::Empty);
            return None;
        }
        Some(text)
    }

    /// A code that may not be empty.
    pub(super) fn code(&mut self, column: &'static str, length_max: usize) -> Option<Code> {
        let code = self.code_or_empty(column, length_max)?;
        if code.is_empty() {
            self.fault(column, Cause::Empty);
            return None;
        }
        Some(code)
    }

    /// A code that may be empty.
    pub(super) fn code_or_empty(&mut self, column: &'static str, length_max: usize) -> Option<Code> {
        let text = self.bounded(column, usize::MAX)?;
        match Code::parse_or_empty(text, length_max) {
            Ok(code) => Some(code),
            Err(error) => {
                let cause = match error {
                    CodeError::Empty => Cause::Empty,
                    CodeError::TooLong { length_max } => Cause::TooLong {
                        characters_max: length_max,
                    },
                    CodeError::ControlCharacter => Cause::InvisibleCharacter { code_point: 0 },
                };
                self.fault(column, cause);
                None
            }
        }
    }

    /// A whole number within bounds; `absent` when the field is empty.
    pub(super) fn number(
        &mut self,
        column: &'static str,
        bounds: (i64, i64),
        absent: Option<i64>,
    ) -> Option<i64> {
        let text = self.raw(column)?;
        if let (true, Some(absent)) = (text.is_empty(), absent) {
            return Some(absent);
        }
        match text.parse::<i64>() {
            Ok(number) if (bounds.0..=bounds.1).contains(&number) => Some(number),
            _ => {
                let (min, max) = bounds;
                let shown = shown(text);
                self.fault(column, Cause::NoNumber { shown, min, max });
                None
            }
        }
    }

    /// A day; the text sorts as days do.
    pub(super) fn day(&mut self, column: &'static str) -> Option<String> {
        let text = self.raw(column)?;
        match text.parse::<Date>() {
            Ok(day) if text.len() == 10 && YEARS.contains(&day.year()) => Some(day.to_string()),
            _ => {
                let shown = shown(text);
                self.fault(column, Cause::NoDay { shown });
                None
            }
        }
    }

    /// A day, or nothing when the field is empty. The outer `None` is a fault.
    pub(super) fn day_or_empty(&mut self, column: &'static str) -> Option<Option<String>> {
        if self.raw(column)?.is_empty() {
            Some(None)
        } else {
            self.day(column).map(Some)
        }
    }

    /// A value of a register.
    pub(super) fn value(&mut self, column: &'static str) -> Option<ReadingValue> {
        let text = self.raw(column)?;
        match ReadingValue::parse(text) {
            Ok(value) => Some(value),
            Err(error) => {
                let shown = shown(text);
                self.fault(column, Cause::NoValue { shown, error });
                None
            }
        }
    }

    /// A value, or nothing when the field is empty. The outer `None` is a fault.
    pub(super) fn value_or_empty(&mut self, column: &'static str) -> Option<Option<ReadingValue>> {
        if self.raw(column)?.is_empty() {
            Some(None)
        } else {
            self.value(column).map(Some)
        }
    }

    /// A member of a closed list.
    pub(super) fn one_of<T>(
        &mut self,
        column: &'static str,
        parse: impl Fn(&str) -> Option<T>,
        names: &str,
    ) -> Option<T> {
        let text = self.raw(column)?;
        let parsed = parse(&text.to_ascii_lowercase());
        if parsed.is_none() {
            let (shown, names) = (shown(text), names.to_owned());
            self.fault(column, Cause::NoneOf { shown, names });
        }
        parsed
    }

    /// The trimmed text of a field; empty where the column is missing.
    pub(super) fn raw(&mut self, column: &'static str) -> Option<&'a str> {
        let cause = match std::str::from_utf8(self.bytes(column)) {
            Ok(text) => {
                let text = text.trim();
                match text.chars().find(|character| is_invisible(*character)) {
                    None => return Some(text),
                    // Somebody has read bytes as UTF-8 that are none: what stood there is lost.
                    Some(char::REPLACEMENT_CHARACTER) => Cause::NotUtf8,
                    Some(character) => Cause::InvisibleCharacter {
                        code_point: u32::from(character),
                    },
                }
            }
            Err(_) => Cause::NotUtf8,
        };
        self.fault(column, cause);
        None
    }

    /// The same, of at most so many characters, and nothing that a spreadsheet would calculate.
    fn bounded(&mut self, column: &'static str, characters_max: usize) -> Option<&'a str> {
        let text = self.raw(column)?;
        if text.len() > characters_max && text.chars().count() > characters_max {
            self.fault(column, Cause::TooLong { characters_max });
            return None;
        }
        if begins_like_a_formula(text) || begins_like_a_formula(self.untrimmed(column)) {
            self.fault(column, Cause::Formula);
            return None;
        }
        Some(text)
    }

    fn untrimmed(&self, column: &str) -> &'a str {
        std::str::from_utf8(self.bytes(column)).unwrap_or_default()
    }

    /// The field as it stands in the file.
    pub(super) fn bytes(&self, column: &str) -> &'a [u8] {
        let index = self.header.iter().position(|name| name == column);
        index.and_then(|index| self.record.get(index)).unwrap_or_default()
    }
}

/// Days beyond are slips of the keyboard.
pub(super) const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// Control characters, those that turn or hide what stands beside them, and the one that stands for a lost character. Joiners are left: some scripts need them.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}' | '\u{feff}' | char::REPLACEMENT_CHARACTER | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}')
}

/// Whether a spreadsheet would calculate it. A number with a sign, such as the unit `-1` or a telephone's `+1 671`, is none.
fn begins_like_a_formula(text: &str) -> bool {
    let mut characters = text.trim_start_matches(' ').chars();
    match characters.next() {
        Some('=' | '@' | '\u{ff1d}' | '\u{ff20}') => true,
        Some('\t' | '\r') => !text.trim().is_empty(),
        Some('+' | '-' | '\u{ff0b}' | '\u{ff0d}') => {
            !characters.all(|it| it.is_ascii_digit() || matches!(it, ' ' | '.' | ','))
        }
        _ => false,
    }
}

/// What a person sees of a wrong field: bounded, as it is a stranger's text.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
    if text.chars().count() > 40 {
        shown.push('…');
    }
    shown
}
