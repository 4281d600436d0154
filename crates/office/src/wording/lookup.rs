//! Words for names that travel and that only the office shows.

use ui::wording::named;

use super::Wording;

impl Wording {
    /// State of a reading in the office.
    pub(crate) fn reading_state(&self, name: &str) -> String {
        named(self.lists.state, name)
    }

    /// What the office did with a reading.
    pub(crate) fn step(&self, name: &str) -> String {
        named(self.decisions().step, name)
    }

    /// Why the server refused, as the office says it.
    pub(crate) fn refusal(&self, code: &str) -> String {
        let own = self.lists.refusal.iter().find(|(name, _)| *name == code);
        own.map_or_else(|| self.code(code), |(_, word)| String::from(*word))
    }

    /// Where a reading came from.
    pub(crate) fn source(&self, name: &str) -> String {
        named(self.lists.source, name)
    }
}
