//! Batches: sent one at a time, settled by receipts, put back by everything else.

use std::collections::BTreeMap;

use super::{Effect, Engine, Entry, Moment, Role};
use crate::id::ItemId;
use crate::sync::backoff::wait_ms;
use crate::sync::event::{Place, PostResult, Settled};
use crate::sync::quality::note_batch;
use crate::sync::run::{Phase, Posted, Wait};
use crate::sync::status::{Connection, Outcome, Pause};
use crate::wire::receipt::VerdictName;

/// No bytes for this long: the batch is given up. A phone that changes from one cell to the next is mute for seconds.
pub(super) const STALL_TIMEOUT_MS: u64 = 15_000;
/// The batch that is tried on a link that no check could prove: its request fits into one or two packets.
const SMALL_BATCH: usize = 5;
/// While the store works on the receipts of one batch the next one may travel; more than that would only pile up.
const SETTLING_MAX: usize = 1;
/// Enough to prove the link by batches, and for the end check.
pub(super) const PACED_REQUESTS: usize = 5;
/// A server that refuses so many single items in a row refuses them all: the run stops asking.
const SINGLES_REFUSED_MAX: u8 = 3;

impl Engine {
    pub(super) fn drain(&mut self) -> bool {
        let Role::Running(run) = &self.role else {
            return false;
        };
        if run.posted.is_some() || run.settling.len() > SETTLING_MAX {
            return false;
        }
        if self.paced_until().is_some() {
            return false;
        }
        // What is being read may say that more waits, or less, than the end check would report.
        let is_uncertain = !run.settling.is_empty() || self.reading.is_under_way();
        let limit = if run.try_small { SMALL_BATCH } else { usize::MAX };
        let size = self.size.next(self.outbox.first_ready()).min(limit);
        let entries = self.outbox.take(size, self.clock.now());
        if entries.is_empty() {
            return !is_uncertain && self.confirm();
        }
        let charged = !self.link.is_steady();
        if charged && !self.spend() {
            self.outbox.put_back(&entries, self.clock.now());
            self.end_run(Outcome::SomeLeft, Wait::Budget);
            return true;
        }
        self.post(entries, charged);
        false
    }

    /// With little of the budget left, batches on a link that is not known to be steady keep their distance: three
    /// answers in a row prove it then, and the rest costs nothing. Sent in a burst, they would only use up the minute.
    pub(super) fn paced_until(&self) -> Option<Moment> {
        let Role::Running(run) = &self.role else {
            return None;
        };
        let now = self.clock.now();
        let drains = run.phase == Phase::Draining && run.posted.is_none() && run.ending.is_none();
        let has_work = self.outbox.has_ready() || self.outbox.next_due().is_some_and(|due| due <= now);
        let has_plenty = self.budget.free_at(now, run.by_person, PACED_REQUESTS) <= now;
        if !drains || !has_work || has_plenty || self.link.is_steady() {
            return None;
        }
        self.link.paced_until().filter(|at| *at > now)
    }

    fn post(&mut self, entries: Vec<Entry>, charged: bool) {
        self.attempts += 1;
        let attempt = self.attempts;
        if let Role::Running(run) = &mut self.role {
            run.posted = Some(Posted {
                attempt,
                entries: entries.clone(),
                charged,
            });
        }
        self.effects.push(Effect::Post {
            attempt,
            entries,
            device_total: self.device_total,
            stall_timeout_ms: STALL_TIMEOUT_MS,
        });
    }

    #[inline(never)]
    pub(super) fn on_post_ended(
        &mut self,
        attempt: u64,
        result: PostResult,
        elapsed_ms: u64,
        bytes_sent: u64,
    ) {
        let Role::Running(run) = &mut self.role else {
            return;
        };
        let Some(posted) = run.posted.take_if(|posted| posted.attempt == attempt) else {
            return;
        };
        if run.void {
            return;
        }
        run.bytes_sent += bytes_sent;
        run.batches += 1;
        match result {
            PostResult::Verdicts(verdicts) => {
                note_batch(&mut self.status.link, bytes_sent, elapsed_ms, self.clock.wall());
                self.on_verdicts(posted, verdicts, elapsed_ms);
            }
            PostResult::SignInAgain => self.on_blocked(&posted, Pause::SignIn),
            PostResult::WrongPerson => self.on_blocked(&posted, Pause::WrongPerson),
            PostResult::TooOld => self.on_blocked(&posted, Pause::Update),
            PostResult::Refused => self.on_refused(&posted),
            PostResult::Foreign => {
                self.link.disproved(self.clock.now());
                self.status.connection = Connection::SignInPage;
                self.batch_failed(&posted, false);
                self.end_run(Outcome::SignInPage, Wait::BackOff { retry_after_ms: None });
            }
            PostResult::Later { retry_after_ms, .. } => self.on_later(&posted, retry_after_ms),
        }
    }

