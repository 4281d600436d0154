//! What differs between file and books.

use std::collections::BTreeMap;

use shared::wire::imports::ImportVerb;

use crate::import::records::{Record, Row};
use crate::import::{Counts, Difference};

/// Changed things of a file that are told one by one.
pub(super) const DIFFERENCES_MAX: usize = 100;

/// Records that have to be written.
#[derive(Debug)]
pub(super) struct Changes<R> {
    pub(super) added: Vec<R>,
    changed: Vec<R>,
    /// What the changed were before.
    before: Vec<R>,
    unchanged: usize,
    ended: usize,
}

impl<R: Record> Changes<R> {
    /// Compares the rows of a file with the books. What the file doesn't name stays as it is.
    pub(super) fn find(rows: &[Row<R>], books: &BTreeMap<String, R>) -> Self {
        let mut changes = Self {
            added: Vec::new(),
            changed: Vec::new(),
            before: Vec::new(),
            unchanged: 0,
            ended: 0,
        };
        for Row { record, .. } in rows {
            match books.get(&record.key()) {
                None => changes.added.push(record.clone()),
                Some(known) if known == record => changes.unchanged += 1,
                Some(known) => {
                    changes.ended += usize::from(record.is_ended() && !known.is_ended());
                    changes.changed.push(record.clone());
                    changes.before.push(known.clone());
                }
            }
        }
        changes
    }

    /// All that have to be written.
    pub(super) fn records(&self) -> impl Iterator<Item = &R> {
        self.added.iter().chain(&self.changed)
    }

    /// In numbers.
    pub(super) fn counts(&self) -> Counts {
        Counts {
            added: self.added.len(),
            changed: self.changed.len(),
            unchanged: self.unchanged,
            ended: self.ended,
        }
    }

    /// The first of the changed, member by member.
    pub(super) fn differences(&self, file: &'static str) -> Vec<Difference> {
        let pairs = self.pairs().take(DIFFERENCES_MAX);
        pairs
            .map(|(before, after)| {
                let ends = after.is_ended() && !before.is_ended();
                let what = if ends {
                    ImportVerb::Ended
                } else {
                    ImportVerb::Changed
                };
                Difference::between(file, &after.key(), what, before, after)
            })
            .collect()
    }

    /// The first of those that are new.
    pub(super) fn additions(&self, file: &'static str) -> Vec<Difference> {
        let first = self.added.iter().take(DIFFERENCES_MAX);
        first
            .map(|record| Difference::added(file, &record.key(), record))
            .collect()
    }

    /// The changed, each with what it was before.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&R, &R)> {
        self.before.iter().zip(&self.changed)
    }
}
