//! The filters of the list, read once and turned into SQL that both databases understand.

use shared::code;
use shared::period::Period;
use shared::timestamp::Timestamp;
use shared::wire::office::ReadingsQuery;
use shared::wire::session::RoleName;

use super::arrived::{Receipts, Span};
use super::free_text;
use crate::auth::{Person, PropertyScope};
use crate::list_filter::{Clause, FilterError, check_text};
use crate::list_page::after_number;

/// A value below the one before that the technician answered to be a roll-over, and that was reckoned with as one. The answer
/// stands in what was sent; within a text of it the quotes would be escaped.
pub(super) const ROLLED_OVER: &str = "(i.flags LIKE '%\"lower\"%' AND COALESCE(i.consumption_micro, 0) > 0 \
     AND EXISTS (SELECT 1 FROM sent_item s WHERE s.receipt_seq = i.receipt_seq AND s.body LIKE '%\"rolled_over\"%'))";

/// Fits whatever is set there.
const ANY: &str = "any";

/// What the caller asks for, and what the caller may see.
#[derive(Debug, Clone)]
pub struct Filter {
    scope: Scope,
    query: ReadingsQuery,
    arrived: Span,
    after: Option<i64>,
}

#[derive(Debug, Clone)]
struct Scope {
    properties: PropertyScope,
    /// Set for technicians: they see what they read.
    captured_by: Option<String>,
}

impl Scope {
    fn of(person: &Person) -> Self {
        Self {
            properties: person.properties.clone(),
            captured_by: (person.role == RoleName::Technician).then(|| person.name_normal.clone()),
        }
    }
}

impl Filter {
    /// Reads the query of `person`.
    pub fn new(person: &Person, query: ReadingsQuery) -> Result<Self, FilterError> {
        check_text("property", query.property.as_deref())?;
        check_text("unit", query.unit.as_deref())?;
        check_text("technician", query.technician.as_deref())?;
        check_text("q", query.q.as_deref())?;
        check_name("state", query.state.as_deref())?;
        check_name("flag", query.flag.as_deref())?;
        check_name("source", query.source.as_deref())?;
        check_name("skip", query.skip.as_deref())?;
        check_name("kind", query.kind.as_deref())?;
        check_name("photo", query.photo.as_deref())?;
        if query
            .period
            .as_deref()
            .is_some_and(|period| Period::parse(period).is_none())
        {
            return Err(FilterError::new("period", "is a month such as 2026-11"));
        }
        Ok(Self {
            scope: Scope::of(person),
            arrived: Span::of(&query)?,
            after: after_number(query.after.as_deref())?,
            query,
        })
    }

    /// What came from phones since a moment.
    pub fn arrived_from_phones(person: &Person, since: Timestamp) -> Self {
        Self {
            scope: Scope::of(person),
            arrived: Span::since(since),
            after: None,
            query: ReadingsQuery {
                source: Some("phone".into()),
                ..ReadingsQuery::default()
            },
        }
    }

    /// When what is listed arrived.
    pub(super) fn arrived(&self) -> Span {
        self.arrived
    }

    /// What the caller may see.
    pub(super) fn scope_clause(&self) -> Clause {
        let mut clause = Clause::default();
        if let Some(name) = &self.scope.captured_by {
            clause.add("i.captured_by = ?", name.clone());
        } else if let Some(codes) = self.scope.properties.as_json() {
            // What an unknown label belongs to is for the whole office to find out.
            clause.add(
                "(i.property_normal = '' OR i.property_normal IN (SELECT atom FROM json_each(?)))",
                codes,
            );
        }
        clause
    }

