//! How much was tried, and how soon it was over.

use std::collections::BTreeMap;
use std::fmt;

use shared::id::ItemId;

use super::settings::Settings;
use super::world::Saved;

/// Of one world, or of many.
#[derive(Debug, Clone, Default)]
pub(super) struct Figures {
    phones: u64,
    items: u64,
    revisions: u64,
    requests: u64,
    /// Times that all queues of a world had to become empty: within a minute of the first hint, or at the next attempt
    /// that was scheduled.
    soon: u64,
    at_next_attempt: u64,
    /// The longest of the first kind, from the hint; of the second, from the beginning of that attempt.
    longest_soon_ms: u64,
    longest_attempt_ms: u64,
    /// The same where dozens of phones come back to a busy server.
    herds: u64,
    longest_herd_ms: u64,
}

impl Figures {
    pub(super) fn count(&mut self, settings: &Settings, saved: &BTreeMap<ItemId, Saved>, requests: u64) {
        self.phones += settings.phones as u64;
        self.items += saved.len() as u64;
        self.revisions += saved.values().map(|it| u64::from(it.revision)).sum::<u64>();
        self.requests += requests;
    }

    pub(super) fn empty_soon(&mut self, after_ms: u64) {
        self.soon += 1;
        self.longest_soon_ms = self.longest_soon_ms.max(after_ms);
    }

    pub(super) fn empty_at_next_attempt(&mut self, after_ms: u64) {
        self.at_next_attempt += 1;
        self.longest_attempt_ms = self.longest_attempt_ms.max(after_ms);
    }

    pub(super) fn herd_empty(&mut self, after_ms: u64) {
        self.herds += 1;
        self.longest_herd_ms = self.longest_herd_ms.max(after_ms);
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.phones += other.phones;
        self.items += other.items;
        self.revisions += other.revisions;
        self.requests += other.requests;
        self.soon += other.soon;
        self.at_next_attempt += other.at_next_attempt;
        self.longest_soon_ms = self.longest_soon_ms.max(other.longest_soon_ms);
        self.longest_attempt_ms = self.longest_attempt_ms.max(other.longest_attempt_ms);
        self.herds += other.herds;
        self.longest_herd_ms = self.longest_herd_ms.max(other.longest_herd_ms);
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = |ms: u64| ms as f64 / 1_000.0;
        writeln!(
            f,
            "{} phones, {} items in {} revisions, {} requests",
            self.phones, self.items, self.revisions, self.requests
        )?;
        writeln!(
            f,
            "all queues empty within a minute of the first hint: {} times (longest {:.1} s)",
            self.soon,
            seconds(self.longest_soon_ms)
        )?;
        writeln!(
            f,
            "at the next scheduled attempt: {} times (longest {:.1} s from its beginning)",
            self.at_next_attempt,
            seconds(self.longest_attempt_ms)
        )?;
        write!(
            f,
            "herds of 30 to 60 phones at a server that answers 20 to 60 requests a second: {} (longest {:.1} s)",
            self.herds,
            seconds(self.longest_herd_ms)
        )
    }
}
