//! A CSV file as rows with named columns: comma or semicolon, with or without BOM, columns in any order.

use csv::ByteRecord;

use super::cause::Cause;
use super::fault::Faults;
use super::row::{Row, shown};
use super::structure::Outlines;

/// Ten times the longest row that has any sense.
pub const ROW_BYTES_MAX: usize = 32 * 1024;

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

/// Hands each row of the file to `take`; what is wrong with the file itself, or with a row as such, is noted.
pub(super) fn each_row(
    file: &'static str,
    content: &[u8],
    columns: &[Column],
    faults: &mut Faults,
    mut take: impl FnMut(&mut Row<'_>),
) {
    if content.starts_with(b"\xFF\xFE") || content.starts_with(b"\xFE\xFF") {
        return faults.add(file, 1, "", Cause::Utf16);
    }
    let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
    let delimiter = delimiter(content);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(content);
    let mut record = ByteRecord::new();
    let mut header: Option<Vec<String>> = None;
    for outline in Outlines::new(content, delimiter) {
        let name_of = |field: usize| match &header {
            Some(header) => header.get(field).cloned().unwrap_or_default(),
            None => String::new(),
        };
        if let Some(problem) = outline
            .problem
            .as_ref()
            .filter(|it| it.cause == Cause::QuoteUnclosed)
        {
            return faults.add(file, problem.line, &name_of(problem.field), problem.cause.clone());
        }
        if !matches!(reader.read_byte_record(&mut record), Ok(true)) {
            return faults.add(file, outline.line, "", Cause::NotUtf8);
        }
        if let Some(problem) = outline.problem {
            faults.add(file, problem.line, &name_of(problem.field), problem.cause);
        } else if outline.bytes > ROW_BYTES_MAX {
            let longest = (0..record.len()).max_by_key(|field| record[*field].len());
            let bytes_max = ROW_BYTES_MAX;
            let column = name_of(longest.unwrap_or_default());
            faults.add(file, outline.line, &column, Cause::RowTooLong { bytes_max });
        } else if let Some(header) = &header {
            each_field(file, outline.line, header, &record, faults, &mut take);
            continue;
        }
        if header.is_none() {
            // Without a header nothing can be understood.
            if faults.has(file) {
                return;
            }
            header = right_header(file, outline.line, &record, columns, faults);
            if header.is_none() {
                return;
            }
        }
    }
    if header.is_none() {
        faults.add(file, 1, "", Cause::FileEmpty);
    }
}

fn each_field(
    file: &'static str,
    line: u64,
    header: &[String],
    record: &ByteRecord,
    faults: &mut Faults,
    take: &mut impl FnMut(&mut Row<'_>),
) {
    if record.iter().all(|field| field.trim_ascii().is_empty()) {
        return;
    }
    let (found, expected) = (record.len(), header.len());
    if found != expected {
        // The first one without a value, or the last one before too many.
        let column = header.get(found).or(header.last()).map_or("", String::as_str);
        return faults.add(file, line, column, Cause::FieldCount { found, expected });
    }
    take(&mut Row {
        file,
        line,
        header,
        record,
        faults,
    });
}

/// How many lines there are at most, where each ends as it does on most systems.
pub(super) fn lines(content: &[u8]) -> usize {
    content.iter().filter(|byte| **byte == b'\n').count()
}

/// Whichever stands more often in the header.
fn delimiter(content: &[u8]) -> u8 {
    let lines = content.split(|byte| matches!(byte, b'\n' | b'\r'));
    let header = lines
        .into_iter()
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    let count = |wanted: u8| header.iter().filter(|byte| **byte == wanted).count();
    if count(b';') > count(b',') { b';' } else { b',' }
}

/// The names of the columns, if they are right.
fn right_header(
    file: &'static str,
    line: u64,
    record: &ByteRecord,
    columns: &[Column],
    faults: &mut Faults,
) -> Option<Vec<String>> {
    if record.as_slice().contains(&0) {
        faults.add(file, line, "", Cause::NulByte);
        return None;
    }
    if std::str::from_utf8(record.as_slice()).is_err() {
        faults.add(file, line, "", Cause::NotUtf8);
        return None;
    }
    let header: Vec<String> = record
        .iter()
        .map(|field| String::from_utf8_lossy(field).trim().to_ascii_lowercase())
        .collect();
    for column in columns.iter().filter(|column| column.required) {
        if !header.iter().any(|name| name == column.name) {
            faults.add(file, line, column.name, Cause::ColumnMissing);
        }
    }
    for (index, name) in header.iter().enumerate() {
        if header[..index].contains(name) {
            faults.add(file, line, &shown(name), Cause::ColumnTwice);
        } else if !columns.iter().any(|column| column.name == name) {
            let known = columns.iter().map(|column| column.name).collect::<Vec<_>>();
            let known = known.join(", ");
            faults.add(file, line, &shown(name), Cause::ColumnUnknown { known });
        }
    }
    (!faults.has(file)).then_some(header)
}
