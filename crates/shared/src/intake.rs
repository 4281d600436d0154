//! The server's decision on what arrives, run unchanged by the server and by the simulation.
//!
//! [`Ledger`] is plain data in memory. The server loads one for the items of the waiting batches ([`Needs`] says what
//! they need), calls [`Ledger::take_batch`] for each batch in order and writes the [`Change`]s in the order given, all
//! in one transaction; then it drops the ledger. The simulation keeps one for ever.
//!
//! What decides, in this order:
//!
//! 1. the id, before any key: a replay gets the first receipt with the verdict as it stands now; the same id and
//!    revision with other content is a conflict and both are kept; a lower revision is filed as history;
//! 2. the phone: not enrolled here or revoked, the office decides;
//! 3. earlier revisions: approved, in a closed period or another person's, the office decides; otherwise the new one
//!    is judged as if they did not exist;
//! 4. the place, the clock, the meter, the register;
//! 5. the official key: free, the same value, another value, or something that gives way;
//! 6. the period: a closed one takes nothing by itself;
//! 7. an exchange changes the meter of its meter point, and that is undone with it.
//!
//! What the office decides afterwards goes through [`Ledger::decide`]. Where it says something else than the item did
//! (another value, another place), that is a new revision by [`rewrite`], judged by the same rules. An estimate is an item of
//! the office's own, by [`estimate_item`], and gives way to a value that somebody has read.

mod about_point;
mod check;
mod decide;
mod exchange;
mod file;
mod judge;
mod key;
mod ledger;
mod needs;
mod order;
mod rewrite;
mod take;
#[cfg(test)]
mod tests;
mod verdict;

use std::collections::BTreeSet;

pub use about_point::estimate_item;
pub use decide::{DecisionError, touched};
pub use exchange::{Exchanged, MeterExchange};
pub use key::OfficialKey;
pub use ledger::{Filed, LastDecision, Ledger, Occupant, Property};
pub use needs::{ClockNeighbours, Needs};
pub use order::{Booking, MeterPointName, Order, Ruling, Which};
pub use rewrite::{Original, next_revision, rewrite};

use crate::code::normal;
use crate::content_hash::ContentHash;
use crate::flags::Flags;
use crate::id::{DeviceId, ItemId};
use crate::item::{Item, ItemError};
use crate::meter_point::PointKey;
use crate::names::{Reason, Source, State};
use crate::period::Period;
use crate::reading_value::ReadingValue;
use crate::timestamp::Timestamp;
use crate::wire::batch::WireItem;
use crate::wire::receipt::{VerdictName, WireVerdict};

/// Everything about one batch that is not in its items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Whose items these are, in normal form.
    pub person: String,
    /// The phone that captured them.
    pub device: DeviceId,
    /// What is known of it.
    pub standing: DeviceStanding,
    /// What the person may read and see.
    pub access: Access,
    /// How the batch came.
    pub source: Source,
    /// The server's clock.
    pub received_at: Timestamp,
    /// The server's clock minus the phone's at sending.
    pub clock_offset_ms: Option<i64>,
}

/// Whether a phone may send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceStanding {
    /// Enrolled (or not a phone at all).
    Known,
    /// Never enrolled here.
    Unknown,
    /// Revoked.
    Revoked,
}

/// Which properties a person may read and see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// All of them.
    All,
    /// Those with these codes, in normal form.
    Properties(BTreeSet<String>),
}

impl Access {
    /// Whether a property, by its code in normal form, may be read and seen.
    pub fn allows(&self, property: &str) -> bool {
        match self {
            Self::All => true,
            Self::Properties(codes) => codes.contains(property),
        }
    }
}

/// One item of a batch as far as it could be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The item's id.
    pub id: ItemId,
    /// Its revision.
    pub revision: u32,
    /// The phone's running number; 0 when it could not be read.
    pub device_seq: u64,
    /// Hash of the content, or of the bytes of what is no item.
    pub hash: ContentHash,
    /// The item, or what is wrong with it.
    pub item: Result<Item, ItemError>,
    /// Who is said to have captured what is no item, in normal form, if that could be read.
    pub said_captured_by: Option<String>,
}

impl Arrival {
    /// An item that was understood.
    pub fn of_item(item: Item) -> Self {
        Self {
            id: item.id,
            revision: item.revision,
            device_seq: item.device_seq,
            hash: ContentHash::of(&item),
            item: Ok(item),
            said_captured_by: None,
        }
    }

    /// From the wire; `raw` are the bytes of this item as they came.
    pub fn of_wire(wire: &WireItem, raw: &[u8]) -> Self {
        match Item::parse(wire) {
            Ok(item) => Self::of_item(item),
            Err(error) => Self {
                device_seq: wire.device_seq,
                said_captured_by: Some(normal(&wire.captured_by)),
                ..Self::of_error(wire.id, wire.revision, error, raw)
            },
        }
    }

