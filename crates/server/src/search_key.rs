//! What the office finds a unit by: the beginning of its number, of the serial of a meter that sits or sat there, of a label's
//! code, or of words of a tenant's name. Each way is a range of an index, and gives up after some hits: whoever gets that many
//! types on.

use shared::code::normal;
use shared::search_word::{end_of_prefix, typed_words};

use crate::auth::PropertyScope;
use crate::list_filter::Clause;

/// Hits of one way: more than a page has, so that it is known whether more fit.
const HITS_MAX: usize = 250;

/// The SQL of a table with `unit_id` and, where one meter point is meant, `meter_point_id`; what is typed is bound in `clause`.
/// `property` narrows it to one property, by its code in normal form.
pub(crate) fn found(
    clause: &mut Clause,
    scope: &PropertyScope,
    property: Option<&str>,
    text: &str,
) -> String {
    let allowed = allowed(clause, scope, property);
    let ways = [
        Some(by_unit(clause, text, &allowed)),
        by_unit_in_building(clause, text, &allowed),
        Some(by_serial(clause, text, &allowed)),
        Some(by_label(clause, text, &allowed)),
        Some(by_tenant(clause, text, &allowed)),
    ];
    let ways = ways.into_iter().flatten();
    let ways = ways.map(|way| format!("SELECT * FROM ({way} LIMIT {HITS_MAX}) way"));
    ways.collect::<Vec<_>>().join(" UNION ALL ")
}

/// The condition under which somebody may see a unit `u`.
fn allowed(clause: &mut Clause, scope: &PropertyScope, property: Option<&str>) -> String {
    let codes = match (property, scope.as_json()) {
        (Some(code), _) if !scope.contains(code) => Some("[]".to_owned()),
        (Some(code), _) => Some(crate::store::json_list::json_list([code])),
        (None, codes) => codes,
    };
    codes.map_or_else(String::new, |codes| {
        let codes = clause.bind(codes);
        // The plus keeps a database from going through all units of the property instead of the few that fit.
        format!(
            " AND +u.property_id IN (SELECT ap.id FROM json_each({codes}) JOIN property ap ON ap.code_normal = atom)"
        )
    })
}

/// The condition under which a column begins with this.
pub(crate) fn range(clause: &mut Clause, column: &str, prefix: &str) -> String {
    // Everything begins with nothing.
    if prefix.is_empty() {
        return "FALSE".to_owned();
    }
    let from = clause.bind(prefix.to_owned());
    let to = clause.bind(end_of_prefix(prefix));
    format!("{column} >= {from} AND {column} < {to}")
}

/// In the order of the index: what was typed in full comes first, however much begins with it.
fn by_unit(clause: &mut Clause, text: &str, allowed: &str) -> String {
    let fits = range(clause, "u.unit_normal", &normal(text));
    format!("{UNIT} WHERE {fits}{allowed} ORDER BY u.unit_normal")
}

/// `n 101`, where the property has buildings.
fn by_unit_in_building(clause: &mut Clause, text: &str, allowed: &str) -> Option<String> {
    let typed = normal(text);
    let (building, unit) = typed.rsplit_once(' ')?;
    let building = clause.bind(building.to_owned());
    let fits = range(clause, "u.unit_normal", unit);
    Some(format!(
        "{UNIT} WHERE {fits} AND u.building_normal = {building}{allowed} ORDER BY u.unit_normal"
    ))
}

const UNIT: &str = "SELECT u.id AS unit_id, CAST(NULL AS BIGINT) AS meter_point_id FROM unit u";

fn by_serial(clause: &mut Clause, text: &str, allowed: &str) -> String {
    let fits = range(clause, "s.serial_normal", &normal(text));
    format!(
        "SELECT mp.unit_id, mp.id FROM meter s JOIN meter_point mp ON mp.id = s.meter_point_id \
         JOIN unit u ON u.id = mp.unit_id WHERE {fits}{allowed} ORDER BY s.serial_normal"
    )
}

/// As it is printed, with or without the `M:` of the QR code and the gap in the middle.
fn by_label(clause: &mut Clause, text: &str, allowed: &str) -> String {
    let typed: String = text.to_uppercase().split([' ', '-']).collect();
    let fits = range(clause, "l.code", typed.strip_prefix("M:").unwrap_or(&typed));
    format!(
        "SELECT mp.unit_id, mp.id FROM label l JOIN meter_point mp ON mp.id = l.meter_point_id \
         JOIN unit u ON u.id = mp.unit_id WHERE {fits} AND l.revoked_at IS NULL{allowed} ORDER BY l.code"
    )
}

fn by_tenant(clause: &mut Clause, text: &str, allowed: &str) -> String {
    let mut words = typed_words(text).into_iter();
    let first = range(clause, "w.word", &words.next().unwrap_or_default());
    let others: String = words
        .map(|word| {
            let fits = range(clause, "o.word", &word);
            format!(" AND EXISTS (SELECT 1 FROM tenant_word o WHERE o.tenancy_id = w.tenancy_id AND {fits})")
        })
        .collect();
    format!(
        "SELECT t.unit_id, CAST(NULL AS BIGINT) FROM tenant_word w JOIN tenancy t ON t.id = w.tenancy_id \
         JOIN unit u ON u.id = t.unit_id WHERE {first}{others}{allowed} ORDER BY w.word"
    )
}
