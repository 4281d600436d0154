//! One run: the lock is held, the link is checked, the list refreshed, the outbox drained, the totals compared.

use std::collections::BTreeMap;

use super::clock::{Clock, Moment};
use super::event::{Entry, Settled};
use super::stability::GOOD_IN_A_ROW;
use super::status::{LinkQuality, Outcome, Progress, Step, Summary, Why};

/// The part of a run that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Pings.
    Checking,
    /// `Refresh` is under way.
    Refreshing,
    /// Batches.
    Draining,
    /// `Check` is under way.
    Confirming,
    /// `OfferAgain` is under way.
    Offering,
    /// Parts of photos.
    Photos,
}

/// What has to pass before the next attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wait {
    /// Nothing: what is left has its own wait.
    Nothing,
    /// A back-off, at least as long as the server asked for.
    BackOff { retry_after_ms: Option<u64> },
    /// The minute in which too many requests were made.
    Budget,
    /// A person has to do something.
    Person,
    /// A person stopped it: a longer rest, which any hint ends.
    Stopped,
}

/// The batch that is on its way.
#[derive(Debug, Clone)]
pub(super) struct Posted {
    pub(super) attempt: u64,
    pub(super) entries: Vec<Entry>,
    /// It was charged to the budget when it was sent.
    pub(super) charged: bool,
}

/// A run under way.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) by_person: bool,
    /// The browser said that the network is back; that is told before the first ping is answered.
    pub(super) after_online: bool,
    /// The person is gone: let what is under way end, take nothing from it.
    pub(super) void: bool,
    /// Something suggested meanwhile that it is worth trying; `true`: a person did.
    pub(super) hinted: Option<bool>,
    pub(super) phase: Phase,
    pub(super) posted: Option<Posted>,
    /// What the store works on, by attempt.
    pub(super) settling: BTreeMap<u64, Vec<Settled>>,
    pub(super) ending: Option<(Outcome, Wait)>,
    /// The link is not proven; one small batch is tried.
    pub(super) try_small: bool,
    /// Batches of one item that were refused in this run.
    pub(super) singles_refused: u8,
    /// How often kept items were asked for.
    pub(super) offers: u8,
    /// What the end check missed, and kept items were asked for.
    pub(super) missing: Vec<(u64, u64)>,
    /// Something was saved since the end check was asked for: its answer does not know of it.
    pub(super) saved_meanwhile: bool,
    /// The shelf was counted while items were moved there: it has to be counted again.
    pub(super) shelf_is_uncertain: bool,
    pub(super) confirmed: Option<u64>,
    /// What the end check came to: the run ends so, whatever becomes of the photos.
    pub(super) checked: Outcome,
    /// Photos that arrived whole.
    pub(super) photos_sent: usize,
    pub(super) synced: usize,
    pub(super) failed: usize,
    pub(super) bytes_sent: u64,
    pub(super) batches: u32,
    pub(super) requests: u32,
    pub(super) why: Why,
    started_at: crate::timestamp::Timestamp,
    drain_started: Option<Moment>,
    told: Option<(Progress, Moment)>,
}

/// Followers try to take over when they have heard nothing for one and a half; in vain while this one lives.
const SIGN_OF_LIFE_MS: u64 = 1_000;

impl Run {
    pub(super) fn new(clock: &Clock, by_person: bool, after_online: bool, why: Why) -> Self {
        Self {
            by_person,
            after_online,
            void: false,
            hinted: None,
            phase: Phase::Checking,
            posted: None,
            settling: BTreeMap::new(),
            ending: None,
            try_small: false,
            singles_refused: 0,
            offers: 0,
            missing: Vec::new(),
            saved_meanwhile: false,
            shelf_is_uncertain: false,
            confirmed: None,
            checked: Outcome::SomeLeft,
            photos_sent: 0,
            synced: 0,
            failed: 0,
            bytes_sent: 0,
            batches: 0,
            requests: 0,
            why,
            started_at: clock.wall(),
            drain_started: None,
            told: None,
        }
    }

