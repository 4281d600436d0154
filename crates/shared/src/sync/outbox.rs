//! What waits, what is on its way, and what backs off alone. The only place where an entry's stage changes.
//!
//! Entries are kept by running number, the order of capture. Nothing here walks over the whole outbox but
//! [`Outbox::load`]: with 10,000 entries a batch of 500 costs 500.

use std::collections::{BTreeMap, BTreeSet};

use super::clock::Moment;
use super::event::Entry;
use super::journal::{Change, Journal, Reader};
use super::ranges::{self, Range};
use crate::id::ItemId;

/// Order of capture. The id only tells apart what a lost counter numbered twice.
pub(super) type Key = (u64, ItemId);

pub(super) fn key(entry: &Entry) -> Key {
    (entry.seq, entry.id)
}

/// Where an entry is between being stored and its receipt being stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Goes with the next batch.
    Ready,
    /// In the batch that is on its way.
    InFlight,
    /// The receipt is here; the store has not confirmed it yet.
    Settling,
    /// Not now: backs off alone.
    Alone { due: Moment },
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    revision: u32,
    stage: Stage,
    failures: u32,
    /// A batch of it alone failed as a whole: it must not travel with others again.
    suspect: bool,
}

impl Slot {
    fn new(revision: u32) -> Self {
        Self {
            revision,
            stage: Stage::Ready,
            failures: 0,
            suspect: false,
        }
    }
}

/// The outbox of one person.
#[derive(Debug, Clone, Default)]
pub(super) struct Outbox {
    slots: BTreeMap<Key, Slot>,
    /// By place: what goes first (`false`), then the others, each in the order of capture.
    ready: BTreeSet<(bool, Key)>,
    first: BTreeSet<ItemId>,
    /// By the moment when they are due; they may travel with others.
    resting: BTreeSet<(Moment, Key)>,
    /// By the moment when they are due; each travels alone.
    suspects: BTreeSet<(Moment, Key)>,
    /// What left the outbox in this run, by its revision.
    gone: BTreeMap<Key, u32>,
    journal: Journal,
}

impl Outbox {
    /// Everything that has no stored receipt yet.
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    pub(super) fn has_ready(&self) -> bool {
        !self.ready.is_empty()
    }

    /// Whether this item waits, in whatever revision.
    pub(super) fn holds(&self, item: ItemId) -> bool {
        self.slots.keys().any(|(_, id)| *id == item)
    }

    /// The first of all, in the order of capture.
    pub(super) fn first(&self) -> Option<Key> {
        self.slots.keys().next().copied()
    }

    /// The first entry in the order of capture that goes with one of the next batches.
    pub(super) fn first_ready(&self) -> Option<Key> {
        let first_other = self.ready.range((true, Key::default())..).next();
        let first = self.ready.first().into_iter().chain(first_other);
        first.map(|(_, key)| *key).min()
    }

    /// These items go before the others.
    pub(super) fn put_first(&mut self, ids: BTreeSet<ItemId>) {
        if self.first != ids {
            self.first = ids;
            self.index();
        }
    }

    /// When the first entry that backs off alone is due.
    pub(super) fn next_due(&self) -> Option<Moment> {
        let first = |waiting: &BTreeSet<(Moment, Key)>| waiting.first().map(|(due, _)| *due);
        first(&self.resting)
            .into_iter()
            .chain(first(&self.suspects))
            .min()
    }

    /// The parts of these inclusive ranges, within 1 to `max`, of which nothing waits.
    pub(super) fn without_waiting(&self, ranges: &[Range], max: u64) -> Vec<Range> {
        let below = |seq: u64| (seq, ItemId::default());
        ranges::without(ranges, max, |(first, last)| {
            let waiting = self.slots.range(below(first)..below(last.saturating_add(1)));
            waiting.map(|((seq, _), _)| (*seq, *seq))
        })
    }

    /// A run begins: what left the outbox before is forgotten.
    pub(super) fn begin_run(&mut self) {
        self.gone.clear();
    }

    /// No snapshot will come for this reader.
    pub(super) fn no_longer_expect(&mut self, reader: Reader) {
        self.journal.cancel(reader);
    }

