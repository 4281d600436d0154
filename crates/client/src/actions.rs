//! What a page can ask for. Each action ends when its effect is durable, or says why it is not.

mod bundle;
mod capture;
mod device;
mod diagnostics;
mod outbox;
mod photos;
mod position;
mod session;
mod sync;
mod walk;

pub use bundle::{Exported, Unsent};
pub use photos::PhotoError;

use shared::sync::event::Entry;

/// The device's store has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// What was stored.
    pub entry: Entry,
    /// The form had been saved before: nothing was added.
    pub replay: bool,
}

/// Why an item was not saved. The form keeps what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveError {
    /// Nobody is signed in.
    NobodySignedIn,
    /// The value is none that the register can show.
    NotOnRegister,
    /// The list does not have the form's meter point any more.
    PointGone,
    /// The device has no space left.
    DeviceFull,
    /// The device's store failed twice.
    StoreFailed,
}

/// Why an item could not be edited or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditError {
    /// It is neither in the outbox nor on the shelf any more: the server has it.
    AlreadyReceived,
    /// The new text could not be saved; the earlier revision stands.
    Save(SaveError),
}

/// Why nobody was signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInError {
    /// Name or password is wrong.
    WrongNameOrPassword,
    /// The code of the office was used before, or has run out.
    CodeNotGood,
    /// Too many attempts; try again after so many seconds, if the server said so.
    TooManyAttempts(Option<u64>),
    /// No answer.
    NoConnection,
    /// Something else answers in the server's place.
    SignInPage,
    /// The office has revoked this phone.
    DeviceRevoked,
    /// The server could not do it now.
    ServerFailed,
    /// The device's store failed.
    StoreFailed,
}

/// Why an update did not start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpdateError {
    /// Readings are being sent; it can start when the run has ended.
    SyncRuns,
    /// A form is half typed; it can start when it is saved or closed.
    FormOpen,
    /// No new version waits.
    NothingWaits,
}
