//! A phone with its tabs. They share the store, the lock, the session and the clock; each has an engine of its own.

use std::collections::BTreeMap;

use shared::id::{BatchId, DeviceId};
use shared::photo::{PartRange, PhotoKey};
use shared::sync::engine::Engine;
use shared::sync::event::{Entry, Network};
use shared::timestamp::Timestamp;

use super::network::Weather;
use super::store::{Answered, Body, Store};
use super::table::Met;

/// Whom an event is for. Of a tab that died since, or of a person who left, nothing is left to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct To {
    pub(super) phone: usize,
    pub(super) tab: usize,
    pub(super) life: u32,
    pub(super) session: u32,
}

#[derive(Debug)]
pub(super) struct Phone {
    pub(super) device: DeviceId,
    /// The phone's clock minus the true time.
    pub(super) clock_error_ms: i64,
    pub(super) clock_was_wrong: bool,
    pub(super) persons: Vec<String>,
    pub(super) stores: BTreeMap<String, Store>,
    /// Whose session cookie it is.
    pub(super) cookie: String,
    pub(super) cookie_expired: bool,
    pub(super) lock: Option<(usize, u32)>,
    pub(super) weather: Weather,
    pub(super) tabs: Vec<Tab>,
    pub(super) flapping: Option<FlapWatch>,
    /// When the store changed last, or a queue was opened; in the future where a tab has died with what it did not tell.
    pub(super) changed_at: u64,
    /// Until then the runner without a page may not know what a page has stored that died; nobody looks at it.
    pub(super) worker_unheard_until: u64,
    /// By then the page that stored the last form knows it.
    pub(super) saved_told_at: u64,
    /// The runner without a page, if the browser has one.
    pub(super) worker: Option<usize>,
    /// Somebody has tapped **Sync now** on it.
    pub(super) tapped: bool,
    /// The property that one stands in.
    pub(super) here: usize,
    pub(super) network: Network,
}

/// Counts requests on a flapping link, from the first one that failed.
#[derive(Debug, Default)]
pub(super) struct FlapWatch {
    pub(super) failed: bool,
    pub(super) sent_at: Vec<u64>,
}

#[derive(Debug)]
pub(super) struct Tab {
    pub(super) engine: Engine,
    pub(super) is_alive: bool,
    pub(super) life: u32,
    /// Whose queue is open; counts up with each change.
    pub(super) person: Option<String>,
    pub(super) session: u32,
    /// Answers that the engine waits for.
    pub(super) owed: usize,
    pub(super) alarm: Option<u64>,
    pub(super) alarms: u64,
    /// When the last alarm that was set rings: a clock that was set since does not move it.
    pub(super) rings_at: u64,
    pub(super) requests: BTreeMap<u64, Request>,
    /// What was answered and is not settled yet, by attempt.
    pub(super) answered: BTreeMap<u64, Vec<Answered>>,
    pub(super) all_received: Option<u64>,
    /// The server has asked for time until then.
    pub(super) not_before: u64,
}

/// A request that has not ended for the phone.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) kind: Kind,
    pub(super) session: u32,
    pub(super) sent_at: u64,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    Ping {
        nonce: u64,
    },
    Refresh,
    Post {
        attempt: u64,
        device: DeviceId,
        clock_offset_ms: Option<i64>,
        batch_id: BatchId,
        bodies: Vec<Body>,
    },
    Check {
        device: DeviceId,
        person: String,
        device_total: u64,
    },
    Photo {
        attempt: u64,
        photo: PhotoKey,
        person: String,
        range: PartRange,
    },
}

impl Request {
    pub(super) fn posted(&self) -> &[Body] {
        match &self.kind {
            Kind::Post { bodies, .. } => bodies,
            Kind::Ping { .. } | Kind::Refresh | Kind::Check { .. } | Kind::Photo { .. } => &[],
        }
    }
}

impl Tab {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            engine: Engine::new(seed),
            is_alive: true,
            life: 0,
            person: None,
            session: 0,
            owed: 0,
            alarm: None,
            alarms: 0,
            rings_at: 0,
            requests: BTreeMap::new(),
            answered: BTreeMap::new(),
            all_received: None,
            not_before: 0,
        }
    }

    /// The tab is gone; another one may open in its place.
    pub(super) fn die(&mut self) {
        self.is_alive = false;
        self.life += 1;
        self.person = None;
        self.owed = 0;
        self.alarm = None;
        self.requests.clear();
        self.answered.clear();
        self.all_received = None;
        self.not_before = 0;
    }
}

impl Phone {
    /// The store has changed at this moment; where a tab has died without a word, it is heard of later.
    pub(super) fn changed(&mut self, now_ms: u64) {
        self.changed_at = self.changed_at.max(now_ms);
    }

    /// Runners with a page.
    pub(super) fn pages(&self) -> std::ops::Range<usize> {
        0..self.worker.unwrap_or(self.tabs.len())
    }

    pub(super) fn wall(&self, true_time: Timestamp) -> Timestamp {
        true_time.plus_ms(self.clock_error_ms)
    }

    pub(super) fn store(&mut self, person: &str) -> &mut Store {
        self.stores.entry(String::from(person)).or_default()
    }

    /// Entries that are in a request of any tab at this moment.
    pub(super) fn in_flight(&self) -> Vec<Entry> {
        let requests = self.tabs.iter().flat_map(|tab| tab.requests.values());
        requests
            .flat_map(|request| request.posted().iter().map(|body| body.entry))
            .collect()
    }

    /// The state of each item on this phone.
    pub(super) fn states(&self) -> Vec<Met> {
        let in_flight = self.in_flight();
        let answered: Vec<Entry> = self
            .tabs
            .iter()
            .flat_map(|tab| {
                tab.answered
                    .values()
                    .flatten()
                    .map(|answered| answered.body.entry)
            })
            .collect();
        let mut states = Vec::new();
        for store in self.stores.values() {
            states.extend(store.items.values().map(|body| {
                if in_flight.contains(&body.entry) {
                    Met::InFlight
                } else if in_flight.iter().any(|entry| entry.id == body.entry.id) {
                    Met::EditedInFlight
                } else if answered.contains(&body.entry) {
                    Met::Unsettled
                } else {
                    Met::Waiting
                }
            }));
            states.extend(store.shelf.values().map(|_| Met::Shelf));
            states.extend(store.sent.iter().map(|_| Met::Sent));
        }
        states
    }
}
