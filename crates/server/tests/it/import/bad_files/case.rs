//! One bad file, and what is to be said of it.

use crate::util::customer;

/// Line, column and name of the cause.
pub(super) type Expected = (u64, String, String);

pub(super) struct Case {
    pub(super) what: &'static str,
    pub(super) file: &'static str,
    pub(super) content: Vec<u8>,
    pub(super) expected: Vec<Expected>,
}

pub(super) fn original(file: &str) -> &'static str {
    match file {
        "properties.csv" => customer::PROPERTIES,
        "units.csv" => customer::UNITS,
        "meters.csv" => customer::METERS,
        "tenancies.csv" => customer::TENANCIES,
        "readings.csv" => customer::READINGS,
        _ => "code,property_code,building,unit_no,utility,point\n",
    }
}

/// The file with another content.
pub(super) fn whole(
    what: &'static str,
    file: &'static str,
    content: impl Into<Vec<u8>>,
    (line, column, cause): (u64, &str, &str),
) -> Case {
    let expected = vec![(line, column.to_owned(), cause.to_owned())];
    let content = content.into();
    Case {
        what,
        file,
        content,
        expected,
    }
}

/// The customer's file with `from` replaced by `to`.
pub(super) fn edit(
    what: &'static str,
    file: &'static str,
    (from, to): (&str, &str),
    expected: (u64, &str, &str),
) -> Case {
    let content = original(file);
    assert!(content.contains(from), "{what}: {from}");
    whole(what, file, content.replacen(from, to, 1), expected)
}

/// The customer's file with one more row.
pub(super) fn row(what: &'static str, file: &'static str, row: &str, (column, cause): (&str, &str)) -> Case {
    let content = original(file);
    let line = content.lines().count() as u64 + 1;
    whole(what, file, format!("{content}{row}\n"), (line, column, cause))
}

impl Case {
    pub(super) fn and(mut self, line: u64, column: &str, cause: &str) -> Self {
        self.expected.push((line, column.to_owned(), cause.to_owned()));
        self
    }

    /// For the second of two rows that were added.
    pub(super) fn one_line_down(mut self) -> Self {
        self.expected[0].0 += 1;
        self
    }
}
