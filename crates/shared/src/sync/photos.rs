//! Photos that wait on this phone: which may go, in parts of which size, and what each waits for.

use std::collections::BTreeMap;

use super::backoff::Backoff;
use super::chance::Chance;
use super::clock::Moment;
use super::event::Network;
use super::settings::SyncSettings;
use crate::id::ItemId;
use crate::photo::{PART_BYTES_MAX, PhotoKey};

/// The first part: a second on a weak 3G link.
const PART_BYTES_FIRST: u64 = 64 * 1024;
/// On the weakest link a part still ends before it counts as stalled.
const PART_BYTES_MIN: u64 = 8 * 1024;
/// What took less may be twice as large next time.
const QUICK_MS: u64 = 2_000;
/// A photo that the server does not want is offered again after an hour, then after two, at last once a day: to send it
/// whole each minute would cost the person's data and change nothing.
const UNWANTED_FIRST_MS: u64 = 60 * 60 * 1_000;
const UNWANTED_LONGEST_MS: u64 = 24 * 60 * 60 * 1_000;

/// A part that is on its way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sending {
    pub(super) attempt: u64,
    pub(super) photo: PhotoKey,
    /// What the server was known to hold.
    pub(super) held: Option<u64>,
    /// It was charged to the budget when it was sent.
    pub(super) charged: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// What the server holds, once it has said so.
    held: Option<u64>,
    refusals: u32,
    due: Option<Moment>,
}

/// The photos of one person.
#[derive(Debug, Clone)]
pub(super) struct Photos {
    slots: BTreeMap<PhotoKey, Slot>,
    sending: Option<Sending>,
    part_bytes: u64,
    /// Own back-off: a photo that fails never delays an item.
    backoff: Backoff,
}

impl Default for Photos {
    fn default() -> Self {
        Self {
            slots: BTreeMap::new(),
            sending: None,
            part_bytes: PART_BYTES_FIRST,
            backoff: Backoff::default(),
        }
    }
}

/// Whether photos may use this network. Where the browser does not tell, a tap decides.
pub(super) fn may_travel(settings: &SyncSettings, network: Network, by_person: bool) -> bool {
    match network {
        Network::Wifi => true,
        Network::Cellular => !settings.photos_on_wifi_only,
        Network::Unknown => !settings.photos_on_wifi_only || by_person,
    }
}

impl Photos {
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    /// What the store holds now.
    pub(super) fn load(&mut self, stored: &[PhotoKey]) {
        let mut before = std::mem::take(&mut self.slots);
        self.slots = stored
            .iter()
            .map(|photo| (*photo, before.remove(photo).unwrap_or_default()))
            .collect();
    }

    /// When the first of them may go, by their own waits. Those of items that the server has not got wait for these.
    pub(super) fn due_at(&self, now: Moment, is_unsent: impl Fn(ItemId) -> bool) -> Option<Moment> {
        let of_received = self.slots.iter().filter(|(photo, _)| !is_unsent(photo.item));
        let first = of_received.map(|(_, slot)| slot.due.unwrap_or(now)).min()?;
        Some(first.max(self.backoff.until().unwrap_or(now)))
    }

    /// The oldest that may go now.
    pub(super) fn next(&self, now: Moment, is_unsent: impl Fn(ItemId) -> bool) -> Option<PhotoKey> {
        if self.backoff.until().is_some_and(|until| until > now) {
            return None;
        }
        let is_due = |slot: &Slot| slot.due.is_none_or(|due| due <= now);
        let mut due = self
            .slots
            .iter()
            .filter(|(photo, slot)| is_due(slot) && !is_unsent(photo.item));
        due.next().map(|(photo, _)| *photo)
    }

    pub(super) fn is_sending(&self) -> bool {
        self.sending.is_some()
    }

    /// A part of this photo goes. Answers what the server holds of it, as far as known, and how large the part may be.
    pub(super) fn begin(&mut self, attempt: u64, photo: PhotoKey, charged: bool) -> (Option<u64>, u64) {
        let held = self.slots.get(&photo).and_then(|slot| slot.held);
        self.sending = Some(Sending {
            attempt,
            photo,
            held,
            charged,
        });
        (held, self.part_bytes)
    }

    /// The part that this attempt was about.
    pub(super) fn ended(&mut self, attempt: u64) -> Option<Sending> {
        self.sending.take_if(|sending| sending.attempt == attempt)
    }

    /// The server holds so much of it. `false`: that is not more than it was known to hold; asking again at once would
    /// go round in a circle.
    pub(super) fn held(&mut self, sending: &Sending, received: u64, elapsed_ms: u64) -> bool {
        let has_grown = sending.held.is_none_or(|held| received > held);
        if let Some(slot) = self.slots.get_mut(&sending.photo) {
            slot.held = has_grown.then_some(received);
        }
        if has_grown && sending.held.is_some() && elapsed_ms < QUICK_MS {
            self.part_bytes = (self.part_bytes * 2).min(PART_BYTES_MAX);
        }
        self.backoff.succeed();
        has_grown
    }

    /// It is not on this phone any more.
    pub(super) fn remove(&mut self, photo: &PhotoKey) {
        self.slots.remove(photo);
    }

    /// The server does not want this one now; the others may go on.
    pub(super) fn unwanted(&mut self, photo: &PhotoKey, now: Moment) {
        if let Some(slot) = self.slots.get_mut(photo) {
            let wait_ms = (UNWANTED_FIRST_MS << slot.refusals.min(10)).min(UNWANTED_LONGEST_MS);
            *slot = Slot {
                held: None,
                refusals: slot.refusals.saturating_add(1),
                due: Some(now.plus_ms(wait_ms)),
            };
        }
    }

    /// Whether the server did not want it before.
    pub(super) fn was_unwanted(&self, photo: &PhotoKey) -> bool {
        self.slots.get(photo).is_some_and(|slot| slot.refusals > 0)
    }

    /// Nothing got through: all of them wait, and nothing is known of what arrived.
    pub(super) fn failed(
        &mut self,
        photo: &PhotoKey,
        now: Moment,
        retry_after_ms: Option<u64>,
        chance: &mut Chance,
    ) {
        if let Some(slot) = self.slots.get_mut(photo) {
            slot.held = None;
        }
        if retry_after_ms.is_none() {
            self.part_bytes = (self.part_bytes / 2).max(PART_BYTES_MIN);
        }
        self.backoff.fail(now, retry_after_ms, chance);
    }

    /// A revision of this item was saved: it may name what the server did not expect before.
    pub(super) fn wake(&mut self, item: ItemId) {
        let of_item = self.slots.iter_mut().filter(|(photo, _)| photo.item == item);
        of_item.for_each(|(_, slot)| slot.due = None);
    }

    /// Something suggests that it is worth trying now.
    pub(super) fn hint(&mut self, by_person: bool) {
        self.backoff.hint(by_person);
        if by_person {
            self.slots.values_mut().for_each(|slot| slot.due = None);
        }
    }
}
