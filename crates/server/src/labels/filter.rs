//! What of the list of labels is asked for, as conditions; whatever callers sent is bound, never put into the text.

use shared::code;
use shared::label::ShortCode;
use shared::wire::labels::LabelsQuery;

use crate::auth::PropertyScope;
use crate::list_filter::{Clause, FilterError, check_text, like_pattern};

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
    pub fn new(scope: &PropertyScope, query: LabelsQuery) -> Result<Self, FilterError> {
        check_text("property", query.property.as_deref())?;
        check_text("q", query.q.as_deref())?;
        if !matches!(
            query.state.as_deref().unwrap_or_default(),
            "" | "active" | "revoked" | "none"
        ) {
            return Err(FilterError::new("state", "is `active`, `revoked` or `none`"));
        }
        let after = match query.after.as_deref() {
            None => None,
            Some(text) => Some(Place::parse(text).ok_or_else(FilterError::after)?),
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

    /// Whether one label is looked up by its code.
    pub(super) fn is_one_label(&self) -> bool {
        self.code().is_some()
    }

    /// Whether it asks all properties for meter points without a valid label.
    pub(super) fn is_for_unlabelled_of_all(&self) -> bool {
        let of_all = trimmed(&self.query.property).is_empty();
        self.query.state.as_deref() == Some("none") && of_all && !self.is_one_label()
    }

    /// Whether the list is read from its beginning.
    pub fn is_first_page(&self) -> bool {
        self.after.is_none()
    }

    /// The one label that is looked for.
    fn code(&self) -> Option<ShortCode> {
        ShortCode::parse(self.query.q.as_deref()?)
    }

    /// Everything but the place in the list.
    pub(super) fn clause(&self) -> Clause {
        let mut clause = Clause::default();
        clause.add_plain(super::JOINED);
        if let Some(codes) = self.scope.as_json() {
            clause.add("p.code_normal IN (SELECT atom FROM json_each(?))", codes);
        }
        let (property, sought) = (trimmed(&self.query.property), trimmed(&self.query.q));
        if !property.is_empty() {
            clause.add("p.code_normal = ?", code::normal(property));
        }
        match self.query.state.as_deref() {
            Some("active") => clause.add_plain(super::ACTIVE),
            Some("revoked") => clause.add_plain("l.revoked_at IS NOT NULL"),
            Some("none") => clause.add_plain(super::UNLABELLED),
            _ => {}
        }
        if let Some(code) = self.code() {
            clause.add("l.code = ?", code.to_string());
        } else if !sought.is_empty() {
            clause.add(
                "(u.unit_normal LIKE ? ESCAPE '!' OR u.building_normal LIKE ? ESCAPE '!' \
                 OR u.building_normal || ' ' || u.unit_normal LIKE ? ESCAPE '!')",
                like_pattern(&code::normal(sought)),
            );
        }
        clause
    }

    /// With the place in the list.
    pub(super) fn page_clause(&self) -> Clause {
        let mut clause = self.clause();
        if let Some(place) = &self.after {
            // The first two conditions are no news beside the third, but such that the indexes of properties and units understand:
            // of the property of the place its units from there on, of those behind it all.
            let point = clause.bind(place.meter_point_id.to_string());
            let code = clause.bind(place.code.clone());
            clause.add_plain(&format!(
                "p.code_normal >= (SELECT ap.code_normal {PLACE} WHERE am.id = CAST({point} AS BIGINT))"
            ));
            clause.add_plain(&format!(
                "COALESCE(u.walk_seq, u.route_seq) >= CASE WHEN p.code_normal > (SELECT ap.code_normal {PLACE} \
                 WHERE am.id = CAST({point} AS BIGINT)) THEN {FIRST_PLACE} ELSE (SELECT COALESCE(au.walk_seq, au.route_seq) \
                 {PLACE} WHERE am.id = CAST({point} AS BIGINT)) END"
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

/// What was typed; empty where nothing was.
fn trimmed(typed: &Option<String>) -> &str {
    typed.as_deref().map(str::trim).unwrap_or_default()
}

/// Before every other in its property: one more than the least, whose digits alone PostgreSQL would not take for a whole number.
const FIRST_PLACE: i64 = -i64::MAX;
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
