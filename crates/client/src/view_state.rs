//! Plain structs for the screen, made from the engine and the stores. Nothing here decides anything.

mod settings;

use std::sync::Arc;

pub use phone::adapters::persist::{Protection, StorageState};
pub use phone::list::PhoneList;
pub use phone::person::Person;
use serde::{Deserialize, Serialize};
pub use settings::{QuietTime, Settings, Theme};
use shared::id::ItemId;
use shared::sync::event::Entry;
use shared::wire::list::MeterPointRow;
use shared::wire::periods::WindowRow;
use shared::wire::receipt::{Existing, VerdictName};

/// Who works with the app, as far as this phone knows.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum SessionState {
    /// The device's stores are being opened; lasts some milliseconds.
    #[default]
    Opening,
    /// Nobody has signed in on this phone, or the last person signed out.
    SignedOut,
    /// Somebody is signed in, or was when the app was last open.
    SignedIn(Person),
}

impl SessionState {
    /// The person, if there is one.
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::SignedIn(person) => Some(person),
            Self::Opening | Self::SignedOut => None,
        }
    }
}

/// Whether the person has a password of their own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OwnPassword {
    /// Yes, as far as this phone knows.
    #[default]
    Chosen,
    /// No: the server takes nothing until they have chosen one, and it is asked for.
    Asked,
    /// No, and they go on reading without sending.
    PutOff,
}

/// The round: every meter point with its state in the present period, and the progress of each property.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Round {
    /// In walking order, property by property.
    pub rows: Vec<RoundRow>,
    /// One a property, in the order of the rows.
    pub properties: Vec<PropertyProgress>,
    /// The row that was read last on this phone.
    pub last: Option<usize>,
    /// The row to go to next.
    pub next: Option<usize>,
}

/// What of the round is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RoundFilter {
    /// Everything.
    #[default]
    All,
    /// What is still to visit.
    ToRead,
    /// What has a value.
    Read,
    /// What was visited and could not be read.
    NotRead,
    /// What the office asks to read again.
    Again,
    /// Where something is dangerous.
    Hazard,
}

/// One meter point of the round.
#[derive(Debug, Clone, PartialEq)]
pub struct RoundRow {
    /// The list's row.
    pub point: Arc<MeterPointRow>,
    /// Who holds the unit today; absent when it is vacant.
    pub tenant: Option<String>,
    /// The period that is read at present.
    pub period: String,
    /// What is known of its reading in that period.
    pub state: RowState,
    /// The value of that reading, as text; absent for a skip and when there is none.
    pub value: Option<String>,
    /// Why it could not be read.
    pub skip_reason: Option<String>,
    /// When it was read, RFC 3339 with offset.
    pub read_at: Option<String>,
    /// Who read it.
    pub captured_by: Option<String>,
    /// The item, when it was captured on this phone.
    pub item: Option<ItemId>,
}

/// State of a meter point in the present period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowState {
    /// No value yet.
    ToRead,
    /// Saved on this phone, not yet received.
    OnThisPhone,
    /// The server has it.
    Received,
    /// On the needs-attention shelf, or the office asks for a new reading.
    NeedsAttention,
    /// Could not be read; the reason is on its way or with the office.
    Skipped,
}

/// Progress of one property in its present period.
#[derive(Debug, Clone, PartialEq)]
pub struct PropertyProgress {
    /// Property code.
    pub code: String,
    /// Name.
    pub name: String,
    /// The period that is read at present.
    pub period: String,
    /// Meter points with a value or a skip, on the phone or received, that nobody asks to read again.
    pub done: usize,
    /// Those of them that could not be read.
    pub not_read: usize,
    /// Meter points in all.
    pub total: usize,
    /// When the meters of that period are read.
    pub window: WindowRow,
}

/// What waits on this phone.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OutboxSummary {
    /// Items that wait to be sent.
    pub waiting: usize,
    /// Items that need attention.
    pub shelf: usize,
    /// Rises with each change: a page that shows rows of the outbox loads them again when this changes.
    pub version: u64,
}

/// One item that waits, as the outbox page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct OutboxEntry {
    /// Names it for edit and void.
    pub entry: Entry,
    /// What was captured.
    pub item: ItemSummary,
    /// Its photos that are still on this phone.
    pub photos: usize,
}

