//! A CSV file as rows with named columns: comma or semicolon, with or without BOM, columns in any order.

use csv::ByteRecord;
use jiff::civil::Date;
use shared::code::Code;
use shared::reading_value::{ReadingValue, ValueError};

use super::fault::Faults;

/// A column that a file may have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) required: bool,
}

/// A column that has to be there.
pub(super) const fn required(name: &'static str) -> Column {
    Column { name, required: true }
}

/// A column that counts as empty when it is missing.
pub(super) const fn optional(name: &'static str) -> Column {
    Column {
        name,
        required: false,
    }
}

/// Hands each row of the file to `take`; what is wrong with the file itself is noted.
pub(super) fn each_row(
    file: &'static str,
    content: &[u8],
    columns: &[Column],
    faults: &mut Faults,
    mut take: impl FnMut(&mut Row<'_>),
) {
    let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(content))
        .flexible(true)
        .has_headers(false)
        .from_reader(content);
    let mut record = ByteRecord::new();
    let header = match reader.read_byte_record(&mut record) {
        Ok(true) => header(&record),
        Ok(false) => return faults.add(file, 1, "", "the file is empty; it needs at least a header row"),
        Err(error) => return faults.add(file, 1, "", error.to_string()),
    };
    if !header_is_right(file, &header, columns, faults) {
        return;
    }
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(false) => return,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                return faults.add(file, line, "", format!("can't be read: {error}"));
            }
            Ok(true) => {}
        }
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|field| field.trim_ascii().is_empty()) {
            continue;
        }
        if record.len() != header.len() {
            let cause = format!(
                "has {} fields where the header has {}",
                record.len(),
                header.len()
            );
            faults.add(file, line, "", cause);
            continue;
        }
        take(&mut Row {
            file,
            line,
            header: &header,
            record: &record,
            faults,
        });
    }
}

/// One row; each reader notes what is wrong and gives nothing then.
pub(super) struct Row<'a> {
    pub(super) file: &'static str,
    pub(super) line: u64,
    header: &'a [String],
    record: &'a ByteRecord,
    faults: &'a mut Faults,
}

impl Row<'_> {
    /// Notes a fault of this row.
    pub(super) fn fault(&mut self, column: &str, cause: impl Into<String>) {
        self.faults.add(self.file, self.line, column, cause);
    }

    /// Text that may be empty, trimmed.
    pub(super) fn text(&mut self, column: &'static str, characters_max: usize) -> Option<String> {
        let text = self.raw(column)?;
        if text.chars().count() > characters_max {
            self.fault(column, format!("has more than {characters_max} characters"));
            return None;
        }
        if text.chars().any(char::is_control) {
            self.fault(column, "holds a control character");
            return None;
        }
        Some(text)
    }

    /// Text that may not be empty.
    pub(super) fn name(&mut self, column: &'static str, characters_max: usize) -> Option<String> {
        let text = self.text(column, characters_max)?;
        if text.is_empty() {
            self.fault(column, "is empty");
            return None;
        }
        Some(text)
    }

    /// A code that may not be empty.
    pub(super) fn code(&mut self, column: &'static str, length_max: usize) -> Option<Code> {
        let text = self.name(column, length_max * 4)?;
        self.parsed_code(column, &text, length_max)
    }

    /// A code that may be empty.
    pub(super) fn code_or_empty(&mut self, column: &'static str, length_max: usize) -> Option<Code> {
        let text = self.text(column, length_max * 4)?;
        self.parsed_code(column, &text, length_max)
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
                self.fault(
                    column,
                    format!(
                        "`{}` is no whole number from {} to {}",
                        shown(&text),
                        bounds.0,
                        bounds.1
                    ),
                );
                None
            }
        }
    }

    /// A day; the text sorts as days do.
    pub(super) fn day(&mut self, column: &'static str) -> Option<String> {
        let text = self.raw(column)?;
        match text.parse::<Date>() {
            Ok(day) if text.len() == 10 => Some(day.to_string()),
            _ => {
                self.fault(column, format!("`{}` is no day such as 2026-11-27", shown(&text)));
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
        match ReadingValue::parse(&text) {
            Ok(value) => Some(value),
            Err(error) => {
                let cause = match error {
                    ValueError::NotANumber => "is no decimal number such as 46211 or 12.5",
                    ValueError::Negative => "is negative; registers show none below 0",
                    ValueError::TooManyDigits => "has more than 12 whole digits",
                    ValueError::TooManyDecimals => "has more than 6 decimals",
                };
                self.fault(column, format!("`{}` {cause}", shown(&text)));
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
            self.fault(column, format!("`{}` is none of: {names}", shown(&text)));
        }
        parsed
    }

    /// The trimmed text of a field; empty where the column is missing.
    pub(super) fn raw(&mut self, column: &'static str) -> Option<String> {
        let Some(index) = self.header.iter().position(|name| name == column) else {
            return Some(String::new());
        };
        match std::str::from_utf8(self.record.get(index).unwrap_or_default()) {
            Ok(text) => Some(text.trim().to_owned()),
            Err(_) => {
                self.fault(column, "is not UTF-8; save the file as \"CSV UTF-8\"");
                None
            }
        }
    }

    fn parsed_code(&mut self, column: &'static str, text: &str, length_max: usize) -> Option<Code> {
        match Code::parse_or_empty(text, length_max) {
            Ok(code) => Some(code),
            Err(_) => {
                self.fault(
                    column,
                    format!("`{}` has more than {length_max} characters", shown(text)),
                );
                None
            }
        }
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

/// Whichever stands more often in the header.
fn delimiter(content: &[u8]) -> u8 {
    let header = content.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| header.iter().filter(|byte| **byte == wanted).count();
    if count(b';') > count(b',') { b';' } else { b',' }
}

fn header(record: &ByteRecord) -> Vec<String> {
    record
        .iter()
        .map(|field| String::from_utf8_lossy(field).trim().to_ascii_lowercase())
        .collect()
}

fn header_is_right(file: &'static str, header: &[String], columns: &[Column], faults: &mut Faults) -> bool {
    let names = || {
        columns
            .iter()
            .map(|column| column.name)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut right = true;
    for column in columns.iter().filter(|column| column.required) {
        if !header.iter().any(|name| name == column.name) {
            faults.add(file, 1, column.name, "the column is missing");
            right = false;
        }
    }
    for (index, name) in header.iter().enumerate() {
        let cause = if header[..index].contains(name) {
            "the column stands there twice".to_owned()
        } else if !columns.iter().any(|column| column.name == name) {
            // A misspelt optional column would otherwise be taken for an empty one.
            format!("unknown column; known are: {}", names())
        } else {
            continue;
        };
        faults.add(file, 1, &shown(name), cause);
        right = false;
    }
    right
}
