//! Free text in the list of readings: the beginning of a unit's number, of the serial of the meter that was read or of a word
//! of the tenant's name, and anything within remarks and what unknown labels said. Each way is the range of an index or goes
//! through those few readings that have such a text.

use shared::code::normal;
use shared::search_word::typed_words;

use crate::list_filter::{Clause, like_pattern};
use crate::search_key::range;

/// Adds the condition.
pub(super) fn add(clause: &mut Clause, text: &str) {
    let unit = normal(text);
    let ways = [
        of_unit(clause, &unit),
        of_unknown_unit(clause, &unit),
        of_serial(clause, &unit),
        of_tenant(clause, text),
        containing(clause, "remarks", "remarks <> ''", text),
        containing(clause, "label_text", "label_text IS NOT NULL", text),
    ];
    clause.add_plain(&format!("i.receipt_seq IN ({})", ways.join(" UNION ALL ")));
}

fn of_unit(clause: &mut Clause, unit: &str) -> String {
    let fits = range(clause, "u.unit_normal", unit);
    format!(
        "SELECT k.receipt_seq FROM unit u JOIN meter_point mp ON mp.unit_id = u.id JOIN item k ON k.meter_point_id = mp.id \
         WHERE {fits}"
    )
}

fn of_unknown_unit(clause: &mut Clause, unit: &str) -> String {
    let fits = range(clause, "k.unit_normal", unit);
    format!("SELECT k.receipt_seq FROM item k WHERE k.meter_point_id IS NULL AND {fits}")
}

fn of_serial(clause: &mut Clause, serial: &str) -> String {
    let fits = range(clause, "s.serial_normal", serial);
    format!(
        "SELECT k.receipt_seq FROM meter s JOIN item k ON k.meter_point_id = s.meter_point_id AND k.meter_id = s.id WHERE {fits}"
    )
}

// A tenant counts who held the unit in the booked period; which of two it was is told by the row.
fn of_tenant(clause: &mut Clause, text: &str) -> String {
    let mut words = typed_words(text);
    if words.is_empty() {
        words.push(String::new());
    }
    // Whose name has all of them, from the index alone: one word of a name may be everybody's.
    let tenancies: Vec<String> = words
        .iter()
        .map(|word| {
            let fits = range(clause, "w.word", word);
            format!("SELECT w.tenancy_id FROM tenant_word w WHERE {fits}")
        })
        .collect();
    let tenancies = tenancies.join(" INTERSECT ");
    format!(
        "SELECT k.receipt_seq FROM ({tenancies}) f JOIN tenancy t ON t.id = f.tenancy_id \
         JOIN meter_point mp ON mp.unit_id = t.unit_id JOIN item k ON k.meter_point_id = mp.id \
         WHERE t.move_in <= k.period || '-31' AND (t.move_out IS NULL OR t.move_out >= k.period || '-01')"
    )
}

// `there` is the condition of the column's index, word for word.
fn containing(clause: &mut Clause, column: &str, there: &str, text: &str) -> String {
    let pattern = clause.bind(like_pattern(text));
    format!(
        "SELECT k.receipt_seq FROM item k WHERE k.{there} AND LOWER(k.{column}) LIKE LOWER({pattern}) ESCAPE '!'"
    )
}
