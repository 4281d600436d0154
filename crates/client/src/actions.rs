//! What a page can ask for. Each action ends when its effect is durable, or says why it is not.

use shared::id::ItemId;
use shared::sync::event::Entry;
use shared::wire::event::OfficeEvent;
use shared::wire::office::{ReadingsPage, ReadingsQuery};

use crate::runtime::Runtime;
use crate::view_state::{ItemForm, OutboxEntry, Settings, StorageState};

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
    /// Too many attempts; try again after so many seconds, if the server said so.
    TooManyAttempts(Option<u64>),
    /// No answer.
    NoConnection,
    /// Something else answers in the server's place.
    SignInPage,
    /// The server could not do it now.
    ServerFailed,
    /// The device's store failed.
    StoreFailed,
}

/// Why the office's call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiError {
    /// No answer.
    NoConnection,
    /// 401.
    SignInAgain,
    /// 403.
    NotAllowed,
    /// Something else answers in the server's place.
    Foreign,
    /// The server refused, with a stable code.
    Refused {
        /// HTTP status.
        status: u16,
        /// The problem's code; empty when there was none.
        code: String,
    },
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

impl Runtime {
    /// Signs in and opens the person's queue, list and settings.
    pub async fn sign_in(self, _username: String, _password: String) -> Result<(), SignInError> {
        Err(SignInError::NoConnection)
    }

    /// Signs out, erases the cached list and keeps the outbox; returns how many items stay on the phone.
    pub async fn sign_out(self) -> usize {
        0
    }

    /// An id for a form that opens.
    pub fn new_item_id(self) -> ItemId {
        ItemId::default()
    }

    /// Saves a form: one strict transaction, then `Saved`.
    pub async fn save(self, _form: ItemForm) -> Result<Saved, SaveError> {
        Err(SaveError::NobodySignedIn)
    }

    /// Replaces an item of the outbox or the shelf by its next revision.
    pub async fn edit(self, _form: ItemForm) -> Result<Saved, EditError> {
        Err(EditError::Save(SaveError::NobodySignedIn))
    }

    /// Takes an item of the outbox or the shelf back, by a next revision that is sent like a reading.
    pub async fn void(self, _id: ItemId) -> Result<Saved, EditError> {
        Err(EditError::Save(SaveError::NobodySignedIn))
    }

    /// The form of an item of the outbox or the shelf, for editing.
    pub async fn form_of(self, _id: ItemId) -> Option<ItemForm> {
        None
    }

    /// Keeps the half-typed form; `false` when the store failed.
    pub async fn save_draft(self, _form: ItemForm) -> bool {
        false
    }

    /// The half-typed form that was open last, if it was neither saved nor dropped.
    pub async fn load_draft(self) -> Option<ItemForm> {
        None
    }

    /// Forgets the half-typed form.
    pub async fn drop_draft(self) {}

    /// Starts a sync now, ending any wait.
    pub fn sync_now(self) {}

    /// Keeps and applies settings.
    pub async fn set_settings(self, _settings: Settings) {}

    /// Asks the browser to protect the storage; call it from a tap.
    pub async fn request_persist(self) -> StorageState {
        StorageState::default()
    }

    /// Starts the waiting version and reloads.
    pub async fn apply_update(self) -> Result<(), UpdateError> {
        Err(UpdateError::NothingWaits)
    }

    /// Rows of the outbox, newest first, from the given place on.
    pub async fn outbox_page(self, _from: usize, _count: usize) -> Vec<OutboxEntry> {
        Vec::new()
    }

    /// Everything unsent, as text for a file.
    pub async fn export_unsent(self) -> Option<String> {
        None
    }

    /// One page of the office's list.
    pub async fn load_readings(self, _query: ReadingsQuery) -> Result<ReadingsPage, ApiError> {
        Err(ApiError::NoConnection)
    }

    /// Follows what arrives after the event with this number, until the owner that called it is cleaned up.
    pub fn subscribe_events(self, _after: i64, _on_event: impl Fn(OfficeEvent) + 'static) {}
}