    /// From here on changes are written down, until the snapshot that is being read arrives.
    pub(super) fn expect(&mut self, reader: Reader) {
        self.journal.expect(reader);
    }

    /// Takes over what the store holds, plus what changed since the reading was asked for. `true`: something left the
    /// outbox meanwhile, before or after the store was read.
    pub(super) fn load(&mut self, entries: &[Entry], reader: Reader) -> bool {
        let changes = self.journal.changes_for(reader);
        // Each attempt to reach the server reads the store, and most find what is known.
        if changes.is_empty() && self.is_known(entries) {
            return false;
        }
        let before = std::mem::take(&mut self.slots);
        if reader == Reader::Offer {
            // The store was changed for it: a snapshot that is still under way may be older.
            let came_back = entries.iter().filter(|entry| !before.contains_key(&key(entry)));
            came_back.for_each(|entry| self.journal.write(Change::Saved(*entry)));
        }
        let known = |entry: &Entry| {
            before
                .get(&key(entry))
                .filter(|slot| slot.revision == entry.revision)
        };
        for entry in entries {
            self.slots.insert(
                key(entry),
                known(entry).copied().unwrap_or(Slot::new(entry.revision)),
            );
        }
        let has_gone = changes.iter().any(|change| matches!(change, Change::Gone(_)));
        for change in changes {
            match change {
                Change::Saved(entry) => {
                    let slot = known(&entry).copied().unwrap_or(Slot::new(entry.revision));
                    let held = self.slots.entry(key(&entry)).or_insert(slot);
                    if held.revision < entry.revision {
                        *held = slot;
                    }
                }
                Change::Gone(entry) => {
                    if self
                        .slots
                        .get(&key(&entry))
                        .is_some_and(|slot| slot.revision == entry.revision)
                    {
                        self.slots.remove(&key(&entry));
                    }
                }
            }
        }
        self.index();
        has_gone
    }

    /// A person's store holds this entry: new, or in a higher revision, which starts afresh whatever became of the
    /// lower one. `true`: it was not waiting before.
    pub(super) fn save(&mut self, entry: Entry) -> bool {
        let is_gone = self
            .gone
            .get(&key(&entry))
            .is_some_and(|gone| *gone >= entry.revision);
        if is_gone {
            // The store was read, and the receipt was here, before this news of it.
            return false;
        }
        self.journal.write(Change::Saved(entry));
        match self.slots.get(&key(&entry)) {
            Some(slot) if slot.revision >= entry.revision => false,
            Some(_) => {
                self.leave(key(&entry));
                self.enter(key(&entry), Slot::new(entry.revision));
                false
            }
            None => {
                self.enter(key(&entry), Slot::new(entry.revision));
                true
            }
        }
    }

    /// The next batch: up to `size` entries in the order of capture; what goes first travels by itself. When there are
    /// none, one that is suspected of spoiling batches, alone.
    pub(super) fn take(&mut self, size: usize, now: Moment) -> Vec<Entry> {
        while let Some((due, due_key)) = self.resting.first().copied()
            && due <= now
        {
            self.restage(due_key, Stage::Ready);
        }
        let place = self.ready.first().map(|(place, _)| *place);
        let next = self.ready.iter().take_while(|(other, _)| Some(*other) == place);
        let mut keys: Vec<Key> = next.take(size).map(|(_, key)| *key).collect();
        if keys.is_empty() {
            keys.extend(
                self.suspects
                    .first()
                    .filter(|(due, _)| *due <= now)
                    .map(|(_, key)| *key),
            );
        }
        let mut entries = Vec::with_capacity(keys.len());
        for key in keys {
            self.restage(key, Stage::InFlight);
            if let Some(slot) = self.slots.get(&key) {
                entries.push(Entry {
                    seq: key.0,
                    id: key.1,
                    revision: slot.revision,
                });
            }
        }
        entries
    }

    /// The batch came to nothing: its entries wait for the next one.
    pub(super) fn put_back(&mut self, entries: &[Entry], now: Moment) {
        for entry in entries
            .iter()
            .filter(|entry| self.is_held(entry))
            .copied()
            .collect::<Vec<_>>()
        {
            let suspect = self.slots.get(&key(&entry)).is_some_and(|slot| slot.suspect);
            // A suspect never goes back among the others.
            self.restage(
                key(&entry),
                if suspect {
                    Stage::Alone { due: now }
                } else {
                    Stage::Ready
                },
            );
        }
    }

