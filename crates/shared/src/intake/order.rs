//! What somebody in the office wants done with one revision of one item.

use crate::id::ItemId;
use crate::intake::Filed;
use crate::meter_point::PointKey;
use crate::names::{DecisionStep, EstimateMethod, Utility};
use crate::period::Period;
use crate::reading_value::ReadingValue;

/// One decision, with who decides and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The item.
    pub id: ItemId,
    /// What of it was looked at.
    pub which: Which,
    /// What is to become of it.
    pub ruling: Ruling,
    /// Name of the account.
    pub by: String,
    /// In words for the person who read; may be empty where the step says enough.
    pub reason: String,
}

/// Names one content of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The first content of this revision.
    Revision(u32),
    /// The content with this receipt, which may be a rival.
    Receipt(i64),
}

impl Which {
    /// Whether this is it.
    pub fn names(self, filed: &Filed) -> bool {
        match self {
            Self::Revision(revision) => filed.revision == revision && !filed.rival,
            Self::Receipt(receipt_seq) => filed.receipt_seq == receipt_seq,
        }
    }
}

/// What is to become of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    /// It is right; `clean_only`: if it is a value that no check was raised for.
    Approve {
        /// Nobody looked at each of them.
        clean_only: bool,
    },
    /// The approval is undone.
    TakeBack,
    /// A new reading is asked for.
    SendBack,
    /// What was held does not count.
    Dismiss,
    /// Of two values the first stands.
    KeepFirst,
    /// The value should have been this one.
    Correct(ReadingValue),
    /// What was held goes into the books.
    Book(Booking),
    /// Of two values the second takes the place of the first, if that is still this item.
    TakeSecond {
        /// The item that was looked at as the first; absent when there was none any more.
        first: Option<ItemId>,
    },
    /// The second value is kept as a check.
    KeepBoth,
    /// A value is estimated where nobody has read one; the order's id is that of the new item.
    Estimate {
        /// Where.
        point: MeterPointName,
        /// For which month.
        period: Period,
        /// How.
        method: EstimateMethod,
    },
    /// A reading is asked for where there is none.
    AskForReading {
        /// Where.
        point: MeterPointName,
        /// For which month, if for a certain one.
        period: Option<Period>,
    },
}

/// How something that was held is booked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Booking {
    /// Where, for what named no meter point of the books.
    pub place: Option<MeterPointName>,
    /// For which month, where the phone's clock does not tell.
    pub period: Option<Period>,
}

/// A meter point in the books' own words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeterPointName {
    /// Property code.
    pub property_code: String,
    /// May be empty.
    pub building: String,
    /// Unit number.
    pub unit_no: String,
    /// `electricity`, `water`, `gas`.
    pub utility: String,
    /// May be empty.
    pub point: String,
}

impl Ruling {
    /// Its stable name.
    pub const fn step(&self) -> DecisionStep {
        match self {
            Self::Approve { .. } => DecisionStep::Approve,
            Self::TakeBack => DecisionStep::TakeBack,
            Self::SendBack => DecisionStep::SendBack,
            Self::Dismiss => DecisionStep::Dismiss,
            Self::KeepFirst => DecisionStep::KeepFirst,
            Self::Correct(_) => DecisionStep::Correct,
            Self::Book(_) => DecisionStep::Book,
            Self::TakeSecond { .. } => DecisionStep::TakeSecond,
            Self::KeepBoth => DecisionStep::KeepBoth,
            Self::Estimate { method, .. } => match method {
                EstimateMethod::Mean => DecisionStep::EstimateByMean,
                EstimateMethod::LastYear => DecisionStep::EstimateByLastYear,
            },
            Self::AskForReading { .. } => DecisionStep::AskForReading,
        }
    }

    /// Whether the item says something else afterwards, so that there is a new revision of it.
    pub const fn rewrites(&self) -> bool {
        match self {
            Self::Correct(_) | Self::Book(_) | Self::TakeSecond { .. } | Self::KeepBoth => true,
            Self::Approve { .. }
            | Self::TakeBack
            | Self::SendBack
            | Self::Dismiss
            | Self::KeepFirst
            | Self::Estimate { .. }
            | Self::AskForReading { .. } => false,
        }
    }

    /// The meter point, where the ruling is about one and not about an item that is there; and the period, if a certain one
    /// is meant.
    pub const fn about_point(&self) -> Option<(&MeterPointName, Option<Period>)> {
        match self {
            Self::Estimate { point, period, .. } => Some((point, Some(*period))),
            Self::AskForReading { point, period } => Some((point, *period)),
            _ => None,
        }
    }
}

impl MeterPointName {
    /// Its key; `None` for a utility that nobody knows.
    pub fn key(&self) -> Option<PointKey> {
        let utility = Utility::parse(&self.utility)?;
        Some(PointKey::new(
            &self.property_code,
            &self.building,
            &self.unit_no,
            utility,
            &self.point,
        ))
    }
}
