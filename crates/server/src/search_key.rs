//! What the office finds a unit by: the beginning of its number, of the serial of a meter that sits or sat there, of a label's
//! code, or of words of a tenant's name. Each way is a range of an index, and gives up after some hits: whoever gets that many
//! types on.

use shared::code::normal;
use shared::search_word::{end_of_prefix, typed_words};

use crate::auth::PropertyScope;
use crate::list_filter::Clause;

/// Hits of one way.
const HITS_MAX: usize = 100;

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
        by_unit(clause, text, &allowed),
        by_serial(clause, text, &allowed),
        by_label(clause, text, &allowed),
        by_tenant(clause, text, &allowed),
    ];
    let ways = ways.map(|way| format!("SELECT * FROM ({way} LIMIT {HITS_MAX}) way"));
    ways.join(" UNION ALL ")
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

fn range(clause: &mut Clause, column: &str, prefix: &str) -> String {
    // Everything begins with nothing.
    if prefix.is_empty() {
        return "FALSE".to_owned();
    }
    let from = clause.bind(prefix.to_owned());
    let to = clause.bind(end_of_prefix(prefix));
    format!("{column} >= {from} AND {column} < {to}")
}

/// `101`, or `n 101` where the property has buildings.
fn by_unit(clause: &mut Clause, text: &str, allowed: &str) -> String {
    let typed = normal(text);
    let whole = range(clause, "u.unit_normal", &typed);
    let in_building = typed.rsplit_once(' ').map(|(building, unit)| {
        let building = clause.bind(building.to_owned());
        let unit = range(clause, "u.unit_normal", unit);
        format!(
            " UNION ALL SELECT u.id, CAST(NULL AS BIGINT) FROM unit u \
             WHERE {unit} AND u.building_normal = {building}{allowed}"
        )
    });
    format!(
        "SELECT u.id AS unit_id, CAST(NULL AS BIGINT) AS meter_point_id FROM unit u WHERE {whole}{allowed}{}",
        in_building.unwrap_or_default()
    )
}

fn by_serial(clause: &mut Clause, text: &str, allowed: &str) -> String {
    let fits = range(clause, "s.serial_normal", &normal(text));
    format!(
        "SELECT mp.unit_id, mp.id FROM meter s JOIN meter_point mp ON mp.id = s.meter_point_id \
         JOIN unit u ON u.id = mp.unit_id WHERE {fits}{allowed}"
    )
}

/// As it is printed, with or without the `M:` of the QR code and the gap in the middle.
fn by_label(clause: &mut Clause, text: &str, allowed: &str) -> String {
    let typed: String = text.to_uppercase().split([' ', '-']).collect();
    let fits = range(clause, "l.code", typed.strip_prefix("M:").unwrap_or(&typed));
    format!(
        "SELECT mp.unit_id, mp.id FROM label l JOIN meter_point mp ON mp.id = l.meter_point_id \
         JOIN unit u ON u.id = mp.unit_id WHERE {fits} AND l.revoked_at IS NULL{allowed}"
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
         JOIN unit u ON u.id = t.unit_id WHERE {first}{others}{allowed}"
    )
}
