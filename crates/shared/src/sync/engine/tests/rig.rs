//! An engine on a bench: a clock, a store and a server that answer as the test says.

use std::collections::VecDeque;

use crate::id::ItemId;
use crate::photo::PhotoKey;
use crate::sync::engine::Engine;
use crate::sync::event::{
    CheckResult, Effect, Entry, Hint, Input, PhotoResult, PingResult, PostResult, RefreshResult, Settled,
    Stored,
};
use crate::sync::status::Status;
use crate::timestamp::Timestamp;
use crate::wire::receipt::VerdictName;

/// How the server answers a batch.
pub(super) type Answerer = Box<dyn FnMut(&[Entry]) -> PostResult>;

pub(super) struct Rig {
    pub(super) engine: Engine,
    pub(super) now_ms: i64,
    pub(super) items: Vec<Entry>,
    pub(super) shelf: usize,
    pub(super) device_total: u64,
    /// Items with receipts, for `OfferAgain`.
    pub(super) kept: Vec<Entry>,
    pub(super) pings: Box<dyn FnMut() -> PingResult>,
    pub(super) posts: Answerer,
    pub(super) check: CheckResult,
    pub(super) sends_photo: Box<dyn FnMut(PhotoKey, Option<u64>) -> PhotoResult>,
    pub(super) refresh: RefreshResult,
    pub(super) settles: bool,
    pub(super) bytes_sent: u64,
    /// Requests that are not answered by themselves.
    pub(super) holds: fn(&Effect) -> bool,
    pub(super) held: Vec<Effect>,
    pub(super) seen: Vec<Effect>,
    wake_at: Option<i64>,
    inputs: VecDeque<Input>,
}

pub(super) fn entry(seq: u64, revision: u32) -> Entry {
    Entry {
        seq,
        id: ItemId(uuid::Uuid::from_u128(u128::from(seq))),
        revision,
    }
}

pub(super) fn ours() -> PingResult {
    PingResult::Ours {
        round_trip_ms: 20,
        clock_offset_ms: 0,
    }
}

pub(super) fn later() -> PostResult {
    PostResult::Later {
        retry_after_ms: None,
        stalled: false,
    }
}

pub(super) fn all(entries: &[Entry], verdict: VerdictName) -> PostResult {
    PostResult::Verdicts(
        entries
            .iter()
            .map(|entry| Settled {
                entry: *entry,
                verdict,
            })
            .collect(),
    )
}

pub(super) fn nothing_missing() -> CheckResult {
    CheckResult::Answered {
        received: 0,
        missing: Vec::new(),
    }
}

impl Rig {
    /// A phone with so many items, and a server that accepts everything.
    pub(super) fn new(count: u64) -> Self {
        Self {
            engine: Engine::new(1),
            now_ms: 1_000_000,
            items: (1..=count).map(|seq| entry(seq, 1)).collect(),
            shelf: 0,
            device_total: count,
            kept: Vec::new(),
            pings: Box::new(ours),
            posts: Box::new(|entries| all(entries, VerdictName::Accepted)),
            check: nothing_missing(),
            sends_photo: Box::new(|_, _| PhotoResult::Held {
                received: 9,
                complete: true,
            }),
            refresh: RefreshResult::Done,
            settles: true,
            bytes_sent: 10,
            holds: |_| false,
            held: Vec::new(),
            seen: Vec::new(),
            wake_at: None,
            inputs: VecDeque::new(),
        }
    }

    pub(super) fn open(&mut self) {
        let stored = self.stored();
        self.tell(Input::Opened(stored));
    }

    pub(super) fn hint(&mut self, hint: Hint) {
        self.tell(Input::Hint(hint));
    }

    /// The store holds this entry, and the engine hears of it.
    pub(super) fn save(&mut self, saved: Entry) {
        self.items.retain(|item| item.id != saved.id);
        self.items.push(saved);
        self.items.sort();
        self.device_total = self.device_total.max(saved.seq);
        self.tell(Input::Saved(saved));
    }

    /// Gives one input, and every answer that follows from it at once.
    pub(super) fn tell(&mut self, input: Input) {
        self.inputs.push_back(input);
        self.pump();
    }

