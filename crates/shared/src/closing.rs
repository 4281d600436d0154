//! What is in the way of closing a period, and what closing makes of the rest (`domain.md` section 7): nothing may be in
//! conflict or held, every flagged reading has to be decided, and every meter point in service needs a value, an estimate or a
//! skip that somebody in the office has accepted. Closing approves what is left.

use crate::names::{State, named};
use crate::period::Period;
use crate::timestamp::Timestamp;
use crate::zone::Zone;

named!(
    /// What is in the way of closing a period, in the order in which it is best dealt with.
    InTheWay {
        /// Two values of which only one can be official.
        Conflict = "conflict",
        /// The office has to say whether it counts.
        Held = "held",
        /// A check was raised and nobody has decided.
        Flagged = "flagged",
        /// Somebody could not read, and nobody has accepted that.
        Skip = "skip",
        /// A meter point in service with nothing at all.
        Missing = "missing",
    }
);

/// What an item is to the closing of its period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// What has become of it.
    pub state: State,
    /// A reason in the place of a value.
    pub skip: bool,
    /// A check was raised.
    pub flagged: bool,
}

/// What closing does with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Somebody has to decide first.
    InTheWay(InTheWay),
    /// Closing approves it.
    Clean,
    /// It stays as it is.
    Settled,
}

impl Entry {
    /// The rule.
    pub const fn standing(self) -> Standing {
        match self.state {
            State::Conflict => Standing::InTheWay(InTheWay::Conflict),
            State::Held => Standing::InTheWay(InTheWay::Held),
            State::Received if self.skip => Standing::InTheWay(InTheWay::Skip),
            State::Received if self.flagged => Standing::InTheWay(InTheWay::Flagged),
            State::Received => Standing::Clean,
            State::Approved
            | State::Estimated
            | State::SentBack
            | State::Superseded
            | State::Voided
            | State::Duplicate
            | State::Rejected
            | State::Dismissed => Standing::Settled,
        }
    }

    /// Every entry that stands like this: what a database is asked for.
    pub fn all_with(standing: Standing) -> impl Iterator<Item = Self> {
        let all = State::ALL.iter().flat_map(|state| {
            [(false, false), (false, true), (true, false), (true, true)].map(|(skip, flagged)| Self {
                state: *state,
                skip,
                flagged,
            })
        });
        all.filter(move |it| it.standing() == standing)
    }
}

/// How many of what a period has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Meter points in service.
    pub points: u64,
    /// Of those: somebody has read.
    pub read: u64,
    /// Of those: an estimate stands there.
    pub estimated: u64,
    /// Of those: a skip stands there, accepted or not.
    pub skipped: u64,
    /// Of those: nothing is there.
    pub missing: u64,
    /// Items that closing would approve.
    pub clean: u64,
    /// Values in conflict.
    pub conflict: u64,
    /// Items that are held.
    pub held: u64,
    /// Readings with a flag that nobody has decided about.
    pub flagged: u64,
    /// Skips that nobody has accepted.
    pub skips_open: u64,
}

impl Tally {
    /// Counts meter points in service by what holds their key: nothing, or a value or skip.
    pub fn add_points(&mut self, holder: Option<Entry>, count: u64) {
        self.points += count;
        match holder {
            None => self.missing += count,
            Some(it) if it.skip => self.skipped += count,
            Some(it) if it.state == State::Estimated => self.estimated += count,
            Some(_) => self.read += count,
        }
    }

    /// Counts items of the period by what they are.
    pub fn add_items(&mut self, entry: Entry, count: u64) {
        match entry.standing() {
            Standing::InTheWay(InTheWay::Conflict) => self.conflict += count,
            Standing::InTheWay(InTheWay::Held) => self.held += count,
            Standing::InTheWay(InTheWay::Flagged) => self.flagged += count,
            Standing::InTheWay(InTheWay::Skip) => self.skips_open += count,
            Standing::Clean => self.clean += count,
            Standing::InTheWay(InTheWay::Missing) | Standing::Settled => {}
        }
    }

    /// What is in the way, each with how many; nothing when the period can be closed.
    pub fn in_the_way(&self) -> impl Iterator<Item = (InTheWay, u64)> + use<> {
        let tally = *self;
        let count = move |what| match what {
            InTheWay::Conflict => tally.conflict,
            InTheWay::Held => tally.held,
            InTheWay::Flagged => tally.flagged,
            InTheWay::Skip => tally.skips_open,
            InTheWay::Missing => tally.missing,
        };
        InTheWay::ALL
            .iter()
            .map(move |it| (*it, count(*it)))
            .filter(|it| it.1 > 0)
    }

    /// Nothing is in the way.
    pub fn can_close(&self) -> bool {
        self.in_the_way().next().is_none()
    }
}

/// A period is closed at the earliest when it has begun in the property's zone: the reading window lies before its end.
pub fn has_begun(period: Period, zone: &Zone, now: Timestamp) -> bool {
    now >= zone.month_start(period)
}

#[cfg(test)]
mod tests;
