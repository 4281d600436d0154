//! The engine: takes one input and the time, gives effects. Each file below `engine/` is one part of its work.

mod confirm;
mod drain;
mod link;
mod peers;
mod photos;
mod queue;
mod start;
mod stop;

pub use stop::STOPPED_REST_MS;

use super::backoff::Backoff;
use super::batch::BatchSize;
use super::budget::Budget;
use super::chance::Chance;
use super::clock::{Clock, Moment};
use super::event::{Effect, Entry, Hint, Input, Network, Stored, SyncSettings};
use super::journal::Reader;
use super::outbox::{Key, Outbox, key};
use super::photos::Photos;
use super::ranges::Range;
use super::run::{Run, Wait};
use super::stability::Stability;
use super::status::{Outcome, Pause, Progress, Status, Why};
use crate::id::ItemId;
use crate::timestamp::Timestamp;

/// The sync engine of one tab or of the service worker.
#[derive(Debug)]
pub struct Engine {
    clock: Clock,
    chance: Chance,
    settings: SyncSettings,
    is_open: bool,
    outbox: Outbox,
    photos: Photos,
    network: Network,
    /// Items of the property that one stands in.
    here: Vec<ItemId>,
    device_total: u64,
    /// The first item of the store when it was read last, and when it was read.
    oldest: Option<(Key, Timestamp)>,
    reading: Reading,
    role: Role,
    /// Answers that are owed to somebody who is gone are waited for until then.
    stale_until: Option<Moment>,
    want: Option<Want>,
    /// The end check is owed: nobody has said yet that nothing is missing.
    unconfirmed: bool,
    /// The person signed in again while a run was under way, here or in another tab: a 401 or 403 of that run is old news.
    signed_in_meanwhile: bool,
    /// Running numbers that this phone was asked for and does not keep; rising.
    lost: Vec<Range>,
    /// How often the server missed what had just been offered to it again.
    offers_in_vain: u32,
    link: Stability,
    size: BatchSize,
    backoff: Backoff,
    budget: Budget,
    refreshed_at: Option<Moment>,
    /// Something was saved since the last run began.
    saved_since: bool,
    run_ended_at: Option<Moment>,
    rest_until: Option<Moment>,
    peer: peers::Peer,
    attempts: u64,
    status: Status,
    effects: Vec<Effect>,
}

/// What this engine does at the moment.
#[derive(Debug)]
enum Role {
    /// Sleeps until the next attempt.
    Idle,
    /// The lock was asked for. `void`: by somebody who is gone. `changed`: the store has changed since, and what comes with
    /// the lock may be older.
    Asking { void: bool, changed: bool },
    /// Another tab drains, and was heard last at this moment.
    Following { heard_at: Moment },
    /// This engine holds the lock.
    Running(Box<Run>),
}

/// Somebody wants a run as soon as possible.
#[derive(Debug, Clone, Copy, Default)]
struct Want {
    by_person: bool,
    after_online: bool,
    why: Why,
}

/// Whether the outbox is being read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    No,
    UnderWay,
    /// It changed once more meanwhile.
    Outdated,
    /// For somebody who is gone. `again`: the one who is here now wants to read it too.
    Void {
        again: bool,
    },
}

impl Reading {
    /// For the person who is here: what is known of the store may be about to change.
    fn is_under_way(self) -> bool {
        matches!(self, Self::UnderWay | Self::Outdated)
    }
}

