//! The other tabs and the service worker: one drains, the others follow, and take over when it falls silent.

use super::stop::STOPPED_REST_MS;
use super::{Engine, Moment, Reader, Role, Want};
use crate::sync::event::{Effect, PeerMessage};
use crate::sync::status::{Outcome, Pause, Progress, Summary};
use crate::timestamp::Timestamp;

/// A drainer that was not heard for this long is taken for dead, and its lock for free: so that its work goes on within two
/// seconds of its end, asking for the lock included. One that lives still has the lock, and is followed again.
const SILENT_MS: u64 = 1_500;
/// After another tab ended a run with work left, be it the end check alone, its own next attempt goes first; the others
/// step in only when that has not come for this long. Jitter of the same size keeps them apart.
const LEAVE_TO_PEER_MS: u64 = 30_000;

/// What is known of the tab that drains.
#[derive(Debug, Default)]
pub(super) struct Peer {
    /// Until then the next attempt is left to the tab that made the last one.
    pub(super) may_start_at: Option<Moment>,
    /// The run that was heard last, and the requests of it that are in our budget already.
    counted: Option<(Timestamp, u32)>,
    /// What the last run confirmed; believed once the outbox has been read again.
    confirmed: Option<u64>,
}

pub(super) fn silent_at(heard_at: Moment) -> Moment {
    heard_at.plus_ms(SILENT_MS)
}

impl Engine {
    pub(super) fn on_lock_held_elsewhere(&mut self) {
        let Role::Asking { void, .. } = self.role else {
            return;
        };
        self.outbox.no_longer_expect(Reader::Lock);
        self.role = Role::Idle;
        if void {
            return;
        }
        self.role = Role::Following {
            heard_at: self.clock.now(),
        };
        if self.want.is_some_and(|want| want.by_person) {
            self.effects.push(Effect::Tell(PeerMessage::SyncNow));
        }
    }

    #[inline(never)]
    pub(super) fn on_peer(&mut self, message: PeerMessage) {
        if !self.is_open {
            return;
        }
        match message {
            PeerMessage::Progress(progress) => self.on_peer_progress(progress),
            PeerMessage::Finished(summary) => self.on_peer_finished(summary),
            PeerMessage::OutboxChanged => self.read_outbox(),
            PeerMessage::Stop => {
                if matches!(self.role, Role::Running(ref run) if !run.void) {
                    self.stop_run();
                }
            }
            PeerMessage::SyncNow => {
                if let Role::Running(run) = &mut self.role {
                    run.hint(true);
                    self.backoff.hint(true);
                    self.outbox.wake_all(self.clock.now());
                }
            }
        }
    }

    fn on_peer_progress(&mut self, progress: Progress) {
        let now = self.clock.now();
        let counted = match self.peer.counted {
            Some((started_at, counted)) if started_at == progress.started_at => counted,
            _ => 0,
        };
        self.budget.charge(now, progress.requests.saturating_sub(counted));
        self.peer.counted = Some((progress.started_at, progress.requests.max(counted)));
        if matches!(self.role, Role::Idle | Role::Following { .. }) {
            self.role = Role::Following { heard_at: now };
            self.status.progress = Some(progress);
        }
    }

    fn on_peer_finished(&mut self, summary: Summary) {
        match &self.role {
            Role::Idle | Role::Following { .. } => self.role = Role::Idle,
            // What is owed to somebody who is gone keeps nobody from hearing.
            Role::Asking { void: true, .. } => {}
            Role::Running(run) if run.void => {}
            Role::Asking { .. } | Role::Running(_) => return,
        }
        if !self.want.is_some_and(|want| want.by_person && !summary.manual) {
            self.want = None;
        }
        let is_old_news = std::mem::take(&mut self.signed_in_meanwhile);
        match pause_after(summary.outcome) {
            Some(pause) if is_old_news && pause.ends_with_a_sign_in() => self.want = Some(Want::default()),
            Some(pause) => self.status.paused = Some(pause),
            // Somebody got through with the session that all tabs share.
            None if summary.batches > 0 || summary.confirmed.is_some() => self.status.paused = None,
            None => {}
        }
        let now = self.clock.now();
        match summary.outcome {
            // The link is the same for all tabs.
            Outcome::NoConnection => self.link.link_failed(now),
            Outcome::SignInPage => self.link.disproved(now),
            _ => {}
        }
        self.run_ended_at = Some(now);
        if summary.left > 0 || summary.photos_left > 0 || summary.confirmed.is_none() {
            let stopped_ms = if summary.outcome == Outcome::Stopped {
                STOPPED_REST_MS
            } else {
                0
            };
            let rest_ms = stopped_ms + LEAVE_TO_PEER_MS + self.chance.up_to(LEAVE_TO_PEER_MS);
            self.peer.may_start_at = Some(now.plus_ms(rest_ms));
        }
        self.peer.confirmed = summary.confirmed;
        self.status.last = Some(summary);
        self.read_outbox();
    }

    /// The outbox has just been read: if nothing waits and nothing was saved since, what another tab confirmed holds.
    pub(super) fn adopt_confirmation(&mut self) {
        let confirmed = self.peer.confirmed.take();
        if confirmed == Some(self.device_total) && self.outbox.is_empty() {
            self.status.all_received = confirmed;
            self.unconfirmed = false;
        }
    }

    pub(super) fn take_over_if_silent(&mut self, heard_at: Moment) -> bool {
        let now = self.clock.now();
        if silent_at(heard_at) > now {
            return false;
        }
        self.role = Role::Idle;
        if self.start_at().is_none_or(|at| at > now) {
            // No run of our own is due, which would read the outbox inside the lock.
            self.read_outbox();
        }
        true
    }
}

fn pause_after(outcome: Outcome) -> Option<Pause> {
    match outcome {
        Outcome::SignIn => Some(Pause::SignIn),
        Outcome::WrongPerson => Some(Pause::WrongPerson),
        Outcome::Update => Some(Pause::Update),
        Outcome::AllReceived
        | Outcome::Sent
        | Outcome::SomeLeft
        | Outcome::NoConnection
        | Outcome::SignInPage
        | Outcome::StoreFailed
        | Outcome::Stopped => None,
    }
}