    /// The receipt is here, the store works on it.
    pub(super) fn settle(&mut self, entry: &Entry) {
        if self.is_held(entry) {
            self.restage(key(entry), Stage::Settling);
        }
    }

    /// The store holds the receipt of exactly this revision. `true`: nothing of the item waits any more; `false`: a
    /// later revision does.
    pub(super) fn remove(&mut self, entry: &Entry) -> bool {
        self.journal.write(Change::Gone(*entry));
        let held = self.is_held(entry);
        if held {
            self.leave(key(entry));
            self.slots.remove(&key(entry));
            self.gone.insert(key(entry), entry.revision);
        }
        held
    }

    /// Not now. How often that happened to this revision decides over the wait; `suspect`: it failed as a batch of
    /// its own.
    pub(super) fn rest(&mut self, entry: &Entry, suspect: bool, due: impl FnOnce(u32) -> Moment) {
        if !self.is_held(entry) {
            return;
        }
        if let Some(slot) = self.slots.get_mut(&key(entry)) {
            slot.failures = slot.failures.saturating_add(1);
            let stage = Stage::Alone {
                due: due(slot.failures),
            };
            // The sets are keyed by what is about to change: leave first.
            let suspect = slot.suspect || suspect;
            self.leave(key(entry));
            if let Some(slot) = self.slots.get_mut(&key(entry)) {
                slot.suspect = suspect;
            }
            self.restage(key(entry), stage);
        }
    }

    /// A fresh hint: whoever backs off alone may try now.
    pub(super) fn wake_all(&mut self, now: Moment) {
        let later = |waiting: &BTreeSet<(Moment, Key)>| -> Vec<Key> {
            waiting
                .iter()
                .filter(|(due, _)| *due > now)
                .map(|(_, key)| *key)
                .collect()
        };
        for key in later(&self.resting).into_iter().chain(later(&self.suspects)) {
            self.restage(key, Stage::Alone { due: now });
        }
    }

    /// Whether these, which rise, are exactly what is here.
    fn is_known(&self, entries: &[Entry]) -> bool {
        self.slots.len() == entries.len()
            && self
                .slots
                .iter()
                .zip(entries)
                .all(|((held, slot), entry)| *held == key(entry) && slot.revision == entry.revision)
    }

    fn is_held(&self, entry: &Entry) -> bool {
        self.slots
            .get(&key(entry))
            .is_some_and(|slot| slot.revision == entry.revision)
    }

    fn restage(&mut self, key: Key, stage: Stage) {
        if let Some(slot) = self.slots.get(&key).copied() {
            self.leave(key);
            self.enter(key, Slot { stage, ..slot });
        }
    }

    fn enter(&mut self, key: Key, slot: Slot) {
        self.slots.insert(key, slot);
        match slot.stage {
            Stage::Ready => _ = self.ready.insert(self.placed(key)),
            Stage::Alone { due } if slot.suspect => _ = self.suspects.insert((due, key)),
            Stage::Alone { due } => _ = self.resting.insert((due, key)),
            Stage::InFlight | Stage::Settling => {}
        }
    }

    fn leave(&mut self, key: Key) {
        match self.slots.get(&key).map(|slot| slot.stage) {
            Some(Stage::Ready) => _ = self.ready.remove(&self.placed(key)),
            Some(Stage::Alone { due }) => {
                self.suspects.remove(&(due, key));
                self.resting.remove(&(due, key));
            }
            Some(Stage::InFlight | Stage::Settling) | None => {}
        }
    }

    fn placed(&self, key: Key) -> (bool, Key) {
        (!self.first.contains(&key.1), key)
    }

    fn index(&mut self) {
        self.ready.clear();
        self.resting.clear();
        self.suspects.clear();
        let slots = std::mem::take(&mut self.slots);
        for (key, slot) in slots {
            self.enter(key, slot);
        }
    }
}

#[cfg(test)]
mod tests;
