//! Whose queue it is and what it holds, as far as the store has told.

use super::{Effect, Engine, Entry, Reader, Reading, Role, Stored, Want};
use crate::id::ItemId;
use crate::sync::event::{PeerMessage, SendOrder};
use crate::sync::run::Wait;
use crate::sync::status::{Outcome, Why};

/// A saved reading is a hint when the last attempt is at least this long ago: a walk through the house may have
/// brought the phone to a better place.
const SAVED_IS_HINT_AFTER_MS: u64 = 30_000;
/// What is under way for somebody who is gone is waited for this long, so that no item is in two requests and no answer
/// is taken for one to a later question: longer than any request lasts without a byte.
const STALE_MS: u64 = 20_000;

impl Engine {
    pub(super) fn on_opened(&mut self, stored: &Stored) {
        self.on_closed();
        self.is_open = true;
        self.unconfirmed = true;
        self.device_total = 0;
        self.load(stored, Reader::Tab);
        if !self.outbox.is_empty() {
            // Whoever saved it may have died before it could tell.
            self.effects.push(Effect::Tell(PeerMessage::OutboxChanged));
        }
        self.want = Some(Want {
            why: Why::Opened,
            ..Want::default()
        });
    }

    pub(super) fn on_closed(&mut self) {
        match &mut self.role {
            Role::Running(run) => {
                run.void = true;
                run.end(Outcome::SomeLeft, Wait::Nothing);
            }
            Role::Asking { void, .. } => *void = true,
            Role::Following { .. } => self.role = Role::Idle,
            Role::Idle => {}
        }
        if self.reading != Reading::No {
            self.reading = Reading::Void { again: false };
        }
        self.stale_until.get_or_insert(self.clock.now().plus_ms(STALE_MS));
        self.clock.forget_alarm();
        self.is_open = false;
        self.want = None;
        self.outbox = Default::default();
        self.photos = Default::default();
        self.here.clear();
        self.saved_since = false;
        self.backoff = Default::default();
        self.size = Default::default();
        self.rest_until = None;
        self.refreshed_at = None;
        self.lost.clear();
        self.offers_in_vain = 0;
        self.peer = Default::default();
        self.unconfirmed = false;
        let kept = std::mem::take(&mut self.status);
        self.status.connection = kept.connection;
        self.status.link = kept.link;
        self.status.clock_offset = kept.clock_offset;
    }

    /// Gives up answers that are owed to somebody who is gone.
    pub(super) fn forget_stale(&mut self) {
        let is_void = match &self.role {
            Role::Asking { void, .. } => *void,
            Role::Running(run) => run.void,
            Role::Idle | Role::Following { .. } => false,
        };
        let reads_void = matches!(self.reading, Reading::Void { .. });
        if !is_void && !reads_void {
            self.stale_until = None;
        }
        if self.stale_until.is_none_or(|until| until > self.clock.now()) {
            return;
        }
        self.stale_until = None;
        if reads_void {
            self.end_void_reading();
        }
        if is_void {
            self.role = Role::Idle;
            self.effects.push(Effect::ReleaseLock);
        }
    }

    fn end_void_reading(&mut self) {
        let again = self.reading == Reading::Void { again: true };
        self.reading = Reading::No;
        if again {
            self.read_outbox();
        }
    }

    /// The property that one stands in, and what of it waits.
    pub(super) fn on_send_first(&mut self, ids: Vec<ItemId>) {
        self.here = ids;
        self.order_outbox();
    }

    pub(super) fn order_outbox(&mut self) {
        let ids: &[ItemId] = match self.settings.order {
            SendOrder::OldestFirst => &[],
            SendOrder::HereFirst => &self.here,
        };
        self.outbox.put_first(ids.iter().copied().collect());
    }

    #[inline(never)]
    pub(super) fn on_outbox_read(&mut self, stored: &Stored) {
        if matches!(self.reading, Reading::Void { .. }) {
            self.end_void_reading();
            return;
        }
        let was = std::mem::replace(&mut self.reading, Reading::No);
        if was == Reading::No || !self.is_open {
            return;
        }
        self.load(stored, Reader::Tab);
        self.adopt_confirmation();
        if was == Reading::Outdated {
            self.read_outbox();
        }
    }

    pub(super) fn read_outbox(&mut self) {
        if let Role::Asking { changed, .. } = &mut self.role {
            *changed = true;
        }
        match self.reading {
            Reading::No if self.is_open => {
                self.reading = Reading::UnderWay;
                self.outbox.expect(Reader::Tab);
                self.effects.push(Effect::ReadOutbox);
            }
            Reading::UnderWay => self.reading = Reading::Outdated,
            Reading::Void { .. } => self.reading = Reading::Void { again: true },
            Reading::No | Reading::Outdated => {}
        }
    }

    pub(super) fn on_saved(&mut self, entry: Entry) {
        if !self.is_open {
            return;
        }
        self.outbox.save(entry);
        self.photos.wake(entry.id);
        // Numbers in between were given by a tab that died before it could tell.
        let is_gap = entry.seq > self.device_total.saturating_add(1);
        self.device_total = self.device_total.max(entry.seq);
        self.status.all_received = None;
        self.unconfirmed = true;
        self.saved_since = true;
        if let Role::Running(run) = &mut self.role {
            run.saved_meanwhile = true;
        }
        self.effects.push(Effect::Tell(PeerMessage::OutboxChanged));
        if is_gap || (entry.revision > 1 && self.status.shelf > 0) {
            // The edit may have taken an item from the shelf; only the store knows.
            self.read_outbox();
        }
        let now = self.clock.now();
        if self
            .run_ended_at
            .is_none_or(|at| now.since_ms(at) >= SAVED_IS_HINT_AFTER_MS)
        {
            self.backoff.hint(false);
            self.peer.may_start_at = None;
        }
    }
}
