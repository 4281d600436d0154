//! The phone's outbox, shelf and sent items, with the semantics of the browser's store.

use std::collections::BTreeMap;

use shared::id::ItemId;
use shared::sync::answer::VerdictText;
use shared::sync::event::{Entry, Place, Settled, Stored};
use shared::wire::batch::WireItem;
use shared::wire::receipt::WireVerdict;

/// What one person has on one phone.
#[derive(Default)]
pub struct Store {
    items: BTreeMap<Entry, String>,
    shelf: BTreeMap<Entry, String>,
    sent: BTreeMap<Entry, String>,
    expected: BTreeMap<(ItemId, u32), WireVerdict>,
    receipts: BTreeMap<(ItemId, u32), WireVerdict>,
    device_total: u64,
}

impl Store {
    /// Saves one item, as the app's save transaction would.
    ///
    /// # Errors
    /// When the item can't be written as JSON.
    pub fn save(&mut self, item: &WireItem) -> serde_json::Result<Entry> {
        let entry = Entry {
            seq: item.device_seq,
            id: item.id,
            revision: item.revision,
        };
        self.device_total = self.device_total.max(item.device_seq);
        self.items.insert(entry, serde_json::to_string(item)?);
        Ok(entry)
    }

    /// How many items wait.
    pub fn waiting(&self) -> usize {
        self.items.len()
    }

    /// How many need attention.
    pub fn shelf(&self) -> usize {
        self.shelf.len()
    }

    /// All receipts that were stored, by item and revision.
    pub fn receipts(&self) -> &BTreeMap<(ItemId, u32), WireVerdict> {
        &self.receipts
    }

    pub(crate) fn stored(&self) -> Stored {
        Stored {
            entries: self.items.keys().copied().collect(),
            shelf: self.shelf.len(),
            device_total: self.device_total,
            oldest_read_at: None,
        }
    }

    pub(crate) fn bodies(&self, entries: &[Entry]) -> Vec<(Entry, String)> {
        entries
            .iter()
            .filter_map(|it| Some((*it, self.items.get(it)?.clone())))
            .collect()
    }

    pub(crate) fn expect_receipts(&mut self, receipts: &[VerdictText]) {
        let read = receipts.iter().filter_map(|it| {
            let verdict = serde_json::from_str(&it.json).ok()?;
            Some(((it.entry.id, it.entry.revision), verdict))
        });
        self.expected.extend(read);
    }

    pub(crate) fn settle(&mut self, settled: &[Settled]) {
        for one in settled {
            let place = match one.place() {
                Place::Outbox => continue,
                Place::Shelf => &mut self.shelf,
                Place::Sent => &mut self.sent,
            };
            if let Some(body) = self.items.remove(&one.entry) {
                place.insert(one.entry, body);
            }
            let key = (one.entry.id, one.entry.revision);
            if let Some(receipt) = self.expected.remove(&key) {
                self.receipts.insert(key, receipt);
            }
        }
    }

    pub(crate) fn offer_again(&mut self, missing: &[(u64, u64)]) {
        let again: Vec<Entry> = self
            .sent
            .keys()
            .filter(|it| {
                missing
                    .iter()
                    .any(|(first, last)| (*first..=*last).contains(&it.seq))
            })
            .copied()
            .collect();
        for entry in again {
            if let Some(body) = self.sent.remove(&entry) {
                self.items.insert(entry, body);
            }
        }
    }
}
