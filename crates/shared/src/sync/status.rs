//! What a person may be told. Says what is known and never more.

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;

/// Everything that the status pill and the Sync screen show.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// Items on this phone that the server has not confirmed.
    pub waiting: usize,
    /// Items that need attention.
    pub shelf: usize,
    /// What is known of the connection.
    pub connection: Connection,
    /// Why nothing is sent, if something must be done first.
    pub paused: Option<Pause>,
    /// The run under way, here or in another tab.
    pub progress: Option<Progress>,
    /// The last run that ended.
    pub last: Option<Summary>,
    /// When the next attempt is scheduled; absent when nothing waits or a run is under way.
    pub next_attempt_at: Option<Timestamp>,
    /// The server has confirmed that nothing is missing up to this running number, and nothing waits.
    pub all_received: Option<u64>,
    /// Running numbers, as inclusive ranges, that the server has never received and that this phone does not hold
    /// either: lost with the browser's storage, or still on another copy of this app.
    #[serde(default)]
    pub missing: Vec<(u64, u64)>,
    /// How good the link was, as measured by the pings and batches of late.
    #[serde(default)]
    pub link: LinkQuality,
    /// Photos on this phone that the server has not confirmed.
    #[serde(default)]
    pub photos: usize,
    /// What photos wait for beside their turn.
    #[serde(default)]
    pub photos_wait: Option<PhotosWait>,
    /// The server's clock minus the phone's, as measured last, and when.
    pub clock_offset: Option<(i64, Timestamp)>,
}

/// What photos wait for beside their turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotosWait {
    /// A network that does not cost.
    Wifi,
    /// The browser does not tell the network: **Sync now**.
    Tap,
}

/// What is known of the connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// Nothing was tried yet.
    #[default]
    Unknown,
    /// The server answered last time.
    Reachable,
    /// The last attempt found no server.
    Unreachable,
    /// Something else answers in the server's place, probably a sign-in page of the network.
    SignInPage,
}

/// How good the link was; a member is absent until it was measured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkQuality {
    /// From sending a ping to its answer; the last few, smoothed.
    pub round_trip_ms: Option<u64>,
    /// Bytes of batches that got through in a second, the round trip left out; the last few, smoothed. Batches too
    /// small or too quick to say anything do not count.
    pub upload_bytes_per_s: Option<u64>,
    /// When anything was measured last.
    pub measured_at: Option<Timestamp>,
    /// The length of the next stability check, first ping to third: the measure of how steady the link was.
    pub check_window_ms: u64,
}

/// What must be done before anything is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pause {
    /// Sign in again.
    SignIn,
    /// The queue belongs to another person.
    WrongPerson,
    /// Update the app first.
    Update,
}

impl Pause {
    /// Whether a sign-in of the queue's own person ends it.
    pub fn ends_with_a_sign_in(self) -> bool {
        matches!(self, Self::SignIn | Self::WrongPerson)
    }
}

/// How far a run is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Started by **Sync now**.
    pub manual: bool,
    /// What is done at the moment.
    pub step: Step,
    /// Items to send when the drain began, and those saved since.
    pub total: usize,
    /// Items in the books (or with the office) since the run began.
    pub synced: usize,
    /// Items that went to the shelf since the run began.
    pub failed: usize,
    /// When the run began.
    pub started_at: Timestamp,
    /// Estimate of the time that is left, from this run's own pace.
    pub left_ms: Option<u64>,
    /// Requests of this run that count against the budget, so that all tabs of a phone share one budget.
    #[serde(default)]
    pub requests: u32,
    /// Photos to send when the run began, and those taken since.
    #[serde(default)]
    pub photos: usize,
    /// Photos that arrived since the run began.
    #[serde(default)]
    pub photos_sent: usize,
}

impl Progress {
    /// 0 to 100, of the items or, once these are through, of the photos; 100 only when nothing is left.
    pub fn percent(&self) -> u8 {
        let (done, total) = match self.step {
            Step::SendingPhotos => (self.photos_sent, self.photos),
            _ => (self.synced + self.failed, self.total),
        };
        match done.min(total).saturating_mul(100).checked_div(total) {
            Some(percent) => u8::try_from(percent).unwrap_or(100),
            None => 0,
        }
    }
}

/// The steps as they happen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The connection seems to be back.
    #[default]
    ConnectionBack,
    /// So many good pings in a row, of so many.
    CheckingConnection(u8, u8),
    /// The list is fetched.
    UpdatingList,
    /// Batches are sent.
    Sending,
    /// The end check.
    Confirming,
    /// Parts of photos are sent.
    SendingPhotos,
}

/// A run that ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Started by **Sync now**.
    pub manual: bool,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Timestamp,
    /// Items in the books (or with the office).
    pub synced: usize,
    /// Items that went to the shelf.
    pub failed: usize,
    /// Items that still wait.
    pub left: usize,
    /// Bytes of the batches as sent.
    pub bytes_sent: u64,
    /// Batches sent.
    pub batches: u32,
    /// How it ended.
    pub outcome: Outcome,
    /// With `AllReceived`: the running number up to which nothing is missing.
    #[serde(default)]
    pub confirmed: Option<u64>,
    /// Why it started.
    #[serde(default)]
    pub why: Why,
    /// The link as it was measured by its end.
    #[serde(default)]
    pub link: LinkQuality,
    /// Photos that arrived.
    #[serde(default)]
    pub photos_sent: usize,
    /// Photos that still wait.
    #[serde(default)]
    pub photos_left: usize,
}

impl Summary {
    /// It never got as far as the list and the batches: what the phone holds is as before.
    pub fn changed_nothing(&self) -> bool {
        self.batches == 0 && matches!(self.outcome, Outcome::NoConnection | Outcome::SignInPage)
    }
}

/// Why a run started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The next attempt was due, or another tab had fallen silent.
    #[default]
    Scheduled,
    /// The person tapped **Sync now**.
    SyncNow,
    /// Something was saved.
    Saved,
    /// The browser said that the network is back.
    Online,
    /// The app started or became visible, or automatic sync was switched on.
    Opened,
    /// The person signed in again.
    SignedIn,
    /// The browser's background sync.
    Background,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Everything was received and the totals agree.
    AllReceived,
    /// Everything was sent; the end check found differences or could not be made.
    Sent,
    /// Some wait still, with the next attempt scheduled.
    SomeLeft,
    /// The connection was not stable enough.
    NoConnection,
    /// A sign-in page was in the way.
    SignInPage,
    /// Sign in again first.
    SignIn,
    /// The queue belongs to another person.
    WrongPerson,
    /// Update the app first.
    Update,
    /// The phone's store failed.
    StoreFailed,
    /// The person stopped it; what is left waits for the next tap or the next hint, a few minutes at most.
    Stopped,
}