    /// Everything but the place in the list. Only the highest revision of an item is shown; one that was dismissed only where
    /// no other counts.
    pub(super) fn clause(&self, receipts: Receipts) -> Clause {
        let mut clause = self.scope_clause();
        receipts.add(&mut clause);
        clause.add_plain(
            "NOT EXISTS (SELECT 1 FROM item higher WHERE higher.id = i.id AND higher.revision > i.revision \
                AND higher.state <> 'dismissed') \
             AND (i.state <> 'dismissed' OR NOT EXISTS (SELECT 1 FROM item lower WHERE lower.id = i.id \
                AND lower.revision < i.revision AND lower.state IN ('received', 'approved', 'estimated')))",
        );
        let query = &self.query;
        let mut equal = |column: &str, value: &Option<String>, read: fn(&str) -> String| {
            if let Some(value) = set(value) {
                clause.add(&format!("{column} = ?"), read(value));
            }
        };
        // A month bounds what has to be looked at, and nothing else does for sure: so its index is the one that is used.
        let column = |name: &str| match set(&query.period) {
            Some(_) => format!("(i.{name} || '')"),
            None => format!("i.{name}"),
        };
        equal("i.period", &query.period, str::to_owned);
        equal(&column("property_normal"), &query.property, code::normal);
        equal(&column("captured_by"), &query.technician, code::normal);
        equal(&column("state"), &query.state, str::to_owned);
        equal(&column("source"), &query.source, str::to_owned);
        if let Some(unit) = set(&query.unit) {
            clause.add(UNIT, code::normal(unit));
        }
        if set(&query.source).is_some_and(|source| source != "import") {
            clause.add_plain("i.source <> 'import'");
        }
        self.add_flag(&mut clause);
        match set(&query.skip) {
            Some(ANY) => clause.add_plain("i.skip_reason IS NOT NULL"),
            Some(reason) => clause.add(
                "i.skip_reason IS NOT NULL AND i.skip_reason = ?",
                reason.to_owned(),
            ),
            None => {}
        }
        match set(&query.kind) {
            Some("exchange") => {
                clause.add_plain("i.kind <> 'regular' AND i.kind IN ('meter_removed', 'meter_installed')")
            }
            Some("move") => clause.add_plain("i.kind <> 'regular' AND i.kind IN ('move_in', 'move_out')"),
            Some("regular") => clause.add_plain("i.kind = 'regular'"),
            Some(kind) => clause.add("i.kind <> 'regular' AND i.kind = ?", kind.to_owned()),
            None => {}
        }
        if set(&query.photo).is_some() {
            clause.add_plain("i.receipt_seq IN (SELECT receipt_seq FROM item_photo)");
        }
        if let Some(text) = query.q.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            free_text::add(&mut clause, text);
        }
        clause
    }

    // As the rows show them.
    fn add_flag(&self, clause: &mut Clause) {
        match set(&self.query.flag) {
            None => return,
            Some("clean") => return clause.add_plain("i.flags = '[]' AND i.shape = 'reading'"),
            Some(ANY) => {}
            Some("rolled_over") => clause.add_plain(ROLLED_OVER),
            Some("lower") => clause.add_plain(&format!("i.flags LIKE '%\"lower\"%' AND NOT {ROLLED_OVER}")),
            Some(flag) => clause.add("i.flags LIKE ?", format!("%\"{flag}\"%")),
        }
        // That of the index, word for word.
        clause.add_plain("i.flags <> '[]'");
    }

    /// With the place in the list.
    pub(super) fn page_clause(&self, receipts: Receipts) -> Clause {
        let mut clause = self.clause(receipts);
        if let Some(after) = self.after {
            // Read from a number above, so the text is digits.
            clause.add("i.receipt_seq < CAST(? AS BIGINT)", after.to_string());
        }
        clause
    }
}

/// By the meter points of the units of that number; what is not in the books by what was sent.
const UNIT: &str = "i.receipt_seq IN (
        SELECT k.receipt_seq FROM unit u JOIN meter_point mp ON mp.unit_id = u.id JOIN item k ON k.meter_point_id = mp.id
        WHERE u.unit_normal = ?
        UNION ALL
        SELECT n.receipt_seq FROM item n WHERE n.meter_point_id IS NULL AND n.unit_normal = ?)";

fn set(value: &Option<String>) -> Option<&str> {
    value.as_deref().filter(|value| !value.is_empty())
}

fn check_name(name: &'static str, text: Option<&str>) -> Result<(), FilterError> {
    let fits = text.is_none_or(|text| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
    if fits {
        Ok(())
    } else {
        Err(FilterError::new(name, "is a name of small letters and _"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(role: RoleName, properties: PropertyScope) -> Person {
        Person {
            account_id: 1,
            name: "Ana".into(),
            name_normal: "ana".into(),
            role,
            properties,
            device_id: None,
            must_change_password: false,
        }
    }

    #[test]
    fn nothing_that_a_caller_sends_gets_into_the_sql() {
        let query = ReadingsQuery {
            property: Some("x' OR 1=1 --".into()),
            q: Some("100%_!".into()),
            ..ReadingsQuery::default()
        };
        let clause = Filter::new(&person(RoleName::Admin, PropertyScope::All), query)
            .unwrap()
            .page_clause(Receipts::default());
        assert!(!clause.sql.contains("OR 1=1"), "{}", clause.sql);
        assert!(
            clause.binds.contains(&"%100!%!_!!%".to_owned()),
            "{:?}",
            clause.binds
        );
    }

    #[test]
    fn a_technician_is_limited_to_what_they_read() {
        let clause = Filter::new(
            &person(RoleName::Technician, PropertyScope::All),
            ReadingsQuery::default(),
        )
        .unwrap()
        .clause(Receipts::default());
        assert_eq!(clause.binds, ["ana"]);
    }

    #[test]
    fn a_wrong_filter_is_told_what_would_be_right() {
        let query = ReadingsQuery {
            period: Some("November".into()),
            ..ReadingsQuery::default()
        };
        let error = Filter::new(&person(RoleName::Admin, PropertyScope::All), query).unwrap_err();
        assert_eq!(error.to_string(), "`period` is a month such as 2026-11");
    }
}
