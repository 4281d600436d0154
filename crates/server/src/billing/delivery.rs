//! The task that tells billing what is due.

use std::sync::Arc;
use std::time::Duration;

use shared::delivery::{Failure, Next, Tried};
use tokio::sync::Notify;

use super::endpoint::Endpoint;
use super::outbox::{self, Due};
use super::step::{OutboxStep, TryEnded};
use super::webhook::Webhook;
use crate::clock::Clock;
use crate::edge::StopSignal;
use crate::intake::{Refused, WriterHandle};
use crate::state::AppState;
use crate::store::Store;

/// Nobody else takes an event for so long after its try should have ended.
const CLAIM_SPARE: Duration = Duration::from_secs(30);
/// Looked again after so long at the latest: another process may have closed something, or the clock been set.
const PAUSE_MAX: Duration = Duration::from_secs(60);
const PAUSE_MIN: Duration = Duration::from_secs(1);

/// Rung when there may be something to tell; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct DeliveryBell(Arc<Notify>);

impl DeliveryBell {
    /// There may be something; rung once or often is the same.
    pub fn ring(&self) {
        self.0.notify_one();
    }
}

/// What a try may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// From its beginning to its answer.
    pub try_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // 50,000 rows take seconds to make; the rest is for a slow line.
            try_time: Duration::from_secs(120),
        }
    }
}

/// Tells billing, one event after the other.
pub struct Delivery {
    store: Store,
    writer: WriterHandle,
    clock: Clock,
    endpoint: Endpoint,
    limits: Limits,
    bell: DeliveryBell,
    stop: StopSignal,
}

impl Delivery {
    /// From now on `app` writes down what is to be told.
    pub fn new(
        app: &mut AppState,
        webhook: Webhook,
        limits: Limits,
        stop: StopSignal,
    ) -> Result<Self, String> {
        let endpoint = Endpoint::new(webhook)?;
        let bell = DeliveryBell::default();
        app.billing = Some(bell.clone());
        Ok(Self {
            store: app.store.clone(),
            writer: app.writer.clone(),
            clock: app.clock.clone(),
            endpoint,
            limits,
            bell,
            stop,
        })
    }

    /// Runs until the server stops.
    pub async fn run(self) {
        loop {
            if let Err(error) = self.deliver_due().await {
                tracing::warn!(%error, "the outbox of hand-overs can't be worked on");
            }
            let stopped = self.stop.clone().given();
            tokio::select! {
                biased;
                () = stopped => return,
                () = self.bell.0.notified() => {}
                () = self.pause() => {}
            }
        }
    }

    /// Tries everything that is due, each once, and tells how many there were.
    pub async fn deliver_due(&self) -> Result<usize, Refused> {
        let mut count = 0;
        while let Some(due) = outbox::due(&self.store, self.clock.now()).await? {
            let time = self.limits.try_time + CLAIM_SPARE;
            let claimed_until = self.clock.now().plus_ms(whole_ms(time));
            if !outbox::claim(&self.store, &due, claimed_until).await? {
                continue;
            }
            count += 1;
            let tried = self.attempt(&due).await;
            let stopped = tried.is_none();
            let tries = u32::try_from(due.tries + 1).unwrap_or(u32::MAX);
            let ended = TryEnded {
                claimed_until,
                at: self.clock.now(),
                outcome: tried.map(|it| (it, it.next(tries, rand::random()))),
                due,
            };
            log(&ended);
            self.writer.step_outbox(OutboxStep::Ended(ended)).await?;
            if stopped {
                break;
            }
        }
        Ok(count)
    }

    /// `None` where the server stopped before there was an answer.
    async fn attempt(&self, due: &Due) -> Option<Tried> {
        let post = self.endpoint.post(&self.store, due, self.clock.now());
        tokio::select! {
            biased;
            () = self.stop.clone().given() => None,
            tried = tokio::time::timeout(self.limits.try_time, post) => {
                Some(tried.unwrap_or(Tried::Failed(Failure::Timeout)))
            }
        }
    }

    async fn pause(&self) {
        let wait = match outbox::next_try_at(&self.store).await {
            Ok(Some(at)) => {
                let wait_ms = u64::try_from(at.since_ms(self.clock.now())).unwrap_or(0);
                Duration::from_millis(wait_ms)
            }
            Ok(None) | Err(_) => PAUSE_MAX,
        };
        tokio::time::sleep(wait.clamp(PAUSE_MIN, PAUSE_MAX)).await;
    }
}

fn log(ended: &TryEnded) {
    let event = ended.due.to_wire();
    let (property, period, kind) = (event.property, event.period, event.kind);
    match ended.outcome {
        None => {}
        Some((_, Next::Settled)) => tracing::info!(property, period, kind, "billing was told"),
        Some((tried, Next::Again { wait_ms })) => {
            tracing::warn!(
                property,
                period,
                kind,
                ?tried,
                wait_ms,
                "billing was not told yet"
            );
        }
        Some((tried, Next::GiveUp)) => {
            tracing::error!(
                property,
                period,
                kind,
                ?tried,
                "billing is not told any more by itself"
            );
        }
    }
}

fn whole_ms(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
