//! What of the audit is asked for, as conditions; whatever callers sent is bound, never put into the text.

use shared::timestamp::LocalTime;
use shared::wire::audit::AuditQuery;

use super::SUBJECT_CHARACTERS_MAX;
use crate::list_filter::{Clause, FilterError, check_text};

/// A filter that can be asked.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    query: AuditQuery,
    from: Option<i64>,
    to: Option<i64>,
    after: Option<Place>,
}

/// A row's place in the list: when, and its number among those of that moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) at: i64,
    pub(super) seq: i64,
}

impl AuditFilter {
    /// Reads the query.
    pub fn new(query: AuditQuery) -> Result<Self, FilterError> {
        check_text("actor", query.actor.as_deref())?;
        check_text("action", query.action.as_deref())?;
        let subject = query.subject.as_deref().unwrap_or_default();
        if subject.chars().count() > SUBJECT_CHARACTERS_MAX || subject.contains('\0') {
            return Err(FilterError::new("subject", "has at most 200 characters"));
        }
        let after = query.after.as_deref();
        let after = after
            .map(|text| Place::parse(text).ok_or_else(FilterError::after))
            .transpose()?;
        Ok(Self {
            from: moment("from", query.from.as_deref())?,
            to: moment("to", query.to.as_deref())?,
            after,
            query,
        })
    }

    /// The same, continued behind a row.
    pub(super) fn behind(&self, place: Place) -> Self {
        Self {
            after: Some(place),
            ..self.clone()
        }
    }

    pub(super) fn clause(&self) -> Clause {
        let mut clause = Clause::default();
        clause.add_plain("1 = 1");
        let set = |value: &Option<String>| {
            let text = value.as_deref().unwrap_or_default().trim().to_owned();
            Some(text).filter(|it| !it.is_empty())
        };
        if let Some(actor) = set(&self.query.actor) {
            clause.add("LOWER(a.actor) = LOWER(?)", actor);
        }
        if let Some(action) = set(&self.query.action) {
            clause.add("a.action = ?", action);
        }
        if let Some(subject) = set(&self.query.subject) {
            clause.add("LOWER(a.subject) = LOWER(?)", subject);
        }
        // Numbers are read above, so the texts are digits.
        if let Some(from) = self.from {
            clause.add("a.at >= CAST(? AS BIGINT)", from.to_string());
        }
        if let Some(to) = self.to {
            clause.add("a.at < CAST(? AS BIGINT)", to.to_string());
        }
        if let Some(place) = self.after {
            let (at, seq) = (
                clause.bind(place.at.to_string()),
                clause.bind(place.seq.to_string()),
            );
            clause.add_plain(&format!(
                "(a.at, a.seq) < (CAST({at} AS BIGINT), CAST({seq} AS BIGINT))"
            ));
        }
        clause
    }
}

impl Place {
    pub(super) fn text(self) -> String {
        format!("{}.{}", self.at, self.seq)
    }

    fn parse(text: &str) -> Option<Self> {
        let (at, seq) = text.split_once('.')?;
        Some(Self {
            at: at.parse().ok()?,
            seq: seq.parse().ok()?,
        })
    }
}

fn moment(name: &'static str, text: Option<&str>) -> Result<Option<i64>, FilterError> {
    let Some(text) = text.filter(|it| !it.is_empty()) else {
        return Ok(None);
    };
    let time = LocalTime::parse(text)
        .ok_or_else(|| FilterError::new(name, "is a moment such as 2026-11-27T00:00:00Z"))?;
    Ok(Some(time.at.ms()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_caller_sends_gets_into_the_sql() {
        let query = AuditQuery {
            actor: Some("x' OR 1=1 --".into()),
            action: Some("import' OR 'a'='a".into()),
            subject: Some(" GC A' --".into()),
            after: Some("1.2".into()),
            ..AuditQuery::default()
        };
        let clause = AuditFilter::new(query).unwrap().clause();
        assert!(!clause.sql.contains('\''), "{}", clause.sql);
        assert_eq!(
            clause.binds,
            ["x' OR 1=1 --", "import' OR 'a'='a", "GC A' --", "1", "2"]
        );
    }

    #[test]
    fn a_wrong_filter_is_told_what_would_be_right() {
        let query = AuditQuery {
            from: Some("yesterday".into()),
            ..AuditQuery::default()
        };
        let error = AuditFilter::new(query).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`from` is a moment such as 2026-11-27T00:00:00Z"
        );
        let query = AuditQuery {
            after: Some("1.2' OR 1=1".into()),
            ..AuditQuery::default()
        };
        assert!(AuditFilter::new(query).is_err());
    }
}
