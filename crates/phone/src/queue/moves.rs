//! Readings at a move that were made on this phone: one a meter point, day and kind.

use std::collections::BTreeMap;

use shared::id::ItemId;
use shared::sync::event::Entry;
use shared::timestamp::Timestamp;

use super::{Said, Where};

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveReading {
    /// Which meter point; see [`super::codes_of`].
    codes: String,
    /// `move_in` or `move_out`.
    pub kind: String,
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
    /// Remembers what an item says, or that it says so no more.
    pub(super) fn mark(&mut self, said: &Said<'_>, codes: String, at: Where) {
        let known = self.known.get(&said.id);
        if known.is_some_and(|known| known.revision > said.revision) {
            return;
        }
        if said.void || !is_move(&said.kind) {
            self.known.remove(&said.id);
            return;
        }
        let reading = MoveReading {
            codes,
            kind: said.kind.clone().into_owned(),
            at,
            revision: said.revision,
            value: said.value.clone(),
            read_at: said.read_at.clone(),
            captured_by: said.captured_by.clone(),
        };
        self.known.insert(said.id, reading);
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
        all.filter(move |(_, it)| it.codes == codes)
            .map(|(id, it)| (*id, it))
    }
}

impl MoveReading {
    /// When it was read.
    pub fn read_at(&self) -> Option<Timestamp> {
        Some(shared::timestamp::LocalTime::parse(&self.read_at)?.at)
    }
}

fn is_move(kind: &str) -> bool {
    matches!(kind, "move_in" | "move_out")
}
