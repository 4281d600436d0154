//! The closed lists of what the engine is told and what it asks for.

pub use super::settings::{CheckWindow, QuietHours, SendOrder, SyncSettings};
use crate::id::ItemId;
use crate::photo::PhotoKey;
use crate::timestamp::Timestamp;
use crate::wire::receipt::VerdictName;

/// One item of the outbox as the engine knows it; the text that is sent stays in the device's store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// The phone's running number for this person: the order of capture.
    pub seq: u64,
    /// The item.
    pub id: ItemId,
    /// The revision that is stored; an edit replaces the entry by one with a higher revision.
    pub revision: u32,
}

/// What the device's store holds for one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stored {
    /// Everything that waits to be sent, by rising `seq`.
    pub entries: Vec<Entry>,
    /// Items on the needs-attention shelf.
    pub shelf: usize,
    /// The highest running number given.
    pub device_total: u64,
    /// When the oldest waiting item was read.
    pub oldest_read_at: Option<Timestamp>,
}

/// Everything that can happen to the engine.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A person is signed in (or was, when the app was last open) and this is what the store holds. Said again, it
    /// starts afresh: the queue of one person is never mixed with that of another.
    Opened(Stored),
    /// Nobody is signed in any more: stop and forget, the store keeps everything.
    Closed,
    /// The answer to `Effect::ReadOutbox`: what the store holds.
    OutboxRead(Stored),
    /// The store has completed the transaction that holds this entry (new, edited or voided).
    Saved(Entry),
    /// Something suggests that it is worth trying now.
    Hint(Hint),
    /// The person tapped **Stop**: the run ends after what is under way, and goes on later or by a fresh hint.
    Stop,
    /// The browser gave us the drain lock; this is what the store holds, read inside the lock.
    LockGranted(Stored),
    /// Another tab or the service worker holds the drain lock.
    LockHeldElsewhere,
    /// A ping ended.
    PingEnded {
        /// The number that `Effect::Ping` carried.
        nonce: u64,
        /// How.
        result: PingResult,
    },
    /// The refresh of the list ended (the adapter has stored what came).
    RefreshEnded(RefreshResult),
    /// A batch ended.
    PostEnded {
        /// The number that `Effect::Post` carried.
        attempt: u64,
        /// How.
        result: PostResult,
        /// From the first byte sent to the last received.
        elapsed_ms: u64,
        /// Size of the request body as sent.
        bytes_sent: u64,
    },
    /// The store has completed (or refused) the transaction of `Effect::Settle`.
    SettleEnded {
        /// The number that `Effect::Settle` carried.
        attempt: u64,
        /// `false`: the store failed; the items are still there and will be sent and answered again.
        stored: bool,
    },
    /// The end check ended.
    CheckEnded(CheckResult),
    /// The store has put back what `Effect::OfferAgain` asked for; this is what it holds now.
    OfferedAgain(Stored),
    /// Another tab or the service worker said something.
    Peer(PeerMessage),
    /// The settings of sync were read or changed.
    Settings(SyncSettings),
    /// Items of the property that one stands in: sent first where `SyncSettings::order` says so. Replaces what was said
    /// before; ids that do not wait (any more, or yet) do no harm.
    SendFirst(Vec<ItemId>),
    /// What the device's store of photos holds for this person, without those of a form that is still open. Said again when
    /// it changes; what is named here was stored before the item that names it.
    Photos(Vec<PhotoKey>),
    /// Which network the browser says it uses.
    Network(Network),
    /// A part of a photo ended.
    PhotoEnded {
        /// The number that `Effect::SendPhoto` carried.
        attempt: u64,
        /// How.
        result: PhotoResult,
        /// From the first byte sent to the last received.
        elapsed_ms: u64,
        /// Size of the request body as sent.
        bytes_sent: u64,
    },
    /// The wake-up that was asked for by `Effect::WakeAt`.
    Woke,
}

/// Why it may be worth trying now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hint {
    /// The app started.
    Started,
    /// The browser says that the network is back.
    Online,
    /// The browser says that the network is gone; changes what is shown, forbids nothing.
    Offline,
    /// The page became visible.
    Visible,
    /// The person tapped **Sync now**.
    SyncNow,
    /// The browser's background sync event.
    Background,
    /// The person signed in again after a 401.
    SignedInAgain,
}

/// How a ping ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PingResult {
    /// The answer was ours: service name and nonce are right.
    Ours {
        /// From sending to the last byte.
        round_trip_ms: u64,
        /// The server's clock minus ours, allowing for half the round trip.
        clock_offset_ms: i64,
    },
    /// An answer came, but not ours.
    Foreign,
    /// No answer in time, or no connection.
    Failed,
}

/// How a refresh of the list ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefreshResult {
    /// New or unchanged, and stored.
    Done,
    /// 401.
    SignInAgain,
    /// Anything else; the age of the list is shown.
    Failed,
}

/// How a batch ended. Made from an HTTP answer by [`super::answer`], nowhere else.
#[derive(Debug, Clone, PartialEq)]
pub enum PostResult {
    /// Receipts for items of this batch. Items that are not named stay.
    Verdicts(Vec<Settled>),
    /// 401: pause, say so, capture goes on.
    SignInAgain,
    /// 403 `wrong_person`: this queue waits for its owner.
    WrongPerson,
    /// 426: offer the update first.
    TooOld,
    /// An answer that is no receipt: HTML, a redirect, a wrong media type or a strange body.
    Foreign,
    /// Another 4xx on the whole batch.
    Refused,
    /// 429, 5xx, network error or stall.
    Later {
        /// `Retry-After`, if the server said so.
        retry_after_ms: Option<u64>,
        /// No bytes for too long: the batch is halved.
        stalled: bool,
    },
}

