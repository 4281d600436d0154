//! What happened to the outbox while a snapshot of the store was being read.
//!
//! Reading the store takes time, and a reading may be saved meanwhile. The snapshot does not know of it; the journal
//! does.

use super::event::Entry;

/// Who waits for a snapshot. Each has at most one under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// `RequestLock`: the snapshot comes with the lock.
    Lock,
    /// `ReadOutbox`.
    Tab,
    /// `OfferAgain`.
    Offer,
}

/// One change, as the store confirmed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Saved(Entry),
    Gone(Entry),
}

/// Changes in order, and from which one on each reader wants them.
#[derive(Debug, Clone, Default)]
pub(super) struct Journal {
    changes: Vec<Change>,
    starts: [Option<usize>; 3],
}

impl Journal {
    pub(super) fn expect(&mut self, reader: Reader) {
        self.starts[reader as usize] = Some(self.changes.len());
    }

    pub(super) fn write(&mut self, change: Change) {
        if self.starts.iter().any(Option::is_some) {
            self.changes.push(change);
        }
    }

    /// The snapshot of this reader is here: what it cannot know.
    pub(super) fn changes_for(&mut self, reader: Reader) -> Vec<Change> {
        let start = self.starts[reader as usize].take();
        let since = start
            .and_then(|start| self.changes.get(start..))
            .map(<[Change]>::to_vec)
            .unwrap_or_default();
        self.forget_unwanted();
        since
    }

    /// No snapshot will come for this reader.
    pub(super) fn cancel(&mut self, reader: Reader) {
        self.starts[reader as usize] = None;
        self.forget_unwanted();
    }

    fn forget_unwanted(&mut self) {
        if self.starts.iter().all(Option::is_none) {
            self.changes.clear();
        }
    }
}
