//! What differs between file and books.

use std::collections::BTreeMap;

use crate::import::Counts;
use crate::import::records::{Record, Row};

/// Records that have to be written.
#[derive(Debug)]
pub(super) struct Changes<R> {
    pub(super) added: Vec<R>,
    changed: Vec<R>,
    ended: usize,
}

impl<R: Record> Changes<R> {
    /// Compares the rows of a file with the books. What the file doesn't name stays as it is.
    pub(super) fn find(rows: &[Row<R>], books: &BTreeMap<String, R>) -> Self {
        let mut changes = Self {
            added: Vec::new(),
            changed: Vec::new(),
            ended: 0,
        };
        for Row { record, .. } in rows {
            match books.get(&record.key()) {
                None => changes.added.push(record.clone()),
                Some(known) if known == record => {}
                Some(known) => {
                    changes.ended += usize::from(record.is_ended() && !known.is_ended());
                    changes.changed.push(record.clone());
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
            ended: self.ended,
        }
    }
}
