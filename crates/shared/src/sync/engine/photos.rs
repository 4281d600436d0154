//! Photos: after everything else, in parts, one at a time. An item that comes in between goes first.

use super::drain::STALL_TIMEOUT_MS;
use super::start::RUN_REQUESTS;
use super::{Effect, Engine, Moment, Role};
use crate::photo::PhotoKey;
use crate::sync::event::{Network, PhotoResult};
use crate::sync::photos::{Sending, may_travel};
use crate::sync::quality::note_batch;
use crate::sync::run::{Phase, Wait};
use crate::sync::stability::PINGS_MAX;
use crate::sync::status::{Connection, Outcome, Pause, PhotosWait};

/// What a whole stability check, a batch and the end check take of the minute's requests: left to the items.
const ITEMS_REQUESTS: usize = PINGS_MAX + RUN_REQUESTS;
/// So many answers, each a second after the one before, and the link is known.
const PROVING_PARTS: usize = 4;

impl Engine {
    pub(super) fn on_photos(&mut self, stored: &[PhotoKey]) {
        if self.is_open {
            self.photos.load(stored);
        }
    }

    pub(super) fn on_network(&mut self, network: Network) {
        self.network = network;
    }

    /// Everything that could be sent is, and the server was asked what it misses: now photos may go. `outcome`: how the
    /// run ends, whatever becomes of them.
    pub(super) fn after_check(&mut self, outcome: Outcome) {
        if let Role::Running(run) = &mut self.role {
            run.phase = Phase::Photos;
            run.checked = outcome;
        }
    }

    /// When the first photo may go; never before the items that are ready.
    pub(super) fn photos_due_at(&self, by_person: bool) -> Option<Moment> {
        if self.outbox.has_ready() || !may_travel(&self.settings, self.network, by_person) {
            return None;
        }
        let now = self.clock.now();
        let due = self.photos.due_at(now, |item| self.outbox.holds(item))?;
        // A run that could send one part only would ask the server in vain, again and again.
        Some(due.max(self.free_for_photos_at(RUN_REQUESTS + PROVING_PARTS)))
    }

    pub(super) fn send_photos(&mut self) -> bool {
        let now = self.clock.now();
        let Role::Running(run) = &mut self.role else {
            return false;
        };
        let has_items = self.outbox.has_ready() || self.outbox.next_due().is_some_and(|due| due <= now);
        if has_items || run.saved_meanwhile {
            run.begin_drain(now);
            return true;
        }
        if self.photos.is_sending() {
            return false;
        }
        let (by_person, outcome) = (run.by_person, run.checked);
        let Some(photo) = self.next_photo(by_person) else {
            self.end_run(outcome, Wait::Nothing);
            return true;
        };
        if self.photo_paced_until().is_some() {
            return false;
        }
        let charged = !self.link.carries(now);
        if self.free_for_photos_at(1) > now || (charged && !self.spend()) {
            self.end_run(outcome, Wait::Nothing);
            return true;
        }
        self.attempts += 1;
        let (held, size_max) = self.photos.begin(self.attempts, photo, charged);
        self.effects.push(Effect::SendPhoto {
            attempt: self.attempts,
            photo,
            held,
            size_max,
            stall_timeout_ms: STALL_TIMEOUT_MS,
        });
        false
    }

    /// On a link that is not known of this moment, parts keep their distance: their answers prove it, and the rest costs
    /// nothing.
    pub(super) fn photo_paced_until(&self) -> Option<Moment> {
        let now = self.clock.now();
        let is_turn =
            matches!(&self.role, Role::Running(run) if run.phase == Phase::Photos && run.ending.is_none());
        if !is_turn || self.photos.is_sending() || self.link.carries(now) {
            return None;
        }
        self.link.photo_paced_until().filter(|at| *at > now)
    }

    /// On such a link photos leave the items their part of the minute's requests.
    fn free_for_photos_at(&self, requests: usize) -> Moment {
        let now = self.clock.now();
        if self.link.carries(now) {
            return now;
        }
        self.budget.free_at(now, false, ITEMS_REQUESTS + requests)
    }

    fn next_photo(&self, by_person: bool) -> Option<PhotoKey> {
        let now = self.clock.now();
        let is_quiet = self.after_quiet_hours(now) > now;
        if (is_quiet && !by_person) || !may_travel(&self.settings, self.network, by_person) {
            return None;
        }
        self.photos.next(now, |item| self.outbox.holds(item))
    }

    pub(super) fn on_photo_ended(
        &mut self,
        attempt: u64,
        result: PhotoResult,
        elapsed_ms: u64,
        bytes_sent: u64,
    ) {
        let Some(sending) = self.photos.ended(attempt) else {
            return;
        };
        let (now, photo) = (self.clock.now(), sending.photo);
        if let Role::Running(run) = &mut self.role {
            run.bytes_sent += bytes_sent;
        }
        match result {
            PhotoResult::Held { received, complete } => {
                note_batch(&mut self.status.link, bytes_sent, elapsed_ms, self.clock.wall());
                self.status.connection = Connection::Reachable;
                self.answered();
                let has_grown = self.photos.held(&sending, received, elapsed_ms);
                if complete {
                    self.photo_arrived(photo);
                } else if !has_grown {
                    self.photos.unwanted(&photo, now);
                }
            }
            PhotoResult::Gone => self.photos.remove(&photo),
            // Told twice, an hour apart: a clock that jumped or a server that was just restored deletes nothing.
            PhotoResult::Unexpected
                if photo.is_left_over(self.clock.wall()) && self.photos.was_unwanted(&photo) =>
            {
                self.forget_photo(photo);
            }
            PhotoResult::Unexpected | PhotoResult::Refused => self.photos.unwanted(&photo, now),
            PhotoResult::SignInAgain => self.pause(Pause::SignIn),
            PhotoResult::Foreign => {
                self.link.disproved(now);
                self.status.connection = Connection::SignInPage;
                self.photo_failed(&sending, None);
            }
            PhotoResult::Later { retry_after_ms } => {
                self.link.link_failed(now);
                if retry_after_ms.is_none() {
                    self.status.connection = Connection::Unreachable;
                }
                self.photo_failed(&sending, retry_after_ms);
            }
        }
    }

    /// The server has named it as complete: only now may it leave the phone.
    fn photo_arrived(&mut self, photo: PhotoKey) {
        if let Role::Running(run) = &mut self.role {
            run.photos_sent += 1;
        }
        self.forget_photo(photo);
    }

    fn forget_photo(&mut self, photo: PhotoKey) {
        self.photos.remove(&photo);
        self.effects.push(Effect::ForgetPhoto { photo });
    }

    fn photo_failed(&mut self, sending: &Sending, retry_after_ms: Option<u64>) {
        let now = self.clock.now();
        if !sending.charged {
            self.charge();
        }
        self.photos
            .failed(&sending.photo, now, retry_after_ms, &mut self.chance);
        if let Role::Running(run) = &mut self.role
            && run.phase == Phase::Photos
        {
            let outcome = run.checked;
            run.end(outcome, Wait::Nothing);
        }
    }

    /// What photos wait for beside their turn, if there are any.
    pub(super) fn photos_wait(&self) -> Option<PhotosWait> {
        let waits = self.photos.len() > 0 && !may_travel(&self.settings, self.network, false);
        waits.then_some(match self.network {
            Network::Unknown => PhotosWait::Tap,
            Network::Wifi | Network::Cellular => PhotosWait::Wifi,
        })
    }
}
