//! What the office's lists have in common: filters that are read once and turned into SQL that both databases understand.

/// Longest text of a filter.
const TEXT_CHARACTERS_MAX: usize = 100;

/// A filter that can't be understood; says which and what would be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` {right}")]
pub struct FilterError {
    name: &'static str,
    right: &'static str,
}

impl FilterError {
    pub(crate) fn new(name: &'static str, right: &'static str) -> Self {
        Self { name, right }
    }

    /// `after` is nothing that a page was answered with.
    pub(crate) fn after() -> Self {
        Self::new("after", "is the `next` of the page before")
    }
}

/// A text that a filter may hold.
pub(crate) fn check_text(name: &'static str, text: Option<&str>) -> Result<(), FilterError> {
    let fits = text.is_none_or(|text| text.chars().count() <= TEXT_CHARACTERS_MAX && !text.contains('\0'));
    if fits {
        Ok(())
    } else {
        Err(FilterError::new(name, "has at most 100 characters"))
    }
}

/// Fits whatever contains the text; to be followed by `ESCAPE '!'`.
pub(crate) fn like_pattern(text: &str) -> String {
    let escaped = text.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{escaped}%")
}

/// Conditions that all have to hold, and what is bound in them; every bind is text.
#[derive(Debug, Default)]
pub(crate) struct Clause {
    pub(crate) sql: String,
    pub(crate) binds: Vec<String>,
}

impl Clause {
    /// Adds a condition; each `?` in it stands for `value`.
    pub(crate) fn add(&mut self, condition: &str, value: String) {
        let place = self.bind(value);
        self.add_plain(&condition.replace('?', &place));
    }

    /// Binds a value, and tells by what name conditions call it.
    pub(crate) fn bind(&mut self, value: String) -> String {
        self.binds.push(value);
        format!("${}", self.binds.len())
    }

    /// Adds a condition without a value.
    pub(crate) fn add_plain(&mut self, condition: &str) {
        if !self.sql.is_empty() {
            self.sql.push_str(" AND ");
        }
        self.sql.push_str(condition);
    }
}
