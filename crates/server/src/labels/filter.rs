//! What of the list of labels is asked for, as conditions; whatever callers sent is bound, never put into the text.

use shared::code;
use shared::label::ShortCode;
use shared::wire::labels::LabelsQuery;

use crate::auth::PropertyScope;
use crate::reading_rows::like_pattern;

const TEXT_CHARACTERS_MAX: usize = 100;

/// A filter that can be asked.
#[derive(Debug, Clone)]
pub struct LabelFilter {
    scope: PropertyScope,
    query: LabelsQuery,
    after: Option<Place>,
}

/// Behind which row a page begins.
#[derive(Debug, Clone)]
struct Place {
    meter_point_id: i64,
    code: String,
}

/// A filter that can't be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` {right}")]
pub struct LabelFilterError {
    name: &'static str,
    right: &'static str,
}

impl LabelFilter {
    /// Every label that there is.
    pub fn everything() -> Self {
        Self {
            scope: PropertyScope::All,
            query: LabelsQuery::default(),
            after: None,
        }
    }

    /// Reads the query of somebody who may see these properties.
    pub fn new(scope: &PropertyScope, query: LabelsQuery) -> Result<Self, LabelFilterError> {
        for (name, text) in [("property", &query.property), ("q", &query.q)] {
            let text = text.as_deref().unwrap_or_default();
            if text.chars().count() > TEXT_CHARACTERS_MAX || text.contains('\0') {
                return Err(LabelFilterError {
                    name,
                    right: "has at most 100 characters",
                });
            }
        }
        if !matches!(
            query.state.as_deref().unwrap_or_default(),
            "" | "active" | "revoked" | "none"
        ) {
            return Err(LabelFilterError {
                name: "state",
                right: "is `active`, `revoked` or `none`",
            });
        }
        let after = match query.after.as_deref() {
            None => None,
            Some(text) => Some(Place::parse(text).ok_or(LabelFilterError {
                name: "after",
                right: "is the `next` of the page before",
            })?),
        };
        Ok(Self {
            scope: scope.clone(),
            query,
            after,
        })
    }

    /// The tables, in the order in which they are best gone through.
    pub(super) fn from(&self) -> &'static str {
        match self.code() {
            Some(_) => super::FROM_LABEL,
            None => super::FROM,
        }
    }

    /// The one label that is looked for.
    fn code(&self) -> Option<ShortCode> {
        ShortCode::parse(self.query.q.as_deref()?)
    }

    /// Everything but the place in the list.
    pub(super) fn clause(&self) -> Clause {
        let mut clause = Clause::default();
        if let Some(codes) = self.scope.as_json() {
            clause.add("p.code_normal IN (SELECT atom FROM json_each(?))", codes);
        }
        let text = |value: &Option<String>| value.as_deref().map(str::trim).unwrap_or_default().to_owned();
        let (property, sought) = (text(&self.query.property), text(&self.query.q));
        if !property.is_empty() {
            clause.add("p.code_normal = ?", code::normal(&property));
        }
        match self.query.state.as_deref() {
            Some("active") => clause.add_plain(super::ACTIVE),
            Some("revoked") => clause.add_plain("l.revoked_at IS NOT NULL"),
            // Also those whose labels are all revoked.
            Some("none") => clause.add_plain(
                "NOT EXISTS (SELECT 1 FROM label valid WHERE valid.meter_point_id = mp.id AND valid.revoked_at IS NULL)",
            ),
            _ => {}
        }
        if let Some(code) = self.code() {
            clause.add("l.code = ?", code.to_string());
        } else if !sought.is_empty() {
            clause.add(
                "(u.unit_normal LIKE ? ESCAPE '!' OR u.building_normal LIKE ? ESCAPE '!' \
                 OR u.building_normal || ' ' || u.unit_normal LIKE ? ESCAPE '!')",
                like_pattern(&code::normal(&sought)),
            );
        }
        clause
    }

    /// With the place in the list.
    pub(super) fn page_clause(&self) -> Clause {
        let mut clause = self.clause();
        if let Some(place) = &self.after {
            // The first condition is no news beside the second, but one that the index of the properties understands.
            let point = clause.bind(place.meter_point_id.to_string());
            let code = clause.bind(place.code.clone());
            clause.add_plain(&format!(
                "p.code_normal >= (SELECT ap.code_normal {PLACE} WHERE am.id = CAST({point} AS BIGINT))"
            ));
            clause.add_plain(&format!(
                "(p.code_normal, COALESCE(u.walk_seq, u.route_seq), u.building_normal, u.unit_normal, mp.utility, mp.point_normal, \
                 COALESCE(l.code, '')) > (SELECT ap.code_normal, COALESCE(au.walk_seq, au.route_seq), au.building_normal, au.unit_normal, \
                 am.utility, am.point_normal, {code} {PLACE} WHERE am.id = CAST({point} AS BIGINT))"
            ));
        }
        clause
    }
}

const PLACE: &str =
    "FROM meter_point am JOIN unit au ON au.id = am.unit_id JOIN property ap ON ap.id = au.property_id";

impl Place {
    fn parse(text: &str) -> Option<Self> {
        let (point, code) = text.split_once('.')?;
        let fits = code.len() <= 64 && code.bytes().all(|it| it.is_ascii_graphic());
        fits.then_some(Self {
            meter_point_id: point.parse().ok()?,
            code: code.to_owned(),
        })
    }
}

/// Conditions that follow another one, and what is bound in them; every bind is text.
#[derive(Debug, Default)]
pub(super) struct Clause {
    pub(super) sql: String,
    pub(super) binds: Vec<String>,
}

impl Clause {
    /// Adds a condition; each `?` in it stands for `value`.
    pub(super) fn add(&mut self, condition: &str, value: String) {
        let place = self.bind(value);
        self.add_plain(&condition.replace('?', &place));
    }

    fn bind(&mut self, value: String) -> String {
        self.binds.push(value);
        format!("${}", self.binds.len())
    }

    fn add_plain(&mut self, condition: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_caller_sends_gets_into_the_sql() {
        let query = LabelsQuery {
            property: Some("x' OR 1=1 --".into()),
            q: Some("100%_!".into()),
            after: Some("7.' OR 1=1".into()),
            ..LabelsQuery::default()
        };
        assert!(LabelFilter::new(&PropertyScope::All, query.clone()).is_err());
        let query = LabelsQuery {
            after: Some("7.'OR".into()),
            ..query
        };
        let clause = LabelFilter::new(&PropertyScope::All, query)
            .unwrap()
            .page_clause();
        assert!(
            !clause.sql.contains("OR 1=1") && !clause.sql.contains("'OR"),
            "{}",
            clause.sql
        );
        assert!(
            clause.binds.contains(&"%100!%!_!!%".to_owned()),
            "{:?}",
            clause.binds
        );
    }

    #[test]
    fn a_whole_code_is_looked_up_and_not_searched() {
        let code = ShortCode::from_random([3; 7]);
        let query = LabelsQuery {
            q: Some(code.qr_text().to_lowercase()),
            ..LabelsQuery::default()
        };
        let clause = LabelFilter::new(&PropertyScope::All, query).unwrap().clause();
        assert_eq!(clause.binds, [code.to_string()]);
    }
}
