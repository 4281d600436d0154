//! The list, made ready for being searched.

use std::collections::HashSet;
use std::sync::Arc;

use shared::lookup::{LabelIndex, SearchIndex};
use shared::wire::list::MeterPointRow;

use crate::view_state::PhoneList;

/// The rows and what they are found by. Costly to make: once a list.
pub(super) struct Directory {
    rows: Vec<Arc<MeterPointRow>>,
    words: SearchIndex,
    labels: LabelIndex,
}

impl Directory {
    pub(super) fn new(list: &PhoneList) -> Self {
        let rows = list.rows.to_vec();
        let points = || rows.iter().map(Arc::as_ref);
        Self {
            words: SearchIndex::new(points()),
            labels: LabelIndex::new(points()),
            rows,
        }
    }

    /// Ids of all rows that fit.
    pub(super) fn ids(&self, text: &str) -> HashSet<&str> {
        self.search(text, usize::MAX).into_iter().collect()
    }

    /// Ids of the best rows, best first.
    pub(super) fn search(&self, text: &str, limit: usize) -> Vec<&str> {
        self.ids_at(self.words.search(text, limit))
    }

    /// Ids of the rows that a label's text names.
    pub(super) fn of_label(&self, text: &str) -> Vec<&str> {
        self.ids_at(self.labels.look_up(text))
    }

    fn ids_at(&self, positions: Vec<usize>) -> Vec<&str> {
        positions
            .into_iter()
            .filter_map(|at| Some(self.rows.get(at)?.id.as_str()))
            .collect()
    }
}
