//! Whether the rows fit each other and the books: every place is known, nobody sits on another's chair.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use shared::reading_value::ReadingValue;

use crate::import::books::Books;
use crate::import::cause::Cause;
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
        // A property whose own row is faulty is put right there.
        let known = properties.contains(row.record.property_normal.as_str());
        if !known && !faults.has("properties.csv") {
            let cause = Cause::NoSuchProperty;
            faults.add("units.csv", row.line, "property_code", cause);
        }
    }
    let units: BTreeSet<String> = books
        .units
        .keys()
        .cloned()
        .chain(rows.units.iter().map(|row| row.record.key()))
        .collect();
    let places_are_faulty = faults.has("properties.csv") || faults.has("units.csv");
    let mut known_unit = |file, line, property: &str, unit_key: &str| {
        if places_are_faulty {
        } else if !properties.contains(property) {
            faults.add(file, line, "property_code", Cause::NoSuchProperty);
        } else if !units.contains(unit_key) {
            faults.add(file, line, "unit_no", Cause::NoSuchUnit);
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
    registers_fit(rows, books, faults);
    labels_stay(rows, &units, books, faults);
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
            faults.add("meters.csv", row.line, "serial", Cause::MeterElsewhere);
        }
    }
}

/// What was read on a meter stays what it showed, and what was reckoned from it stays right.
fn registers_fit(rows: &Rows, books: &Books, faults: &mut Faults) {
    for row in &rows.meters {
        let serial = row.record.key();
        let (Some(known), Some(read)) = (books.meters.get(&serial), books.read_on.get(&serial)) else {
            continue;
        };
        let mut fault = |column, cause| faults.add("meters.csv", row.line, column, cause);
        let highest = ReadingValue::from_micro(read.value_micro).unwrap_or_default();
        if highest.decimal().trunc() >= power_of_ten(row.record.dials) {
            let value = highest.to_string();
            fault("dials", Cause::ReadOnWiderRegister { value });
        } else if read.rolled_over > 0 && row.record.dials != known.dials {
            fault("dials", Cause::RolledOverOnRegister { dials: known.dials });
        }
        if row.record.decimals < read.decimals {
            let zeros = usize::try_from(read.decimals - 1).unwrap_or(0);
            let value = format!("0.{}1", "0".repeat(zeros));
            fault("decimals", Cause::ReadOnWiderRegister { value });
        }
        if read.used > 0 && row.record.multiplier_micro != known.multiplier_micro {
            let multiplier = ReadingValue::from_micro(known.multiplier_micro).unwrap_or_default();
            let multiplier = multiplier.to_string();
            fault("multiplier", Cause::UsedWithMultiplier { multiplier });
        }
    }
}

fn power_of_ten(digits: i64) -> Decimal {
    let digits = u32::try_from(digits).unwrap_or(0);
    Decimal::from(10_i64.checked_pow(digits).unwrap_or(i64::MAX))
}

fn labels_stay(rows: &Rows, units: &BTreeSet<String>, books: &Books, faults: &mut Faults) {
    let points: BTreeSet<String> = books
        .points
        .keys()
        .cloned()
        .chain(rows.meters.iter().map(|row| row.record.point_record().key()))
        .collect();
    for row in &rows.labels {
        let in_known_unit = units.contains(&row.record.unit_key());
        if in_known_unit && !points.contains(&row.record.point_key()) && !faults.has("meters.csv") {
            faults.add("labels.csv", row.line, "utility", Cause::NoSuchMeterPoint);
        }
        if books.revoked_codes.contains(&row.record.code) {
            faults.add("labels.csv", row.line, "code", Cause::LabelRevoked);
        }
        if books
            .labels
            .get(&row.record.code)
            .is_some_and(|known| *known != row.record)
        {
            faults.add("labels.csv", row.line, "code", Cause::LabelElsewhere);
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
            let cause = Cause::Overlap {
                earlier: earlier.name.clone(),
                earlier_from: earlier.from.clone(),
                later: later.name.clone(),
                later_from: later.from.clone(),
            };
            faults.add(file, line, column, cause);
        }
    }
}