    /// The answer to a request that was held back.
    pub(super) fn release(&mut self, effect: Effect) {
        self.answer(effect);
        self.pump();
    }

    fn pump(&mut self) {
        while let Some(input) = self.inputs.pop_front() {
            let effects = self.engine.step(Timestamp::from_ms(self.now_ms), input);
            for effect in effects {
                self.seen.push(effect.clone());
                if (self.holds)(&effect) {
                    self.held.push(effect);
                } else {
                    self.answer(effect);
                }
            }
        }
    }

    /// Lets time pass, with every wake-up that was asked for.
    pub(super) fn wait(&mut self, ms: i64) {
        let until = self.now_ms + ms;
        while let Some(at) = self.wake_at.filter(|at| *at <= until) {
            self.now_ms = self.now_ms.max(at);
            self.wake_at = None;
            self.tell(Input::Woke);
        }
        self.now_ms = until;
    }

    /// When the engine wants to be woken, from now.
    pub(super) fn wakes_in_ms(&self) -> Option<i64> {
        self.wake_at.map(|at| at - self.now_ms)
    }

    pub(super) fn status(&self) -> &Status {
        self.engine.status()
    }

    /// Sizes of the batches so far.
    pub(super) fn batches(&self) -> Vec<usize> {
        let sizes = self.seen.iter().map(|effect| match effect {
            Effect::Post { entries, .. } => Some(entries.len()),
            _ => None,
        });
        sizes.flatten().collect()
    }

    /// How often something was asked for.
    pub(super) fn count(&self, is_it: impl Fn(&Effect) -> bool) -> usize {
        self.seen.iter().filter(|effect| is_it(effect)).count()
    }

    pub(super) fn pings_sent(&self) -> usize {
        self.count(|effect| matches!(effect, Effect::Ping { .. }))
    }

    pub(super) fn stored(&self) -> Stored {
        let (entries, shelf, device_total) = (self.items.clone(), self.shelf, self.device_total);
        Stored {
            entries,
            shelf,
            device_total,
            oldest_read_at: None,
        }
    }

    fn answer(&mut self, effect: Effect) {
        let input = match effect {
            Effect::RequestLock => Input::LockGranted(self.stored()),
            Effect::ReadOutbox => Input::OutboxRead(self.stored()),
            Effect::Ping { nonce, .. } => Input::PingEnded {
                nonce,
                result: (self.pings)(),
            },
            Effect::Refresh => Input::RefreshEnded(self.refresh),
            Effect::Post { attempt, entries, .. } => Input::PostEnded {
                attempt,
                result: (self.posts)(&entries),
                elapsed_ms: 100,
                bytes_sent: self.bytes_sent,
            },
            Effect::Settle { attempt, settled } => {
                if self.settles {
                    let gone: Vec<Entry> = settled.iter().map(|settled| settled.entry).collect();
                    self.items.retain(|item| !gone.contains(item));
                    self.kept.extend(gone);
                }
                Input::SettleEnded {
                    attempt,
                    stored: self.settles,
                }
            }
            Effect::Check { .. } => Input::CheckEnded(self.check.clone()),
            Effect::OfferAgain { missing } => {
                let is_missing = |entry: &&Entry| missing.iter().any(|it| (it.0..=it.1).contains(&entry.seq));
                self.items.extend(self.kept.iter().filter(is_missing).copied());
                self.items.sort();
                self.items.dedup();
                Input::OfferedAgain(self.stored())
            }
            Effect::WakeAt(at) => {
                assert!(at.ms() > self.now_ms, "a wake-up lies in the future");
                self.wake_at = Some(at.ms());
                return;
            }
            Effect::ReleaseLock | Effect::Tell(_) | Effect::Record(_) => return,
            Effect::SendPhoto {
                attempt, photo, held, ..
            } => Input::PhotoEnded {
                attempt,
                result: (self.sends_photo)(photo, held),
                elapsed_ms: 100,
                bytes_sent: 10,
            },
            Effect::ForgetPhoto { .. } => return,
        };
        self.inputs.push_back(input);
    }
}