/// One item that needs attention.
#[derive(Debug, Clone, PartialEq)]
pub struct ShelfEntry {
    /// Names it for edit and void.
    pub entry: Entry,
    /// What was captured here.
    pub item: ItemSummary,
    /// What the server made of it.
    pub verdict: VerdictName,
    /// Why, where the verdict alone does not tell.
    pub code: Option<String>,
    /// The official reading that stands in the way.
    pub existing: Option<Existing>,
}

/// What a stored item says, as text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ItemSummary {
    /// Empty for an unknown label.
    pub property_code: String,
    /// Empty where the property has no buildings.
    pub building: String,
    /// Empty for an unknown label.
    pub unit_no: String,
    /// `electricity`, `water`, `gas`, or empty.
    pub utility: String,
    /// Usually empty.
    pub point: String,
    /// Serial of the meter that was read.
    pub meter_serial: String,
    /// What an unknown label said.
    pub label_text: Option<String>,
    /// `2026-11`.
    pub period: String,
    /// `regular` when empty.
    pub kind: String,
    /// A decimal number as text; absent for a skip and a void.
    pub value: Option<String>,
    /// Why it could not be read.
    pub skip_reason: Option<String>,
    /// The readings of an exchange.
    pub exchange: Vec<PartSummary>,
    /// Takes the item back.
    pub void: bool,
    /// RFC 3339 with offset.
    pub read_at: String,
    /// Who read.
    pub captured_by: String,
    /// Names of the checks that were raised.
    pub flags: Vec<String>,
    /// The technician's remarks.
    pub remarks: String,
}

/// One reading of an exchange, as text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PartSummary {
    /// `meter_removed`, `meter_installed` or `regular`.
    pub kind: String,
    /// Serial of the meter.
    pub meter_serial: String,
    /// A decimal number as text.
    pub value: String,
}

/// An exchange as it is typed. Everything may be missing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExchangeForm {
    /// Final value of the meter that goes.
    pub last: String,
    /// What stands on the new meter.
    pub serial: String,
    /// Whole digits of its register.
    pub dials: u32,
    /// Decimals of its register.
    pub decimals: u32,
    /// What it shows at the start.
    pub first: String,
    /// What it shows now, where that is this period's reading too.
    pub today: Option<String>,
}

/// The half-typed form: what is kept as a draft, and what is saved.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemForm {
    /// Made when the form opens; saving twice is a replay.
    pub id: ItemId,
    /// The list's row; absent for an unknown label.
    pub point_id: Option<String>,
    /// What an unknown label said.
    pub label_text: Option<String>,
    /// `2026-11`.
    pub period: String,
    /// The technician chose another period than the rule.
    pub period_chosen: bool,
    /// `regular` when empty.
    pub kind: String,
    /// As typed; not looked at when there is a skip reason.
    pub value: String,
    /// `no_access`, `meter_damaged`, `dial_unreadable`, `label_missing`, `dangerous` or `other`.
    pub skip_reason: Option<String>,
    /// The meter was replaced: then this is what is saved.
    pub exchange: Option<ExchangeForm>,
    /// Names of the checks that were raised.
    pub flags: Vec<String>,
    /// `rolled_over`, `verified`, `confirmed`.
    pub answers: Vec<String>,
    /// Up to 500 characters.
    pub remarks: String,
    /// `scan`, `typed` or `list`.
    pub identified_by: String,
    /// The previous value that the form shows.
    pub previous_value: Option<String>,
    /// Version of the checks that ran.
    pub rule_version: Option<u32>,
    /// SHA-256 of each photo; the photos are in a store of their own.
    pub photos: Vec<String>,
}

/// Something went wrong with the device's store that a person has to know of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreTrouble {
    /// The store cannot be opened: nothing can be saved.
    CannotOpen,
    /// A form was not stored, so it is not saved.
    NotStored {
        /// What was typed is kept aside, to be saved later.
        kept: bool,
    },
    /// The phone knew a higher running number than its store does: readings up to this number may be lost here.
    NumbersMissing {
        /// What the store knows.
        stored: u64,
        /// What cookie or server know.
        known: u64,
    },
}
