//! Readings on this phone that are not the period's regular ones: of those at a move there is one a meter point, day and kind.

use std::collections::BTreeMap;

use shared::id::ItemId;
use shared::sync::event::Entry;
use shared::timestamp::Timestamp;

use super::{Said, Where};

/// One of them; of an exchange that brought no regular reading it is the exchange itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveReading {
    /// Which meter point; see [`super::codes_of`].
    codes: String,
    /// `move_in`, `move_out` or `check`.
    pub kind: String,
    void: bool,
    /// Where the item is.
    pub at: Where,
    /// The highest revision known.
    pub revision: u32,
    /// Absent for a skip.
    pub value: Option<String>,
    /// RFC 3339.
    pub read_at: String,
    /// Who read.
    pub captured_by: String,
}

/// By item.
#[derive(Debug, Default)]
pub struct Moves {
    known: BTreeMap<ItemId, MoveReading>,
}

impl Moves {
    /// Remembers what the newest revision of an item says; also what was taken back, so that an earlier revision does not
    /// bring it up again.
    pub(super) fn mark(&mut self, said: &Said<'_>, codes: String, at: Where) {
        let reading = MoveReading {
            codes,
            kind: said.kind.clone().into_owned(),
            void: said.void,
            at,
            revision: said.revision,
            value: said.value.clone(),
            read_at: said.read_at.clone(),
            captured_by: said.captured_by.clone(),
        };
        self.known.insert(said.id, reading);
    }

    /// The newest revision of the item is a regular one.
    pub(super) fn forget(&mut self, id: ItemId) {
        self.known.remove(&id);
    }

    pub(super) fn revision_of(&self, id: ItemId) -> Option<u32> {
        Some(self.known.get(&id)?.revision)
    }

    pub(super) fn moved(&mut self, entry: &Entry, to: Where) {
        if let Some(known) = self.known.get_mut(&entry.id)
            && known.revision == entry.revision
        {
            known.at = to;
        }
    }

    /// Those of a meter point, the last one first.
    pub fn of(&self, codes: &str) -> impl Iterator<Item = (ItemId, &MoveReading)> {
        let all = self.known.iter().rev();
        all.filter(move |(_, it)| !it.void && it.codes == codes)
            .map(|(id, it)| (*id, it))
    }
}

impl MoveReading {
    /// When it was read.
    pub fn read_at(&self) -> Option<Timestamp> {
        Some(shared::timestamp::LocalTime::parse(&self.read_at)?.at)
    }
}
