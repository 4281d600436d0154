//! Which columns of a thing are edited, and its row as the import reads it.

use std::collections::BTreeMap;

use csv::ByteRecord;
use shared::wire::imports::ImportChange;

use super::EditError;
use crate::import::cause::Cause;
use crate::import::fault::Faults;
use crate::import::records::{Record, Row};
use crate::import::report::columns_of;
use crate::import::row;

/// What can be edited of a thing.
pub(super) struct Form {
    /// The file that the thing stands in.
    file: &'static str,
    editable: &'static [&'static str],
    /// What names it, and what it hangs on: readings, labels and phones know it by these.
    identity: &'static [&'static str],
}

pub(super) const PROPERTY: Form = Form {
    file: "properties.csv",
    editable: &["name", "timezone", "kind"],
    identity: &["property_code"],
};
pub(super) const UNIT: Form = Form {
    file: "units.csv",
    editable: &["unit_type", "route_seq", "access_note", "hazard"],
    identity: &["property_code", "building", "unit_no"],
};
pub(super) const METER: Form = Form {
    file: "meters.csv",
    editable: &["dials", "decimals", "multiplier"],
    identity: &[
        "serial",
        "property_code",
        "building",
        "unit_no",
        "utility",
        "point",
    ],
};
pub(super) const TENANCY: Form = Form {
    file: Form::TENANCIES,
    editable: &["tenant_name", "move_in", "move_out"],
    identity: &["tenant_code", "property_code", "building", "unit_no"],
};

impl Form {
    /// The file of tenancies.
    pub(super) const TENANCIES: &str = "tenancies.csv";

    /// The row of what the books hold, with the changes.
    pub(super) fn row<R: Record>(
        &self,
        known: Option<&R>,
        changes: &[ImportChange],
        faults: &mut Faults,
        read: impl Fn(&mut row::Row<'_>) -> Option<R>,
    ) -> Result<Vec<Row<R>>, EditError> {
        let known = known.ok_or(EditError::NotFound)?;
        self.filled(columns_of(known).into_iter().collect(), changes, faults, read)
    }

    /// The row of these columns, with the changes.
    pub(super) fn filled<R: Record>(
        &self,
        mut columns: BTreeMap<String, String>,
        changes: &[ImportChange],
        faults: &mut Faults,
        read: impl Fn(&mut row::Row<'_>) -> Option<R>,
    ) -> Result<Vec<Row<R>>, EditError> {
        for change in changes {
            let column = change.column.as_str();
            if !self.editable.contains(&column) {
                let is_identity = self.identity.contains(&column);
                let cause = if is_identity {
                    Cause::Identity
                } else {
                    Cause::NotInForm
                };
                faults.add(self.file, 1, &row::shown(column), cause);
                continue;
            }
            let now = columns.insert(column.to_owned(), change.after.clone());
            if now.unwrap_or_default() != change.before {
                return Err(EditError::BooksChanged);
            }
        }
        let header: Vec<String> = columns.keys().cloned().collect();
        let record = ByteRecord::from(columns.into_values().collect::<Vec<_>>());
        let mut row = row::Row {
            file: self.file,
            line: 1,
            header: &header,
            record: &record,
            faults,
        };
        let record = read(&mut row);
        Ok(record.map(|record| Row { line: 1, record }).into_iter().collect())
    }
}
