//! Evicted storage: everything that a phone's browser had stored is gone. What it, its cookie or the server can still
//! know has to be said; more is not promised.

use std::collections::BTreeSet;

use shared::id::{DeviceId, ItemId};

use super::store::Store;
use super::table::Fault;
use super::world::World;

/// What was on a phone when its storage was thrown away.
#[derive(Debug, Clone)]
pub(super) struct Lost {
    device: DeviceId,
    person: String,
    /// Running numbers that were given until then.
    counter: u64,
    /// Items that no receipt had come for.
    waiting: BTreeSet<ItemId>,
    /// Items with a receipt: they are safe with the server, unless that is restored.
    received: BTreeSet<ItemId>,
}

impl World {
    /// Whether the browser throws away what is stored on a phone that is about to die.
    pub(super) fn decide_eviction(&mut self, phone: usize) -> bool {
        let evicts = self.settings.evictions && self.chance.percent(40);
        if evicts {
            self.met(Fault::Evicted, phone);
        }
        evicts
    }

    /// What a phone without an open page had stored is gone. Mostly the cookie with the phone's id and its last numbers
    /// survives; else it is a new phone.
    pub(super) fn evict(&mut self, phone: usize) {
        let cookie_is_kept = self.chance.percent(70);
        let new_device = DeviceId::new(self.now(), self.chance.bytes());
        let known = &mut self.phones[phone];
        for (person, store) in &mut known.stores {
            self.lost.push(Lost {
                device: known.device,
                person: person.clone(),
                counter: store.counter,
                waiting: store.items.keys().copied().collect(),
                received: store
                    .sent
                    .iter()
                    .map(|kept| kept.body.entry.id)
                    .chain(store.shelf.keys().copied())
                    .collect(),
            });
            *store = Store {
                counter: if cookie_is_kept { store.counter } else { 0 },
                ..Store::default()
            };
        }
        if !cookie_is_kept {
            known.device = new_device;
        }
        known.changed(self.now_ms);
    }

    /// Whether the server may miss this item, or its last edit.
    pub(super) fn may_be_lost(&self, id: ItemId) -> bool {
        let was_restored = self.server.restores > 0;
        self.lost
            .iter()
            .any(|lost| lost.waiting.contains(&id) || (was_restored && lost.received.contains(&id)))
    }

    /// Whether the item was on a phone whose storage was evicted: no shelf can be asked for it.
    pub(super) fn was_evicted(&self, id: ItemId) -> bool {
        self.lost
            .iter()
            .any(|lost| lost.waiting.contains(&id) || lost.received.contains(&id))
    }

    /// Whether the server may miss this running number.
    pub(super) fn number_may_be_lost(&self, device: DeviceId, person: &str, seq: u64) -> bool {
        self.lost
            .iter()
            .any(|lost| lost.device == device && lost.person == person && seq <= lost.counter)
    }
}
