//! The device's store of one person, as durable as IndexedDB: each function is one transaction.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use shared::id::ItemId;
use shared::photo::PhotoKey;
use shared::sync::event::{Entry, Place, Settled, Stored};
use shared::wire::batch::WireItem;
use shared::wire::receipt::WireVerdict;

use super::points::Form;

/// One stored item.
#[derive(Debug, Clone)]
pub(super) struct Body {
    pub(super) entry: Entry,
    pub(super) form: Form,
    pub(super) wire: Rc<WireItem>,
}

/// An item with the server's verdict.
#[derive(Debug, Clone)]
pub(super) struct Answered {
    pub(super) body: Body,
    pub(super) verdict: WireVerdict,
}

/// The stores `items`, `shelf`, `sent` and `counters` of one person.
#[derive(Debug, Default)]
pub(super) struct Store {
    pub(super) items: BTreeMap<ItemId, Body>,
    pub(super) shelf: BTreeMap<ItemId, Answered>,
    pub(super) sent: Vec<Answered>,
    pub(super) counter: u64,
    /// In a database of its own; of a form it is stored before the item.
    pub(super) photos: BTreeSet<PhotoKey>,
}

impl Store {
    pub(super) fn stored(&self) -> Stored {
        let mut entries: Vec<Entry> = self.items.values().map(|body| body.entry).collect();
        entries.sort();
        Stored {
            entries,
            shelf: self.shelf.len(),
            device_total: self.counter,
            oldest_read_at: None,
        }
    }

    /// A second save of one form is a replay. `make` is given running number and revision.
    pub(super) fn save(&mut self, form: &Form, make: impl FnOnce(u64, u32) -> WireItem) -> (Entry, bool) {
        let kept = self
            .items
            .get(&form.id)
            .or_else(|| self.shelf.get(&form.id).map(|kept| &kept.body));
        let kept = kept.or_else(|| {
            self.sent
                .iter()
                .find(|kept| kept.body.entry.id == form.id)
                .map(|kept| &kept.body)
        });
        if let Some(kept) = kept {
            return (kept.entry, true);
        }
        self.counter += 1;
        let entry = Entry {
            seq: self.counter,
            id: form.id,
            revision: 1,
        };
        self.put(entry, form, make(entry.seq, 1));
        (entry, false)
    }

    /// Replaces an item of the outbox or the shelf by its next revision; `None` when it is neither here nor there. The
    /// meter was read when it was read: the edit keeps that.
    pub(super) fn replace(&mut self, form: &Form, make: impl FnOnce(u64, u32) -> WireItem) -> Option<Entry> {
        let old = match self.items.get(&form.id) {
            Some(body) => body.clone(),
            None => self.shelf.remove(&form.id)?.body,
        };
        let entry = Entry {
            revision: old.entry.revision + 1,
            ..old.entry
        };
        let wire = WireItem {
            read_at: old.wire.read_at.clone(),
            period: old.wire.period.clone(),
            clock: old.wire.clock.clone(),
            ..make(entry.seq, entry.revision)
        };
        self.put(entry, form, wire);
        Some(entry)
    }

    /// The texts of these entries; one that is not stored in this revision is left out.
    pub(super) fn bodies(&self, entries: &[Entry]) -> Vec<Body> {
        let held = entries
            .iter()
            .filter_map(|entry| self.items.get(&entry.id).filter(|body| body.entry == *entry));
        held.cloned().collect()
    }

    /// Moves what was answered. A later revision that was stored meanwhile stays.
    pub(super) fn settle(&mut self, settled: &[Settled], answered: &[Answered]) {
        for settled in settled {
            let Some(kept) = answered.iter().find(|kept| kept.body.entry == settled.entry) else {
                continue;
            };
            let is_held = self
                .items
                .get(&settled.entry.id)
                .is_some_and(|body| body.entry == settled.entry);
            match settled.place() {
                Place::Sent => self.sent.push(kept.clone()),
                Place::Shelf if is_held => _ = self.shelf.insert(settled.entry.id, kept.clone()),
                Place::Shelf | Place::Outbox => {}
            }
            if is_held && settled.place() != Place::Outbox {
                self.items.remove(&settled.entry.id);
            }
        }
    }

    /// Puts kept items with these running numbers back into the outbox, each in its highest revision.
    pub(super) fn offer_again(&mut self, missing: &[(u64, u64)]) {
        let is_missing = |seq: u64| {
            missing
                .iter()
                .any(|(first, last)| (*first..=*last).contains(&seq))
        };
        let on_shelf: Vec<ItemId> = self
            .shelf
            .values()
            .map(|kept| kept.body.entry)
            .filter(|it| is_missing(it.seq))
            .map(|it| it.id)
            .collect();
        let taken = on_shelf
            .iter()
            .filter_map(|id| self.shelf.remove(id))
            .map(|kept| kept.body);
        let sent = self
            .sent
            .iter()
            .map(|kept| &kept.body)
            .filter(|body| is_missing(body.entry.seq))
            .cloned();
        let offered: Vec<Body> = taken.chain(sent).collect();
        for body in offered {
            let newest = self
                .items
                .get(&body.entry.id)
                .is_none_or(|held| held.entry.revision < body.entry.revision);
            if newest {
                self.items.insert(body.entry.id, body);
            }
        }
    }

    fn put(&mut self, entry: Entry, form: &Form, wire: WireItem) {
        self.items.insert(
            entry.id,
            Body {
                entry,
                form: form.clone(),
                wire: Rc::new(wire),
            },
        );
    }
}
