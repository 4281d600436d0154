//! Whether the rows fit each other and the books: every place is known, nobody sits on another's chair.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::books::Books;
use crate::import::fault::Faults;
use crate::import::read::Rows;
use crate::import::records::{MeterRecord, Record, TenancyRecord};

/// Notes what doesn't fit.
pub(super) fn places(rows: &Rows, books: &Books, faults: &mut Faults) {
    let properties: BTreeSet<&str> = books
        .properties
        .keys()
        .map(String::as_str)
        .chain(rows.properties.iter().map(|row| row.record.code_normal.as_str()))
        .collect();
    for row in &rows.units {
        if !properties.contains(row.record.property_normal.as_str()) {
            faults.add(
                "units.csv",
                row.line,
                "property_code",
                "there is no such property",
            );
        }
    }
    let units: BTreeSet<String> = books
        .units
        .keys()
        .cloned()
        .chain(rows.units.iter().map(|row| row.record.key()))
        .collect();
    let mut known_unit = |file, line, property: &str, unit_key: &str| {
        if !properties.contains(property) {
            faults.add(file, line, "property_code", "there is no such property");
        } else if !units.contains(unit_key) {
            faults.add(
                file,
                line,
                "unit_no",
                "there is no such unit in this property and building",
            );
        }
    };
    for row in &rows.meters {
        let unit_key = row.record.point_record().unit_key();
        known_unit("meters.csv", row.line, &row.record.property_normal, &unit_key);
    }
    for row in &rows.tenancies {
        known_unit(
            "tenancies.csv",
            row.line,
            &row.record.property_normal,
            &row.record.unit_key(),
        );
    }
    for row in &rows.labels {
        known_unit(
            "labels.csv",
            row.line,
            &row.record.property_normal,
            &row.record.unit_key(),
        );
    }
    meters_stay(rows, books, faults);
    labels_stay(rows, books, faults);
    spans_apart(rows, books, faults);
}

/// A serial at another meter point would take its history along.
fn meters_stay(rows: &Rows, books: &Books, faults: &mut Faults) {
    for row in &rows.meters {
        let moved = books
            .meters
            .get(&row.record.key())
            .is_some_and(|known| known.point_record().key() != row.record.point_record().key());
        if moved {
            let cause =
                "this meter stands at another meter point in the books; a serial names one meter for ever";
            faults.add("meters.csv", row.line, "serial", cause);
        }
    }
}

fn labels_stay(rows: &Rows, books: &Books, faults: &mut Faults) {
    let points: BTreeSet<String> = books
        .points
        .keys()
        .cloned()
        .chain(rows.meters.iter().map(|row| row.record.point_record().key()))
        .collect();
    for row in &rows.labels {
        if !points.contains(&row.record.point_key()) {
            faults.add(
                "labels.csv",
                row.line,
                "utility",
                "this unit has no such meter point",
            );
        }
        if books.revoked_codes.contains(&row.record.code) {
            faults.add(
                "labels.csv",
                row.line,
                "code",
                "this label was revoked; print a new one",
            );
        }
        if books
            .labels
            .get(&row.record.code)
            .is_some_and(|known| *known != row.record)
        {
            let cause = "this label names another meter point in the books; revoke it there first";
            faults.add("labels.csv", row.line, "code", cause);
        }
    }
}

/// Two tenants of a unit, or two meters at a meter point, don't overlap.
fn spans_apart(rows: &Rows, books: &Books, faults: &mut Faults) {
    let mut tenancies: BTreeMap<String, (u64, TenancyRecord)> = books
        .tenancies
        .iter()
        .map(|(key, record)| (key.clone(), (0, record.clone())))
        .collect();
    for row in &rows.tenancies {
        tenancies.insert(row.record.key(), (row.line, row.record.clone()));
    }
    let spans = tenancies.values().map(|(line, it)| Span {
        place: it.unit_key(),
        from: it.move_in.clone(),
        to: it.move_out.clone(),
        name: it.tenant_code.clone(),
        line: *line,
    });
    // A tenant may move in on the day on which another one leaves.
    overlaps(spans.collect(), "tenancies.csv", "move_in", faults);
    let mut meters: BTreeMap<String, (u64, MeterRecord)> = books
        .meters
        .iter()
        .map(|(key, record)| (key.clone(), (0, record.clone())))
        .collect();
    for row in &rows.meters {
        meters.insert(row.record.key(), (row.line, row.record.clone()));
    }
    let spans = meters.values().map(|(line, it)| Span {
        place: it.point_record().key(),
        from: it.installed_on.clone(),
        to: it.removed_on.clone(),
        name: it.serial.clone(),
        line: *line,
    });
    overlaps(spans.collect(), "meters.csv", "installed_on", faults);
}

struct Span {
    place: String,
    from: String,
    to: Option<String>,
    name: String,
    /// 0 for what only the books hold.
    line: u64,
}

fn overlaps(mut spans: Vec<Span>, file: &'static str, column: &str, faults: &mut Faults) {
    spans.sort_by(|a, b| (&a.place, &a.from, &a.to).cmp(&(&b.place, &b.from, &b.to)));
    for pair in spans.windows(2) {
        let [earlier, later] = pair else { continue };
        let overlap = earlier.place == later.place && earlier.to.as_ref().is_none_or(|to| *to > later.from);
        let line = earlier.line.max(later.line);
        if overlap && line > 0 {
            let cause = format!(
                "{} (from {}) and {} (from {}) are in one place at the same time; give the first an end",
                earlier.name, earlier.from, later.name, later.from
            );
            faults.add(file, line, column, cause);
        }
    }
}
