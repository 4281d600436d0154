//! A phone without a screen: the real sync engine and the real reading of answers, over real HTTP, with a store in
//! memory that behaves like the browser's. What it keeps as receipts is compared with the server's books.

pub mod call;
pub mod store;

use std::time::Duration;

use anyhow::{Context, Result};
use shared::id::DeviceId;
use shared::sync::answer::VerdictText;
use shared::sync::engine::Engine;
use shared::sync::event::{Effect, Hint, Input};
use shared::sync::status::Status;
use shared::timestamp::Timestamp;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Instant;

use crate::person::now;
use call::{Calls, Server};
use store::Store;

/// One phone with one person's queue.
pub struct Phone {
    engine: Engine,
    server: Server,
    store: Store,
    inputs: (UnboundedSender<Arrived>, UnboundedReceiver<Arrived>),
    wake_at: Option<Instant>,
    locked: bool,
}

/// What a call brought back.
pub(crate) enum Arrived {
    Input(Input),
    /// A batch was answered; receipts are kept when the engine settles.
    Posted {
        input: Input,
        receipts: Vec<VerdictText>,
    },
}

impl Phone {
    /// A phone of this signed-in client; `seed` feeds the engine's jitter.
    pub fn new(client: reqwest::Client, url: &str, device_id: DeviceId, seed: u64) -> Self {
        Self {
            engine: Engine::new(seed),
            server: Server::new(client, url, device_id),
            store: Store::default(),
            inputs: unbounded_channel(),
            wake_at: None,
            locked: false,
        }
    }

    /// What the phone holds.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Puts items into the outbox while the app is closed.
    pub fn store_mut(&mut self) -> &mut Store {
        &mut self.store
    }

    /// How its calls went so far.
    pub fn calls(&self) -> Calls {
        self.server.calls()
    }

    /// It has fetched its list already: the next time it asks for what changed.
    pub fn know_list(&self, cursor: String) {
        self.server.know_list(cursor);
    }

    /// What the person would be told.
    pub fn status(&self) -> &Status {
        self.engine.status()
    }

    /// Opens the app.
    pub fn open(&mut self) {
        self.step(Input::Opened(self.store.stored()));
        self.step(Input::Hint(Hint::Started));
    }

    /// Gives the engine a hint.
    pub fn hint(&mut self, hint: Hint) {
        self.step(Input::Hint(hint));
    }

    /// Runs until `done` holds; fails after `limit`, which only bounds a broken run.
    pub async fn run_until(&mut self, limit: Duration, done: impl Fn(&Self) -> bool) -> Result<()> {
        let end = Instant::now() + limit;
        while !done(self) {
            let wake = self.wake_at.unwrap_or(end).min(end);
            tokio::select! {
                arrived = self.inputs.1.recv() => self.arrived(arrived.context("the phone owns a sender")?),
                () = tokio::time::sleep_until(wake) => {
                    anyhow::ensure!(Instant::now() < end, "in vain: {:?}", self.engine.status());
                    self.wake_at = None;
                    self.step(Input::Woke);
                }
            }
        }
        Ok(())
    }

    fn arrived(&mut self, arrived: Arrived) {
        match arrived {
            Arrived::Input(input) => self.step(input),
            Arrived::Posted { input, receipts } => {
                self.store.expect_receipts(&receipts);
                self.step(input);
            }
        }
    }

    fn step(&mut self, input: Input) {
        for effect in self.engine.step(now(), input) {
            self.carry_out(effect);
        }
    }

    fn later(&self, input: Input) {
        // The receiver lives as long as the phone.
        let _ = self.inputs.0.send(Arrived::Input(input));
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::RequestLock => {
                self.locked = true;
                self.later(Input::LockGranted(self.store.stored()));
            }
            Effect::ReleaseLock => self.locked = false,
            Effect::ReadOutbox => self.later(Input::OutboxRead(self.store.stored())),
            Effect::Ping { nonce, timeout_ms } => self.server.ping(nonce, timeout_ms, &self.inputs.0),
            Effect::Refresh => self.server.refresh(&self.inputs.0),
            Effect::Post {
                attempt,
                entries,
                device_total,
                stall_timeout_ms,
            } => {
                assert!(self.locked, "a batch without the lock");
                let bodies = self.store.bodies(&entries);
                self.server
                    .post(attempt, bodies, device_total, stall_timeout_ms, &self.inputs.0);
            }
            Effect::Settle { attempt, settled } => {
                self.store.settle(&settled);
                self.later(Input::SettleEnded {
                    attempt,
                    stored: true,
                });
            }
            Effect::Check {
                device_total,
                waiting,
                ..
            } => self.server.check(device_total, waiting, &self.inputs.0),
            Effect::OfferAgain { missing } => {
                self.store.offer_again(&missing);
                self.later(Input::OfferedAgain(self.store.stored()));
            }
            Effect::WakeAt(at) => self.wake_at = Some(instant(at)),
            // It takes no photos, so none is asked for.
            Effect::Tell(_) | Effect::Record(_) | Effect::SendPhoto { .. } | Effect::ForgetPhoto { .. } => {}
        }
    }
}

fn instant(at: Timestamp) -> Instant {
    let ms = u64::try_from(at.since_ms(now())).unwrap_or(0);
    Instant::now() + Duration::from_millis(ms)
}