impl Engine {
    /// An engine that knows nothing yet. All its chance comes from the seed.
    pub fn new(seed: u64) -> Self {
        Self {
            clock: Clock::default(),
            chance: Chance::new(seed),
            settings: SyncSettings::default(),
            is_open: false,
            outbox: Outbox::default(),
            photos: Photos::default(),
            network: Network::default(),
            here: Vec::new(),
            device_total: 0,
            oldest: None,
            reading: Reading::No,
            role: Role::Idle,
            stale_until: None,
            want: None,
            unconfirmed: false,
            signed_in_meanwhile: false,
            lost: Vec::new(),
            offers_in_vain: 0,
            link: Stability::default(),
            size: BatchSize::default(),
            backoff: Backoff::default(),
            budget: Budget::default(),
            refreshed_at: None,
            saved_since: false,
            run_ended_at: None,
            rest_until: None,
            peer: peers::Peer::default(),
            attempts: 0,
            status: Status::default(),
            effects: Vec::new(),
        }
    }

    /// Takes in what happened; `now` is the phone's clock, which may jump.
    ///
    /// What follows the commonest inputs is kept out of line, here and below `engine/`: in one piece it were a function of
    /// thirty kilobytes, which a browser makes fast, and that is slow, just when the first batches are on their way.
    pub fn step(&mut self, now: Timestamp, input: Input) -> Vec<Effect> {
        self.clock.observe(now, matches!(input, Input::Woke));
        self.take_in(input);
        self.forget_stale();
        while self.go_on() {}
        self.publish();
        let wake_at = self.next_wake();
        self.effects.extend(self.clock.wake_at(wake_at));
        std::mem::take(&mut self.effects)
    }

    /// What a person may be told now.
    pub fn status(&self) -> &Status {
        &self.status
    }

    #[inline(never)]
    fn take_in(&mut self, input: Input) {
        match input {
            Input::Opened(stored) => self.on_opened(&stored),
            Input::Closed => self.on_closed(),
            Input::OutboxRead(stored) => self.on_outbox_read(&stored),
            Input::Saved(entry) => self.on_saved(entry),
            Input::Hint(hint) => self.on_hint(hint),
            Input::Stop => self.on_stop(),
            Input::LockGranted(stored) => self.on_lock_granted(&stored),
            Input::LockHeldElsewhere => self.on_lock_held_elsewhere(),
            Input::PingEnded { nonce, result } => self.on_ping_ended(nonce, &result),
            Input::RefreshEnded(result) => self.on_refresh_ended(result),
            Input::PostEnded {
                attempt,
                result,
                elapsed_ms,
                bytes_sent,
            } => {
                self.on_post_ended(attempt, result, elapsed_ms, bytes_sent);
            }
            Input::SettleEnded { attempt, stored } => self.on_settle_ended(attempt, stored),
            Input::CheckEnded(result) => self.on_check_ended(&result),
            Input::OfferedAgain(stored) => self.on_offered_again(&stored),
            Input::Peer(message) => self.on_peer(message),
            Input::Settings(settings) => self.on_settings(settings),
            Input::SendFirst(ids) => self.on_send_first(ids),
            Input::Photos(stored) => self.on_photos(&stored),
            Input::Network(network) => self.on_network(network),
            Input::PhotoEnded {
                attempt,
                result,
                elapsed_ms,
                bytes_sent,
            } => self.on_photo_ended(attempt, result, elapsed_ms, bytes_sent),
            Input::Woke => {}
        }
    }

    /// Does the next thing that is due; `false` when there is none.
    fn go_on(&mut self) -> bool {
        match &self.role {
            Role::Idle => self.start_if_due(),
            Role::Asking { .. } => false,
            Role::Following { heard_at } => self.take_over_if_silent(*heard_at),
            Role::Running(_) => self.run_on(),
        }
    }

    /// The next moment at which time alone changes what the engine does.
    #[inline(never)]
    fn next_wake(&self) -> Option<Moment> {
        let stale_at = self
            .stale_until
            .filter(|_| self.reading == Reading::Void { again: true });
        self.next_wake_of_role().into_iter().chain(stale_at).min()
    }