    #[inline(never)]
    fn on_verdicts(&mut self, posted: Posted, verdicts: Vec<Settled>, elapsed_ms: u64) {
        let now = self.clock.now();
        self.status.connection = Connection::Reachable;
        self.answered();
        self.size.succeeded(posted.entries.len(), elapsed_ms);
        let mut named: BTreeMap<(ItemId, u32), VerdictName> = verdicts
            .into_iter()
            .map(|settled| ((settled.entry.id, settled.entry.revision), settled.verdict))
            .collect();
        let mut settled = Vec::with_capacity(posted.entries.len());
        let mut is_unnamed = false;
        for entry in &posted.entries {
            let verdict = named.remove(&(entry.id, entry.revision));
            is_unnamed |= verdict.is_none();
            match verdict {
                Some(verdict) if verdict != VerdictName::Retry => {
                    self.outbox.settle(entry);
                    settled.push(Settled {
                        entry: *entry,
                        verdict,
                    });
                }
                // `retry`, or not named at all: not now.
                _ => {
                    let chance = &mut self.chance;
                    self.outbox
                        .rest(entry, false, |failures| now.plus_ms(wait_ms(failures, chance)));
                }
            }
        }
        if is_unnamed {
            // Perhaps the store has it no longer: news of a saved reading can be older than its receipt.
            self.read_outbox();
        }
        if settled.is_empty() {
            self.charge_in_vain(&posted);
            return;
        }
        self.backoff.succeed();
        if let Role::Running(run) = &mut self.role {
            run.try_small = false;
            run.singles_refused = 0;
            run.settling.insert(posted.attempt, settled.clone());
        }
        self.effects.push(Effect::Settle {
            attempt: posted.attempt,
            settled,
        });
    }

    fn on_blocked(&mut self, posted: &Posted, pause: Pause) {
        self.outbox.put_back(&posted.entries, self.clock.now());
        self.pause(pause);
    }

    /// Our server spoke, but not of single items: something in the batch is beyond it.
    fn on_refused(&mut self, posted: &Posted) {
        self.status.connection = Connection::Reachable;
        self.answered();
        self.charge_in_vain(posted);
        let was_single = self.batch_failed(posted, true);
        if let Role::Running(run) = &mut self.role {
            run.singles_refused += u8::from(was_single);
            if run.singles_refused >= SINGLES_REFUSED_MAX {
                run.end(Outcome::SomeLeft, Wait::BackOff { retry_after_ms: None });
            }
        }
    }

    fn on_later(&mut self, posted: &Posted, retry_after_ms: Option<u64>) {
        self.link.link_failed(self.clock.now());
        if retry_after_ms.is_some() {
            // The server is there and asks for time: no fault of the batch.
            self.outbox.put_back(&posted.entries, self.clock.now());
        } else {
            self.status.connection = Connection::Unreachable;
            self.batch_failed(posted, false);
        }
        self.end_run(Outcome::SomeLeft, Wait::BackOff { retry_after_ms });
    }

    /// The whole batch came to nothing. `true`: it was a single item, which now backs off alone.
    fn batch_failed(&mut self, posted: &Posted, blamed: bool) -> bool {
        let now = self.clock.now();
        let was_single = self.size.failed(&posted.entries, blamed);
        if was_single {
            for entry in &posted.entries {
                let chance = &mut self.chance;
                self.outbox
                    .rest(entry, true, |failures| now.plus_ms(wait_ms(failures, chance)));
            }
        } else {
            self.outbox.put_back(&posted.entries, now);
        }
        was_single
    }

    pub(super) fn answered(&mut self) {
        let was_steady = self.link.is_steady();
        self.link.batch_answered(self.clock.now());
        if self.link.is_steady() && !was_steady {
            self.budget.clear();
        }
    }

    /// A batch that was sent freely because the link is good, and moved nothing, costs after all.
    fn charge_in_vain(&mut self, posted: &Posted) {
        if !posted.charged {
            self.charge();
        }
    }

    #[inline(never)]
    pub(super) fn on_settle_ended(&mut self, attempt: u64, stored: bool) {
        let Role::Running(run) = &mut self.role else {
            return;
        };
        let Some(settled) = run.settling.remove(&attempt) else {
            return;
        };
        if run.void {
            return;
        }
        if !stored {
            run.end(Outcome::StoreFailed, Wait::BackOff { retry_after_ms: None });
            // What it brought is lost, and the same will be sent again.
            self.charge();
            let entries: Vec<Entry> = settled.iter().map(|settled| settled.entry).collect();
            self.outbox.put_back(&entries, self.clock.now());
            return;
        }
        for settled in settled {
            // A later revision may wait by now: then the item is not through.
            if !self.outbox.remove(&settled.entry) {
                continue;
            }
            match settled.place() {
                Place::Sent => run.synced += 1,
                Place::Shelf => {
                    run.failed += 1;
                    self.status.shelf += 1;
                }
                Place::Outbox => {}
            }
        }
    }
}
