//! What the intake knows when it decides.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::content_hash::ContentHash;
use crate::id::{DeviceId, ItemId};
use crate::intake::{Exchanged, OfficialKey, ReasonCode};
use crate::meter_point::{MeterPoint, PointKey};
use crate::names::{DecisionStep, SkipReason, State};
use crate::period::Period;
use crate::reading_value::ReadingValue;
use crate::timestamp::{LocalTime, Timestamp};
use crate::wire::list::RuleSettings;
use crate::zone::Zone;

/// Plain data. [`super::Needs`] says what has to be in it before a batch is taken:
///
/// - `properties`: those that the items name, if they exist;
/// - `points`: those that the items name, if they exist, with the meter of today, the tenancies, the statistics and
///   the last few official values (kinds `regular`, `move_in`, `move_out`) of that meter; of points where a filed
///   exchange brought that meter in, what sat there before, too;
/// - `items`: every filed revision of the items' ids, rivals too, with the keys that it holds now;
/// - `official`: who holds the keys that the items may claim, and the keys that those items' revisions hold;
/// - `serials`: those of the new meters that the portfolio has already;
/// - `clocks`: for phones with uncertain items, the certain times of the neighbours in the running numbers;
/// - `next_receipt_seq`: one more than the highest number given.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// By code in normal form. Shared, as the server keeps them from one ledger to the next.
    pub properties: BTreeMap<String, Arc<Property>>,
    /// By key.
    pub points: HashMap<PointKey, MeterPoint>,
    /// All filed revisions of an item, in the order of their receipts.
    pub items: HashMap<ItemId, Vec<Filed>>,
    /// Who holds which key.
    pub official: HashMap<OfficialKey, Occupant>,
    /// Serials in normal form that the portfolio has, of those that somebody asks for.
    pub serials: BTreeSet<String>,
    /// Corrected times that are certain, by phone, person in normal form, and running number.
    pub clocks: HashMap<DeviceId, BTreeMap<String, BTreeMap<u64, Timestamp>>>,
    /// The next receipt gets this number.
    pub next_receipt_seq: i64,
}

/// What is the same for all meter points of a property.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// Its time zone.
    pub zone: Zone,
    /// Limits of the checks and late days.
    pub settings: RuleSettings,
    /// Periods that are closed; all others are open.
    pub closed: BTreeSet<Period>,
}

/// One revision that was filed before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The revision.
    pub revision: u32,
    /// Not the first content of its id and revision.
    pub rival: bool,
    /// Hash of the content.
    pub hash: ContentHash,
    /// What has become of it until now.
    pub state: State,
    /// Why, where the state alone does not tell.
    pub reason: Option<ReasonCode>,
    /// The property that it names, in normal form; empty for an unknown label.
    pub property: String,
    /// The meter point that it names.
    pub point: Option<PointKey>,
    /// Booked period.
    pub period: Option<Period>,
    /// Number of its receipt.
    pub receipt_seq: i64,
    /// Time of its receipt.
    pub received_at: Timestamp,
    /// Who captured it, in normal form.
    pub captured_by: String,
    /// Its value, where there is exactly one.
    pub value: Option<ReadingValue>,
    /// When it was read by the phone's clock; absent for what is no item.
    pub read_at: Option<LocalTime>,
    /// Keys that it holds now.
    pub keys: Vec<OfficialKey>,
    /// The meter that it brought into service; absent once that is undone.
    pub exchanged: Option<Exchanged>,
    /// Made in the office.
    pub by_office: bool,
    /// A check was raised.
    pub flagged: bool,
    /// The office's last decision.
    pub decided: Option<LastDecision>,
}

/// What the office decided last about a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastDecision {
    /// What was done.
    pub step: DecisionStep,
    /// Name of the account.
    pub by: String,
    /// In words for the person who read; may be empty.
    pub reason: String,
}

/// What holds a key now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occupant {
    /// The item.
    pub id: ItemId,
    /// Its revision.
    pub revision: u32,
    /// `received`, `approved` or `estimated`.
    pub state: State,
    /// The value of this key; absent for a skip.
    pub value: Option<ReadingValue>,
    /// The reason of a skip.
    pub skip_reason: Option<SkipReason>,
    /// When it was read.
    pub read_at: LocalTime,
    /// Who read it.
    pub captured_by: String,
    /// The property, in normal form: who may not see it is told nothing.
    pub property: String,
    /// The same item holds other keys too, as an exchange does.
    pub holds_others: bool,
    /// The office asks for a new reading: it gives way.
    pub reread: bool,
}

impl Ledger {
    /// Whether a period takes nothing by itself; an unknown property has no closed ones.
    pub fn is_closed(&self, property: &str, period: Period) -> bool {
        self.properties
            .get(property)
            .is_some_and(|it| it.closed.contains(&period))
    }
}