    /// The run ends when nothing is under way any more. The first reason counts, but what the server asks for while the
    /// run ends is not forgotten.
    pub(super) fn end(&mut self, outcome: Outcome, wait: Wait) {
        let (_, decided) = self.ending.get_or_insert((outcome, wait));
        let is_asked_for = matches!(
            wait,
            Wait::BackOff {
                retry_after_ms: Some(_)
            }
        );
        if is_asked_for && *decided != Wait::Person {
            *decided = wait;
        }
    }

    /// Something suggests that it is worth trying, which is what this run does.
    pub(super) fn hint(&mut self, by_person: bool) {
        self.by_person |= by_person;
        self.hinted = Some(by_person || self.hinted == Some(true));
    }

    /// Whether an answer is owed to this run that must not be taken for one to a later run.
    pub(super) fn awaits_answer(&self) -> bool {
        let by_phase = matches!(
            self.phase,
            Phase::Refreshing | Phase::Confirming | Phase::Offering
        );
        by_phase || self.posted.is_some() || !self.settling.is_empty()
    }

    pub(super) fn begin_drain(&mut self, now: Moment) {
        self.phase = Phase::Draining;
        self.drain_started.get_or_insert(now);
    }

    pub(super) fn progress(&self, now: Moment, waiting: usize, good_pings: u8) -> Progress {
        let step = match self.phase {
            Phase::Checking if self.after_online && good_pings == 0 => Step::ConnectionBack,
            Phase::Checking => Step::CheckingConnection(good_pings, GOOD_IN_A_ROW),
            Phase::Refreshing => Step::UpdatingList,
            Phase::Draining => Step::Sending,
            Phase::Confirming | Phase::Offering => Step::Confirming,
            Phase::Photos => Step::SendingPhotos,
        };
        Progress {
            manual: self.by_person,
            step,
            total: self.synced + self.failed + waiting,
            synced: self.synced,
            failed: self.failed,
            started_at: self.started_at,
            left_ms: self.left_ms(now, waiting),
            requests: self.requests,
            photos: 0,
            photos_sent: self.photos_sent,
        }
    }

    /// The other tabs hear of each change, and once a second that the run is alive.
    pub(super) fn is_news(&mut self, now: Moment, progress: &Progress) -> bool {
        let is_news = match &self.told {
            Some((told, at)) => {
                let same = Progress {
                    left_ms: told.left_ms,
                    ..progress.clone()
                } == *told;
                !same || now.since_ms(*at) >= SIGN_OF_LIFE_MS
            }
            None => true,
        };
        if is_news {
            self.told = Some((progress.clone(), now));
        }
        is_news
    }

    /// When the other tabs have to hear from this run again.
    pub(super) fn sign_of_life_at(&self, now: Moment) -> Moment {
        self.told
            .as_ref()
            .map_or(now, |(_, at)| *at)
            .plus_ms(SIGN_OF_LIFE_MS)
    }

    pub(super) fn summary(&self, clock: &Clock, left: usize, outcome: Outcome, link: LinkQuality) -> Summary {
        Summary {
            manual: self.by_person,
            started_at: self.started_at,
            ended_at: clock.wall(),
            synced: self.synced,
            failed: self.failed,
            left,
            bytes_sent: self.bytes_sent,
            batches: self.batches,
            outcome,
            confirmed: self.confirmed,
            why: if self.by_person { Why::SyncNow } else { self.why },
            link,
            photos_sent: self.photos_sent,
            photos_left: 0,
        }
    }

    fn left_ms(&self, now: Moment, waiting: usize) -> Option<u64> {
        let elapsed_ms = now.since_ms(self.drain_started?);
        let done = u64::try_from(self.synced + self.failed).ok()?;
        let waiting = u64::try_from(waiting).ok()?;
        elapsed_ms.saturating_mul(waiting).checked_div(done)
    }
}
