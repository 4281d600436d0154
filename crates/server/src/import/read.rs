//! From the files' bytes to records; what only one row or one file can tell is checked here.

use std::collections::BTreeMap;

use super::ImportFiles;
use super::cause::Cause;
use super::fault::Faults;
use super::records::{
    LabelRecord, MeterRecord, PropertyRecord, ReadingCodes, ReadingRow, Record, Row, TenancyRecord,
    UnitRecord, columns,
};
use super::row;
use super::table::{self, Column};

/// Every row that could be read.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) properties: Vec<Row<PropertyRecord>>,
    pub(super) units: Vec<Row<UnitRecord>>,
    pub(super) meters: Vec<Row<MeterRecord>>,
    pub(super) tenancies: Vec<Row<TenancyRecord>>,
    pub(super) readings: Vec<ReadingRow>,
    pub(super) labels: Vec<Row<LabelRecord>>,
}

/// Reads all files.
pub(super) fn all(files: &ImportFiles, faults: &mut Faults) -> Rows {
    let mut rows = Rows {
        properties: records(
            files,
            "properties.csv",
            columns::PROPERTY,
            faults,
            PropertyRecord::read,
        ),
        units: records(files, "units.csv", columns::UNIT, faults, UnitRecord::read),
        meters: records(files, "meters.csv", columns::METER, faults, MeterRecord::read),
        tenancies: records(
            files,
            "tenancies.csv",
            columns::TENANCY,
            faults,
            TenancyRecord::read,
        ),
        labels: records(files, "labels.csv", columns::LABEL, faults, LabelRecord::read),
        readings: Vec::new(),
    };
    if let Some(content) = files.content("readings.csv") {
        let mut codes = ReadingCodes::default();
        // Millions: grown step by step they would be copied, and take twice the room meanwhile.
        rows.readings.reserve(table::lines(content));
        table::each_row("readings.csv", content, columns::READING, faults, |row| {
            rows.readings.extend(ReadingRow::read(row, &mut codes));
        });
    }
    rows
}

fn records<R: Record>(
    files: &ImportFiles,
    file: &'static str,
    columns: &[Column],
    faults: &mut Faults,
    read: impl Fn(&mut row::Row<'_>) -> Option<R>,
) -> Vec<Row<R>> {
    let Some(content) = files.content(file) else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    table::each_row(file, content, columns, faults, |row| {
        let Some(record) = read(row) else { return };
        match lines.insert(record.key(), row.line) {
            Some(first) => row.fault(columns[0].name, Cause::StandsTwice { first }),
            None => rows.push(Row {
                line: row.line,
                record,
            }),
        }
    });
    rows
}