    /// What could only be named: its JSON is no item.
    pub fn of_error(id: ItemId, revision: u32, error: ItemError, raw: &[u8]) -> Self {
        let hash = ContentHash::of_raw(raw);
        Self {
            id,
            revision,
            device_seq: 0,
            hash,
            item: Err(error),
            said_captured_by: None,
        }
    }
}

/// Whether the whole batch has to be refused with 403 `wrong_person`, before anything is taken: an item says that
/// somebody else captured it. Asked for what phones send; office and import name the person themselves.
pub fn is_wrong_person(person: &str, arrivals: &[Arrival]) -> bool {
    arrivals.iter().any(|arrival| match &arrival.item {
        Ok(item) => item.captured_by.normal() != person,
        Err(_) => arrival.said_captured_by.as_ref().is_some_and(|it| it != person),
    })
}

/// What became of one arrival.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// The answer.
    pub verdict: WireVerdict,
    /// Rows to write, in this order; none for a replay.
    pub changes: Vec<Change>,
}

/// One row to write.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Insert the arrival as a revision of its item.
    File(Box<Filing>),
    /// Change the state of a revision that was filed before.
    SetState {
        /// The item.
        id: ItemId,
        /// The revision; of rivals only the first content is meant.
        revision: u32,
        /// Its state from now on.
        state: State,
    },
    /// Change the state of a rival content of a revision that was filed before.
    SetRivalState {
        /// The item.
        id: ItemId,
        /// The revision.
        revision: u32,
        /// Number of the rival's receipt.
        receipt_seq: i64,
        /// Its state from now on.
        state: State,
    },
    /// The revision holds this key from now on.
    Occupy {
        /// What is held.
        key: OfficialKey,
        /// The item.
        id: ItemId,
        /// The revision.
        revision: u32,
        /// A skip holds it: no official value.
        skip: bool,
    },
    /// The item holds this key no longer.
    Free {
        /// What was held.
        key: OfficialKey,
        /// The item that held it.
        id: ItemId,
    },
    /// The office asks for a reading of this meter point.
    AskForReading {
        /// The meter point.
        point: PointKey,
        /// In words for whoever reads there next.
        reason: String,
    },
    /// The portfolio has another meter at a meter point.
    Exchange(Box<MeterExchange>),
    /// The portfolio is as if that exchange had not been.
    UndoExchange {
        /// The meter that goes again.
        exchanged: Exchanged,
        /// Serial in normal form of the meter that is in service again.
        reinstated: Option<String>,
    },
}

/// A revision as it is filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// The item.
    pub id: ItemId,
    /// The revision.
    pub revision: u32,
    /// The same id and revision is filed already with other content: kept beside it.
    pub rival: bool,
    /// Hash of the content.
    pub hash: ContentHash,
    /// The phone's running number.
    pub device_seq: u64,
    /// Its state.
    pub state: State,
    /// Why, where the state alone does not tell.
    pub reason: Option<ReasonCode>,
    /// Booked period.
    pub period: Option<Period>,
    /// When it was really read, as far as that is known.
    pub corrected_at: Option<Timestamp>,
    /// That moment is sure: a bound for its neighbours in the phone's running numbers.
    pub time_is_certain: bool,
    /// The server's own checks.
    pub flags: Flags,
    /// The last official value before it.
    pub previous: Option<ReadingValue>,
    /// Use since then times the multiplier, in millionths.
    pub consumption_micro: Option<i64>,
    /// Who held the unit when it was read.
    pub tenant: Option<String>,
    /// Number of the receipt.
    pub receipt_seq: i64,
    /// Time of the receipt.
    pub received_at: Timestamp,
}

/// The `code` of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReasonCode {
    /// By the rules.
    Rule(Reason),
    /// A member of the item is wrong.
    Item(ItemError),
}

impl ReasonCode {
    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rule(reason) => reason.name(),
            Self::Item(error) => error.name(),
        }
    }

    /// The code with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Reason::parse(name)
            .map(Self::Rule)
            .or_else(|| ItemError::parse(name).map(Self::Item))
    }
}

impl From<Reason> for ReasonCode {
    fn from(reason: Reason) -> Self {
        Self::Rule(reason)
    }
}

/// The verdict that goes with a state. What the office dismissed needs nothing more from the phone.
pub const fn verdict_of(state: State) -> VerdictName {
    match state {
        State::Received
        | State::Approved
        | State::Estimated
        | State::SentBack
        | State::Superseded
        | State::Voided => VerdictName::Accepted,
        State::Duplicate => VerdictName::Duplicate,
        State::Conflict => VerdictName::Conflict,
        State::Held | State::Dismissed => VerdictName::Held,
        State::Rejected => VerdictName::Rejected,
    }
}
