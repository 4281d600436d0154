//! Which meter point a label or a typed text means.

mod search;
#[cfg(test)]
mod tests;

pub use search::SearchIndex;

use crate::code::{normal, squeezed};
use crate::label::{Label, ShortCode};
use crate::wire::list::MeterPointRow;

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub enum Found<'a> {
    /// Exactly this one.
    One(&'a MeterPointRow),
    /// The technician picks one of exactly these.
    Several(Vec<&'a MeterPointRow>),
    /// Not in the list: perhaps another person's, perhaps nobody's.
    NotInList,
}

/// Looks a label up in the list.
pub fn look_up<'a>(label: &Label, rows: &'a [MeterPointRow]) -> Found<'a> {
    match label {
        Label::Short(code) => found(rows.iter().filter(|it| has_short_code(it, *code)).collect()),
        Label::Unit {
            property,
            unit_no,
            meter,
        } => {
            let fitting = of_unit(rows, &squeezed(property.shown()), unit_no.normal());
            let by_serial = |it: &&&MeterPointRow| {
                meter
                    .as_ref()
                    .is_some_and(|meter| normal(&it.meter_serial) == meter.normal())
            };
            let exact: Vec<_> = fitting.iter().filter(by_serial).copied().collect();
            found(if exact.is_empty() { fitting } else { exact })
        }
        Label::Unknown(text) => {
            let text = normal(text);
            let has_text = |it: &&MeterPointRow| it.labels.iter().any(|label| normal(label) == text);
            found(
                rows.iter()
                    .filter(|it| !text.is_empty() && has_text(it))
                    .collect(),
            )
        }
    }
}

/// Looks up what was scanned or typed.
pub fn look_up_text<'a>(text: &str, rows: &'a [MeterPointRow]) -> Found<'a> {
    match look_up(&Label::parse(text), rows) {
        // A printed label of the customer's own may happen to look like one of the formats.
        Found::NotInList => look_up(&Label::Unknown(text.to_owned()), rows),
        found => found,
    }
}

fn found(mut rows: Vec<&MeterPointRow>) -> Found<'_> {
    match (rows.pop(), rows.is_empty()) {
        (None, _) => Found::NotInList,
        (Some(row), true) => Found::One(row),
        (Some(row), false) => {
            rows.push(row);
            Found::Several(rows)
        }
    }
}

fn has_short_code(row: &MeterPointRow, code: ShortCode) -> bool {
    row.labels.iter().any(|it| ShortCode::parse(it) == Some(code))
}

fn of_unit<'a>(rows: &'a [MeterPointRow], property: &str, unit_no: &str) -> Vec<&'a MeterPointRow> {
    let fits =
        |it: &&MeterPointRow| normal(&it.unit_no) == unit_no && squeezed(&it.property_code) == property;
    rows.iter().filter(fits).collect()
}