/// One item and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    /// The item in the revision that was sent.
    pub entry: Entry,
    /// What the server made of it.
    pub verdict: VerdictName,
}

impl Settled {
    /// Where the item goes now.
    pub fn place(&self) -> Place {
        match self.verdict {
            VerdictName::Accepted | VerdictName::Duplicate | VerdictName::Held => Place::Sent,
            VerdictName::Conflict | VerdictName::Rejected => Place::Shelf,
            VerdictName::Retry => Place::Outbox,
        }
    }
}

/// Where an item is kept on the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It waits to be sent.
    Outbox,
    /// The server has it and somebody has to look: needs attention.
    Shelf,
    /// The server has it; kept for 35 days in case the server is restored from an old backup.
    Sent,
}

/// How the end check ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckResult {
    /// The server's count.
    Answered {
        /// How many running numbers it has.
        received: u64,
        /// Which it has not got, as inclusive ranges.
        missing: Vec<(u64, u64)>,
    },
    /// 401.
    SignInAgain,
    /// Anything else; tried again with the next drain.
    Failed,
}

/// Which network the browser says it uses. A hint: it holds photos back when the person wants that, and nothing else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Network {
    /// It does not tell.
    #[default]
    Unknown,
    /// Wi-Fi or a cable.
    Wifi,
    /// One that may cost.
    Cellular,
}

/// How a part of a photo ended. Made from an HTTP answer by [`super::answer`], nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoResult {
    /// The server names this photo and says what it holds of it.
    Held {
        /// Bytes from the first on.
        received: u64,
        /// All of it is there, has this hash, and is stored.
        complete: bool,
    },
    /// The phone's store holds it no more.
    Gone,
    /// No item of this person names it, as far as the server knows.
    Unexpected,
    /// Another 4xx: this photo is not taken.
    Refused,
    /// 401.
    SignInAgain,
    /// An answer that is not ours.
    Foreign,
    /// 429, 5xx, network error or stall.
    Later {
        /// `Retry-After`, if the server said so.
        retry_after_ms: Option<u64>,
    },
}

/// What tabs and the service worker of one phone tell each other.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeerMessage {
    /// The holder of the lock tells how far it is; also its sign of life.
    Progress(super::status::Progress),
    /// The holder has finished.
    Finished(super::status::Summary),
    /// Somebody tapped **Sync now** in another tab.
    SyncNow,
    /// Somebody tapped **Stop** in another tab.
    Stop,
    /// The outbox changed in another tab: read it again.
    OutboxChanged,
}

/// Everything the engine can ask for. Each request is answered by exactly one input, or never (a crash).
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask the browser for the drain lock without waiting; answer `LockGranted` or `LockHeldElsewhere`.
    RequestLock,
    /// Give the drain lock back.
    ReleaseLock,
    /// Read the outbox again (another tab changed it); answer `OutboxRead`. Needs no lock.
    ReadOutbox,
    /// Send a ping with this nonce and time-out.
    Ping {
        /// Comes back in the answer.
        nonce: u64,
        /// Give up after this long.
        timeout_ms: u64,
    },
    /// Fetch what changed in the list and store it.
    Refresh,
    /// Send these entries in one batch. Just before, the adapter looks the entries up in the store; when it holds none
    /// of them any more, it sends nothing and answers with no verdicts.
    Post {
        /// Numbers the batches of this run of the app.
        attempt: u64,
        /// The entries, by rising `seq`. One that the store no longer holds in this revision is left out.
        entries: Vec<Entry>,
        /// The highest running number given.
        device_total: u64,
        /// No bytes for this long: give up.
        stall_timeout_ms: u64,
    },
    /// Move items to where their verdict sends them, with their receipts, in one transaction. An entry that the
    /// store holds in a higher revision stays.
    Settle {
        /// The batch that was answered.
        attempt: u64,
        /// Items and verdicts.
        settled: Vec<Settled>,
    },
    /// Ask the server which running numbers it has not got.
    Check {
        /// The highest running number given.
        device_total: u64,
        /// Items that still wait.
        waiting: usize,
        /// When the oldest of them was read.
        oldest_read_at: Option<Timestamp>,
    },
    /// Put kept items with these running numbers back into the outbox.
    OfferAgain {
        /// Inclusive ranges.
        missing: Vec<(u64, u64)>,
    },
    /// Send the next part of a photo; answer `PhotoEnded`.
    SendPhoto {
        /// Comes back in the answer.
        attempt: u64,
        /// The photo.
        photo: PhotoKey,
        /// Bytes that the server holds; absent: ask it, and send nothing.
        held: Option<u64>,
        /// Most bytes of the part.
        size_max: u64,
        /// No bytes for this long: give up.
        stall_timeout_ms: u64,
    },
    /// Delete a photo from the device's store. Where that fails it is found there again, asked about and deleted then.
    ForgetPhoto {
        /// The photo.
        photo: PhotoKey,
    },
    /// Send `Woke` at this moment; replaces the wake-up asked for before.
    WakeAt(Timestamp),
    /// Tell the other tabs and the service worker.
    Tell(PeerMessage),
    /// Keep this in the history of syncs.
    Record(super::status::Summary),
}
