//! What differs between file and books.

use std::collections::BTreeMap;

use crate::import::records::{Record, Row};
use crate::import::{Counts, Difference};

/// Changed things of a file that are told one by one.
const DIFFERENCES_MAX: usize = 100;

/// Records that have to be written.
#[derive(Debug)]
pub(super) struct Changes<R> {
    pub(super) added: Vec<R>,
    changed: Vec<R>,
    /// What the first of the changed were before.
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
                    if changes.before.len() < DIFFERENCES_MAX {
                        changes.before.push(known.clone());
                    }
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
        let pairs = self.before.iter().zip(&self.changed);
        pairs
            .map(|(before, after)| Difference::between(file, &after.key(), before, after))
            .collect()
    }
}
