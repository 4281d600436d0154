//! Words for names that travel and that only the office shows.

use ui::wording::named;

use super::Wording;

impl Wording {
    /// State of a reading in the office.
    pub(crate) fn reading_state(&self, name: &str) -> String {
        named(self.lists.state, name)
    }

    /// Where a reading came from.
    pub(crate) fn source(&self, name: &str) -> String {
        named(self.lists.source, name)
    }
}
