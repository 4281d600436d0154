//! What happens in the world, one after the other.

use shared::sync::event::{Input, PeerMessage, Settled};

use super::phone::{Kind, To};
use super::points::Form;
use super::server::Answer;
use super::table::Fault;

#[derive(Debug, Clone)]
pub(super) enum Event {
    Act,
    WeatherChanges {
        phone: usize,
    },
    /// A fault takes effect.
    Meets {
        fault: Fault,
        phone: usize,
    },
    /// The store's transaction of a save or an edit completes, or fails.
    Save {
        to: To,
        form: Form,
        edit: bool,
    },
    Deliver {
        to: To,
        input: Input,
        owed: bool,
    },
    TakeLock {
        to: To,
    },
    ReadForLock {
        to: To,
    },
    ReadOutbox {
        to: To,
    },
    ReadPhotos {
        to: To,
    },
    AtServer {
        to: To,
        request: u64,
        kind: Kind,
        back_ms: Option<u64>,
        replaced: Option<Answer>,
    },
    Answered {
        to: To,
        request: u64,
        answer: Answer,
    },
    GivenUp {
        to: To,
        request: u64,
    },
    Settle {
        to: To,
        person: String,
        attempt: u64,
        settled: Vec<Settled>,
    },
    Offer {
        to: To,
        person: String,
        missing: Vec<(u64, u64)>,
    },
    Wake {
        to: To,
        alarm: u64,
    },
    Peer {
        to: To,
        message: PeerMessage,
    },
    TabOpens {
        phone: usize,
        tab: usize,
    },
    SignsInAgain {
        phone: usize,
    },
    /// The browser's background sync: with or without an open tab.
    WorkerWakes {
        phone: usize,
    },
    /// The browser ends the service worker.
    WorkerDies {
        phone: usize,
        life: u32,
    },
    /// A tab hears that another person has signed in in another tab.
    PersonChanges {
        phone: usize,
        tab: usize,
    },
}

/// For the heap: events of one moment come in the order in which they were planned.
pub(super) struct Planned(pub(super) u64, pub(super) u64, pub(super) Event);

impl PartialEq for Planned {
    fn eq(&self, other: &Self) -> bool {
        (self.0, self.1) == (other.0, other.1)
    }
}

impl Eq for Planned {}

impl PartialOrd for Planned {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Planned {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.0, self.1).cmp(&(other.0, other.1))
    }
}