    fn next_wake_of_role(&self) -> Option<Moment> {
        match &self.role {
            Role::Idle => self.start_at(),
            Role::Asking { void: true, .. } => self.stale_until,
            Role::Asking { void: false, .. } => None,
            Role::Running(run) if run.void => self.stale_until,
            Role::Following { heard_at } => Some(peers::silent_at(*heard_at)),
            Role::Running(run) => {
                let ping_at = self.link.ping_due_at().filter(|_| run.ending.is_none());
                Some(run.sign_of_life_at(self.clock.now()))
                    .into_iter()
                    .chain(ping_at)
                    .chain(self.paced_until())
                    .chain(self.photo_paced_until())
                    .min()
            }
        }
    }

    /// Charges a request to the budget; `false`: it has to wait.
    fn spend(&mut self) -> bool {
        let now = self.clock.now();
        let by_person = matches!(&self.role, Role::Running(run) if run.by_person);
        if self.budget.free_at(now, by_person, 1) > now {
            return false;
        }
        self.charge();
        true
    }

    /// Counts a request against the minute's budget, here and, by the run's progress, in the other tabs.
    fn charge(&mut self) {
        self.budget.charge(self.clock.now(), 1);
        if let Role::Running(run) = &mut self.role {
            run.requests += 1;
        }
    }

    fn end_run(&mut self, outcome: Outcome, wait: Wait) {
        if let Role::Running(run) = &mut self.role {
            run.end(outcome, wait);
        }
    }

    fn pause(&mut self, pause: Pause) {
        if pause.ends_with_a_sign_in() && self.signed_in_meanwhile {
            self.end_run(Outcome::SomeLeft, Wait::BackOff { retry_after_ms: None });
            return;
        }
        self.status.paused = Some(pause);
        let outcome = match pause {
            Pause::SignIn => Outcome::SignIn,
            Pause::WrongPerson => Outcome::WrongPerson,
            Pause::Update => Outcome::Update,
        };
        self.end_run(outcome, Wait::Person);
    }

    /// Takes over a snapshot of the store.
    fn load(&mut self, stored: &Stored, reader: Reader) {
        let has_gone = self.outbox.load(&stored.entries, reader);
        // Whoever sends what another tab saved may be gone before it has asked whether that arrived.
        self.unconfirmed |= !self.outbox.is_empty() || stored.device_total > self.device_total;
        self.device_total = self.device_total.max(stored.device_total);
        self.status.shelf = stored.shelf;
        if has_gone && let Role::Running(run) = &mut self.role {
            run.shelf_is_uncertain = true;
        }
        self.oldest = stored.entries.first().map(key).zip(stored.oldest_read_at);
        if !self.outbox.is_empty() || self.status.all_received != Some(self.device_total) {
            self.status.all_received = None;
        }
    }

    /// Keeps what people are told in step with what is known.
    #[inline(never)]
    fn publish(&mut self) {
        let now = self.clock.now();
        self.status.waiting = self.outbox.len();
        self.status.photos = self.photos.len();
        self.status.photos_wait = self.photos_wait();
        self.status.link.check_window_ms = self.link.window_ms(now);
        self.status.next_attempt_at = None;
        match &mut self.role {
            Role::Running(run) if !run.void => {
                let progress = Progress {
                    photos: run.photos_sent + self.photos.len(),
                    ..run.progress(now, self.outbox.len(), self.link.good_in_a_row())
                };
                if run.is_news(now, &progress) {
                    self.effects
                        .push(Effect::Tell(super::event::PeerMessage::Progress(
                            progress.clone(),
                        )));
                }
                self.status.progress = Some(progress);
            }
            Role::Following { .. } => {
                if let Some(progress) = &self.status.progress {
                    self.status.waiting = progress.total.saturating_sub(progress.synced + progress.failed);
                }
            }
            Role::Running(_) | Role::Asking { .. } => self.status.progress = None,
            Role::Idle => {
                self.status.progress = None;
                let start_at = self.start_at();
                self.status.next_attempt_at = start_at.map(|moment| self.clock.wall_at(moment));
            }
        }
    }
}

#[cfg(test)]
mod tests;
